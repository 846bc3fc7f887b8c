package io.liangjiang.payments;

import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ErrorReason;

/** Why payments refuses; each is listed in the service's README and never changes its meaning. */
public enum PaymentsReason implements ErrorReason {
  /** No such account. */
  ACCOUNT_NOT_FOUND(Code.NOT_FOUND),
  /** The code names an account with other properties. */
  ACCOUNT_CODE_TAKEN(Code.ALREADY_EXISTS),
  /** No such transfer. */
  TRANSFER_NOT_FOUND(Code.NOT_FOUND),
  /** The debited account may not owe and has too little. */
  INSUFFICIENT_FUNDS(Code.FAILED_PRECONDITION),
  /** The accounts or the amount are of different currencies. */
  CURRENCY_MISMATCH(Code.FAILED_PRECONDITION),
  /** The amount is not above zero, or too large. */
  INVALID_AMOUNT(Code.INVALID_ARGUMENT),
  /** A transfer needs two accounts. */
  SAME_ACCOUNT(Code.INVALID_ARGUMENT),
  /** No such merchant. */
  MERCHANT_NOT_FOUND(Code.NOT_FOUND),
  /** No such payment order of the caller's. */
  PAYMENT_ORDER_NOT_FOUND(Code.NOT_FOUND),
  /** The payment order was closed and can never be paid. */
  PAYMENT_ORDER_CLOSED(Code.FAILED_PRECONDITION),
  /** The money is already here: refund instead of closing. */
  PAYMENT_ORDER_PAID(Code.FAILED_PRECONDITION),
  /** There is no money to give back. */
  PAYMENT_ORDER_NOT_PAID(Code.FAILED_PRECONDITION),
  /** More than what is left of the payment. */
  REFUND_EXCEEDS_PAYMENT(Code.FAILED_PRECONDITION),
  /** An order has at most 50 refunds. */
  TOO_MANY_REFUNDS(Code.FAILED_PRECONDITION),
  /** The channel cannot be used for this, or not in this city. */
  CHANNEL_NOT_ALLOWED(Code.INVALID_ARGUMENT),
  /** The payment channel does not answer; the same request may be sent again. */
  CHANNEL_UNAVAILABLE(Code.UNAVAILABLE),
  /** The expiry is not between one minute and two hours from now. */
  INVALID_EXPIRY(Code.INVALID_ARGUMENT),
  /** No such top-up of the caller's. */
  TOP_UP_NOT_FOUND(Code.NOT_FOUND);

  private final Code code;

  PaymentsReason(Code code) {
    this.code = code;
  }

  @Override
  public Code code() {
    return code;
  }
}
