package io.liangjiang.payments.ledger;

import java.util.UUID;

/** What the ledger is asked to book. */
public sealed interface Instruction permits Posting, Reservation, Answer {
  /** Made by the asker; the same id with the same content is the same transfer. */
  UUID transferId();
}
