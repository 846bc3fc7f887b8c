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
  /** The insured part goes back as a whole, or only cash does. */
  REFUND_NOT_DIVISIBLE(Code.FAILED_PRECONDITION),
  /** The channel cannot be used for this, or not in this city. */
  CHANNEL_NOT_ALLOWED(Code.INVALID_ARGUMENT),
  /** The channel's super-app does not know whoever pays. */
  PAYER_NOT_LINKED(Code.FAILED_PRECONDITION),
  /** Identity could not be asked who pays; the same request may be sent again. */
  IDENTITY_UNAVAILABLE(Code.UNAVAILABLE),
  /** The payment channel does not answer; the same request may be sent again. */
  CHANNEL_UNAVAILABLE(Code.UNAVAILABLE),
  /** The expiry is not between one minute and two hours from now. */
  INVALID_EXPIRY(Code.INVALID_ARGUMENT),
  /** No such top-up of the caller's. */
  TOP_UP_NOT_FOUND(Code.NOT_FOUND),
  /** The credited account may not be owed, and is to be credited more than its debits. */
  CREDIT_LIMIT_EXCEEDED(Code.FAILED_PRECONDITION),
  /** The account was closed and takes part in no new transfer. */
  ACCOUNT_CLOSED(Code.FAILED_PRECONDITION),
  /** Payments keeps the account itself: nobody else opens or closes it. */
  ACCOUNT_RESERVED(Code.FAILED_PRECONDITION),
  /** An account with a balance, or with something pending, is not closed. */
  ACCOUNT_NOT_EMPTY(Code.FAILED_PRECONDITION),
  /** Only a pending transfer is posted or voided. */
  TRANSFER_NOT_PENDING(Code.FAILED_PRECONDITION),
  /** The pending transfer was posted, voided or expired already. */
  PENDING_TRANSFER_ANSWERED(Code.FAILED_PRECONDITION),
  /** The pending transfer can no longer be posted. */
  PENDING_TRANSFER_EXPIRED(Code.FAILED_PRECONDITION),
  /** No more can be posted than is pending. */
  AMOUNT_EXCEEDS_PENDING(Code.FAILED_PRECONDITION),
  /** Only what was booked is reverted, and a reversal is not. */
  TRANSFER_NOT_REVERTIBLE(Code.FAILED_PRECONDITION),
  /** The transfer was reverted already. */
  TRANSFER_REVERTED(Code.FAILED_PRECONDITION),
  /** The id is another merchant's. */
  MERCHANT_EXISTS(Code.ALREADY_EXISTS),
  /** The merchant is suspended: it gets no new orders and charges. */
  MERCHANT_SUSPENDED(Code.FAILED_PRECONDITION),
  /** The shares together are more than the merchant's limit. */
  SHARES_EXCEED_LIMIT(Code.INVALID_ARGUMENT),
  /** No such settlement of the caller's. */
  SETTLEMENT_NOT_FOUND(Code.NOT_FOUND),
  /** No such payout of the caller's. */
  PAYOUT_NOT_FOUND(Code.NOT_FOUND),
  /** The city has no bank for payouts. */
  PAYOUTS_NOT_SET_UP(Code.FAILED_PRECONDITION),
  /** A part of a combined order is paid and closed with the whole. */
  PART_OF_COMBINED_ORDER(Code.FAILED_PRECONDITION),
  /** No such combined order of the caller's. */
  COMBINED_ORDER_NOT_FOUND(Code.NOT_FOUND),
  /** The books know no such day. */
  BUSINESS_DAY_NOT_FOUND(Code.NOT_FOUND),
  /** The day has not ended yet. */
  DAY_NOT_OVER(Code.FAILED_PRECONDITION),
  /** The day is closed; nothing can be written into it. */
  DAY_CLOSED(Code.FAILED_PRECONDITION),
  /** Days close in order. */
  EARLIER_DAY_OPEN(Code.FAILED_PRECONDITION),
  /** A channel's bill of the day is not here. */
  BILL_MISSING(Code.FAILED_PRECONDITION),
  /** Somebody still has to act on breaks of the day. */
  BREAKS_OPEN(Code.FAILED_PRECONDITION),
  /** The books do not sum to zero, or not to their journal. */
  BOOKS_NOT_ZERO(Code.FAILED_PRECONDITION),
  /** No such break. */
  BREAK_NOT_FOUND(Code.NOT_FOUND),
  /** The break has healed or was resolved. */
  BREAK_NOT_OPEN(Code.FAILED_PRECONDITION),
  /** No amount would put this break right: it needs a note, or time. */
  BREAK_NOT_ADJUSTABLE(Code.FAILED_PRECONDITION),
  /** The statement has more entries than a file may have. */
  STATEMENT_TOO_LONG(Code.FAILED_PRECONDITION);

  private final Code code;

  PaymentsReason(Code code) {
    this.code = code;
  }

  @Override
  public Code code() {
    return code;
  }
}
