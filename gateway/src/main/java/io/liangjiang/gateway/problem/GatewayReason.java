package io.liangjiang.gateway.problem;

import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ErrorReason;

/** Reasons that the gateway itself gives, before or instead of a service. */
public enum GatewayReason implements ErrorReason {
  /** The token's session was ended: sign in again. */
  SESSION_REVOKED(Code.UNAUTHENTICATED, 401),
  /** No route has this path. */
  ROUTE_NOT_FOUND(Code.NOT_FOUND, 404),
  /** The path exists, but not with this method; the Allow header names the methods. */
  METHOD_NOT_ALLOWED(Code.UNIMPLEMENTED, 405),
  /** The body or the query has a field that the request does not know; the metadata name it. */
  UNKNOWN_FIELD(Code.INVALID_ARGUMENT, 400),
  /** The body is not JSON (RFC 8259), has a member twice or is nested too deeply. */
  MALFORMED_JSON(Code.INVALID_ARGUMENT, 400),
  /** The path or the query is not percent-encoded UTF-8. */
  MALFORMED_URL(Code.INVALID_ARGUMENT, 400),
  /** The Idempotency-Key is not 1 to 128 visible ASCII characters, or there are two. */
  INVALID_IDEMPOTENCY_KEY(Code.INVALID_ARGUMENT, 400),
  /** A body came with a method or route that takes none. */
  BODY_NOT_ALLOWED(Code.INVALID_ARGUMENT, 400),
  /** The body did not arrive in time. */
  BODY_TIMEOUT(Code.DEADLINE_EXCEEDED, 408),
  /** The body is longer than the limit; the metadata name it. */
  BODY_TOO_LARGE(Code.INVALID_ARGUMENT, 413),
  /** The body is not application/json in UTF-8 without content coding. */
  UNSUPPORTED_MEDIA_TYPE(Code.INVALID_ARGUMENT, 415),
  /** The gateway has as many requests in hand as it takes; try again after Retry-After. */
  GATEWAY_OVERLOADED(Code.UNAVAILABLE, 503);

  private final Code code;
  private final int httpStatus;

  GatewayReason(Code code, int httpStatus) {
    this.code = code;
    this.httpStatus = httpStatus;
  }

  @Override
  public Code code() {
    return code;
  }

  /** The HTTP status it is answered with. */
  public int httpStatus() {
    return httpStatus;
  }
}
