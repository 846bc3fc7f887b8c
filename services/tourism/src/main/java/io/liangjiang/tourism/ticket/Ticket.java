package io.liangjiang.tourism.ticket;

import io.liangjiang.tourism.slot.TimeSlot;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The right of one person to enter one site once in one time slot.
 *
 * @param citizenId who bought it
 * @param maskedName holder's name, all but the first character masked
 * @param code signed text that the gate reads
 * @param redeemTime when it was used; null before
 */
public record Ticket(
    UUID ticketId,
    UUID tripId,
    UUID citizenId,
    State state,
    TimeSlot slot,
    String riderCategory,
    String maskedName,
    String code,
    @Nullable Instant redeemTime) {

  /** Where a ticket stands. */
  public enum State {
    /** Can be redeemed in its time. */
    ISSUED,
    /** Was used. */
    REDEEMED,
    /** Was given back with its trip. */
    CANCELLED
  }
}
