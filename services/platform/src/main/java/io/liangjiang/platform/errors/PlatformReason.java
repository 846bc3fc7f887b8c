package io.liangjiang.platform.errors;

import io.grpc.Status.Code;

/** Reasons that any service may give. */
public enum PlatformReason implements ErrorReason {
  /** A field of the request is missing or out of its range; see the violations. */
  INVALID_ARGUMENT(Code.INVALID_ARGUMENT),
  /** No token was sent, or it is not valid (any more). */
  UNAUTHENTICATED(Code.UNAUTHENTICATED),
  /** The caller may not call this. */
  PERMISSION_DENIED(Code.PERMISSION_DENIED),
  /** The citizen must prove more of who they are first; the metadata name the level. */
  ASSURANCE_LEVEL_TOO_LOW(Code.PERMISSION_DENIED),
  /** Nobody may call this in another citizen's name. */
  ACTING_NOT_ALLOWED(Code.PERMISSION_DENIED),
  /** The delegate was not given the power; the metadata name it. */
  POWER_NOT_GIVEN(Code.PERMISSION_DENIED),
  /** The request id is not a UUID. */
  INVALID_REQUEST_ID(Code.INVALID_ARGUMENT),
  /** The request id was used before with other content. */
  REQUEST_ID_REUSED(Code.ALREADY_EXISTS),
  /** The page token is not one that this list gave out. */
  INVALID_PAGE_TOKEN(Code.INVALID_ARGUMENT),
  /** The cursor is not one that this feed gave out. */
  INVALID_CURSOR(Code.INVALID_ARGUMENT),
  /** Events after this cursor or time were deleted as too old: something was missed. */
  EVENTS_DELETED(Code.OUT_OF_RANGE),
  /** A bounded queue is full; try again after the delay in RetryInfo. */
  OVERLOADED(Code.RESOURCE_EXHAUSTED),
  /** The caller's deadline passed before the work began; nothing was done. */
  DEADLINE_EXCEEDED(Code.DEADLINE_EXCEEDED),
  /** Something of the citizen's is still open; the metadata name it. Nothing was erased. */
  ERASURE_BLOCKED(Code.FAILED_PRECONDITION),
  /** Something this service needs is away for the moment; the same request may be sent again. */
  UNAVAILABLE(Code.UNAVAILABLE),
  /** A fault of ours; it is logged with the request. */
  INTERNAL(Code.INTERNAL);

  private final Code code;

  PlatformReason(Code code) {
    this.code = code;
  }

  @Override
  public Code code() {
    return code;
  }
}
