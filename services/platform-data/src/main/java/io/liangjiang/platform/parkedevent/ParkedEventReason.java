package io.liangjiang.platform.parkedevent;

import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ErrorReason;

/** Why nothing can be decided about a parked event. */
public enum ParkedEventReason implements ErrorReason {
  /** The service has put no such event aside. */
  PARKED_EVENT_NOT_FOUND(Code.NOT_FOUND),
  /** The event was replayed or dropped. */
  PARKED_EVENT_OVER(Code.FAILED_PRECONDITION),
  /** A replay was decided and is not done yet. */
  REPLAY_UNDER_WAY(Code.FAILED_PRECONDITION);

  private final Code code;

  ParkedEventReason(Code code) {
    this.code = code;
  }

  @Override
  public Code code() {
    return code;
  }
}
