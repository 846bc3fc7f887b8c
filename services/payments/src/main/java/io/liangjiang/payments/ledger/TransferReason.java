package io.liangjiang.payments.ledger;

/** What payments itself books transfers for; the number is the transfer's reason code. */
public enum TransferReason {
  TOP_UP(1),
  PAYMENT(2),
  REFUND(3),
  /** Money set aside until the channel has given it back. */
  REFUND_SET_ASIDE(4),
  /** Money that came after its order was closed. */
  LATE_PAYMENT(5),
  CHARGE(6),
  /** A refund that the channel refused for good goes back to where it was set aside from. */
  REFUND_FAILED(7),
  /** The city's fee of a payment. */
  FEE(20),
  /** A fee, or a part of it, that goes back with a refund. */
  FEE_RETURNED(21),
  /** A merchant's payment shared with another. */
  SHARE(22),
  /** A share, or a part of it, that goes back with a refund. */
  SHARE_RETURNED(23),
  /** Money set aside until the bank has paid it out. */
  PAYOUT_SET_ASIDE(24),
  /** Money that the bank has paid out. */
  PAYOUT(25),
  /** A payout that the bank refused. */
  PAYOUT_REFUSED(26),
  /** One payment for several merchants, before it is split. */
  COMBINED_PAYMENT(27),
  /** A break of the reconciliation, resolved. */
  ADJUSTMENT(30),
  /** What a channel kept of a day. */
  CHANNEL_FEE(31),
  /** The cash part of a payment by insurance and cash. */
  MIXED_CASH(40),
  /** The part that the insurance bureau owes. */
  INSURANCE_SETTLED(41),
  /** What the bureau has taken back. */
  INSURANCE_REVERSED(42);

  private final int code;

  TransferReason(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /** A posting in the city's currency for this reason. */
  public Posting posting(
      java.util.UUID transferId, long debitAccountId, long creditAccountId, long amountMinor) {
    return new Posting(
        transferId, debitAccountId, creditAccountId, amountMinor, Amounts.CURRENCY, code);
  }
}
