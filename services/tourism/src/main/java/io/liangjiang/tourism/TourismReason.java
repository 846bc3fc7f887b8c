package io.liangjiang.tourism;

import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ErrorReason;

/** Why this service refuses. */
public enum TourismReason implements ErrorReason {
  /** No such site. */
  SITE_NOT_FOUND(Code.NOT_FOUND),
  /** No such product. */
  PRODUCT_NOT_FOUND(Code.NOT_FOUND),
  /** No such time slot; the metadata name "timeSlotId". */
  TIME_SLOT_NOT_FOUND(Code.NOT_FOUND),
  /** The caller has no such trip. */
  TRIP_NOT_FOUND(Code.NOT_FOUND),
  /** The caller has no such ticket, or the code's ticket is not there. */
  TICKET_NOT_FOUND(Code.NOT_FOUND),
  /** The caller's organisation has no such gate. */
  GATE_NOT_FOUND(Code.NOT_FOUND),
  /** The caller has no such dependant; the metadata name "dependantId". */
  DEPENDANT_NOT_FOUND(Code.NOT_FOUND),
  /** Not a citizen identification number of GB 11643; see the violations. */
  INVALID_ID_NUMBER(Code.INVALID_ARGUMENT),
  /**
   * The product has no price for the rider category; the metadata name "productId" and
   * "riderCategory".
   */
  RIDER_CATEGORY_NOT_SOLD(Code.INVALID_ARGUMENT),
  /** The items belong to sites of several operators: one trip is paid to one merchant. */
  MIXED_OPERATORS(Code.INVALID_ARGUMENT),
  /** The slot is over; the metadata name "timeSlotId". */
  SALE_ENDED(Code.FAILED_PRECONDITION),
  /**
   * Too few places are left; the metadata name "timeSlotId", or "siteId" and "date" when the site's
   * day is full.
   */
  SOLD_OUT(Code.FAILED_PRECONDITION),
  /** One identity document, one ticket a time slot. */
  HOLDER_HAS_TICKET(Code.FAILED_PRECONDITION),
  /** The payment service refused the order for good; the trip is cancelled. */
  PAYMENT_REFUSED(Code.FAILED_PRECONDITION),
  /** A ticket of the trip was used: it cannot be cancelled any more. */
  TICKET_REDEEMED(Code.FAILED_PRECONDITION),
  /** The text is no code, or its signature is wrong. */
  INVALID_CODE(Code.INVALID_ARGUMENT),
  /** The city code is over, or was revoked: show a fresh one. */
  CODE_EXPIRED(Code.FAILED_PRECONDITION),
  /** The ticket is for another site; the metadata name "siteId". */
  WRONG_SITE(Code.FAILED_PRECONDITION),
  /** The gate does not open for the ticket yet; the metadata name "startTime". */
  TOO_EARLY(Code.FAILED_PRECONDITION),
  /** The ticket's time is over; the metadata name "endTime". */
  TOO_LATE(Code.FAILED_PRECONDITION),
  /**
   * The ticket, or the code shown, was used before; the metadata name "redeemTime" and "gateId".
   */
  ALREADY_REDEEMED(Code.FAILED_PRECONDITION),
  /** The ticket was given back. */
  TICKET_CANCELLED(Code.FAILED_PRECONDITION),
  /** The citizen of the city code has no ticket here that is valid now. */
  NO_VALID_TICKET(Code.FAILED_PRECONDITION),
  /** The gate used the nonce for another code. */
  NONCE_REUSED(Code.ALREADY_EXISTS);

  private final Code code;

  TourismReason(Code code) {
    this.code = code;
  }

  @Override
  public Code code() {
    return code;
  }
}
