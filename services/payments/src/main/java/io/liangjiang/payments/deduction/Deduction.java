package io.liangjiang.payments.deduction;

import io.liangjiang.payments.ledger.Posting;
import io.liangjiang.payments.ledger.TransferReason;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing taken off a payment.
 *
 * @param paymentId the order or charge
 * @param position 0 for the city's fee, from 1 on for shares
 * @param receiverId merchant whose share it is; null for the fee
 * @param accountId account of the receiver or of the city's fees
 * @param grossMinor what was paid
 * @param fullMinor what is taken of it when nothing goes back
 * @param takenMinor what is taken now
 * @param onRequest booked when asked for, not with the payment
 */
public record Deduction(
    UUID paymentId,
    int position,
    @Nullable String receiverId,
    long accountId,
    long grossMinor,
    long fullMinor,
    long takenMinor,
    boolean booked,
    boolean onRequest) {

  public boolean isFee() {
    return position == 0;
  }

  /** This deduction as it must stand when so much of the payment has gone back. */
  Deduction after(long refundedMinor) {
    long kept = PortionRules.keptMinor(fullMinor, grossMinor, refundedMinor);
    return new Deduction(
        paymentId, position, receiverId, accountId, grossMinor, fullMinor, kept, true, onRequest);
  }

  /** Takes the deduction for the first time. */
  Posting first(long merchantAccountId) {
    return take("first/" + paymentId, merchantAccountId, takenMinor);
  }

  /**
   * Makes an earlier state into this one: gives back what is too much, or takes what is missing.
   *
   * @param cause what it is for, so that it is booked once
   */
  Posting since(Deduction earlier, String cause, long merchantAccountId) {
    long more = takenMinor - earlier.takenMinor;
    return more > 0
        ? take(cause, merchantAccountId, more)
        : giveBack(cause, merchantAccountId, -more);
  }

  private Posting take(String cause, long merchantAccountId, long amountMinor) {
    var reason = isFee() ? TransferReason.FEE : TransferReason.SHARE;
    return reason.posting(transferId(cause), merchantAccountId, accountId, amountMinor);
  }

  private Posting giveBack(String cause, long merchantAccountId, long amountMinor) {
    var reason = isFee() ? TransferReason.FEE_RETURNED : TransferReason.SHARE_RETURNED;
    return reason.posting(transferId(cause), accountId, merchantAccountId, amountMinor);
  }

  private UUID transferId(String cause) {
    String seed = "deduction/" + cause + "/" + position;
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8));
  }
}
