package io.liangjiang.tourism.trip;

import io.liangjiang.tourism.slot.TimeSlot;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trip as it is written the first time.
 *
 * @param bookedBy who really buys it: the citizen, or a delegate
 * @param payerId who pays: the citizen, or that delegate
 * @param merchantId operator of all its sites
 * @param keyId the master key under which the holders are sealed
 * @param nextAttempt when the sweep looks at it, unless the purchase gets on by itself
 */
public record NewTrip(
    UUID tripId,
    UUID citizenId,
    UUID bookedBy,
    UUID payerId,
    String merchantId,
    String keyId,
    Instant created,
    Instant holdExpires,
    Instant nextAttempt,
    List<Item> items) {

  /** One ticket wanted; the price is in fen. */
  public record Item(
      int position, TimeSlot slot, String riderCategory, long amountMinor, Holder holder) {}

  /**
   * Who enters.
   *
   * @param maskedName all but the first character masked
   * @param sealed name and number, encrypted for their place
   * @param documentHash keyed hash that is equal for the same person's document
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by their content where it matters
  public record Holder(
      String maskedName, byte[] sealed, byte[] documentHash, @Nullable UUID dependantId) {}

  /** Sum of the items, in fen. */
  public long totalMinor() {
    return items.stream().mapToLong(Item::amountMinor).sum();
  }
}
