package io.liangjiang.payments.ledger;

import java.time.Duration;
import java.util.UUID;

/**
 * Money that is to be set aside until it is posted or voided.
 *
 * @param posting what can be booked at most
 * @param ttl for how long; whole microseconds
 */
public record Reservation(Posting posting, Duration ttl) implements Instruction {
  @Override
  public UUID transferId() {
    return posting.transferId();
  }
}
