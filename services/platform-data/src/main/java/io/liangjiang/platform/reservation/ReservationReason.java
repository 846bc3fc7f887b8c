package io.liangjiang.platform.reservation;

import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ErrorReason;

/** Why the reservation engine refuses. */
public enum ReservationReason implements ErrorReason {
  /**
   * A pool has fewer places left than were asked for; the metadata name "poolId" and "remaining".
   */
  SOLD_OUT(Code.FAILED_PRECONDITION),
  /** No such pool; the metadata name "poolId". */
  POOL_NOT_FOUND(Code.NOT_FOUND),
  /** The hold ran out or was released before it was booked. */
  HOLD_EXPIRED(Code.FAILED_PRECONDITION),
  /** The owner has a live reservation: one owner, one reservation. */
  ALREADY_RESERVED(Code.ALREADY_EXISTS),
  /** More places are held and booked than the new capacity allows. */
  CAPACITY_BELOW_USE(Code.FAILED_PRECONDITION);

  private final Code code;

  ReservationReason(Code code) {
    this.code = code;
  }

  @Override
  public Code code() {
    return code;
  }
}
