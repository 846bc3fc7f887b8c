package io.liangjiang.payments.ledger;

import io.liangjiang.payments.v1.Transfer.Kind;
import java.util.UUID;

/**
 * A transfer that answers an earlier one.
 *
 * @param answeredId the earlier one
 * @param kind POST, VOID, EXPIRE or REVERT
 * @param amountMinor how much to post; zero for all of it
 */
public record Answer(UUID transferId, UUID answeredId, Kind kind, long amountMinor)
    implements Instruction {

  static Answer inFull(UUID transferId, UUID answeredId, Kind kind) {
    return new Answer(transferId, answeredId, kind, 0);
  }

  /** What it books when it answers a transfer of that amount. */
  long amountOf(long answeredMinor) {
    return amountMinor == 0 ? answeredMinor : amountMinor;
  }
}
