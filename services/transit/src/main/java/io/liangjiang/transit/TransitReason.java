package io.liangjiang.transit;

import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ErrorReason;

/** Why the rides service refuses; names stand for ever and are listed in the README. */
public enum TransitReason implements ErrorReason {
  /** The citizen owes for a ride and gets no code until it is paid. */
  OVERDUE(Code.FAILED_PRECONDITION),
  /** The caller has no such ride. */
  RIDE_NOT_FOUND(Code.NOT_FOUND),
  /** The key of the last rotation does not sign yet. */
  KEY_ROTATION_PENDING(Code.FAILED_PRECONDITION);

  private final Code code;

  TransitReason(Code code) {
    this.code = code;
  }

  @Override
  public Code code() {
    return code;
  }
}
