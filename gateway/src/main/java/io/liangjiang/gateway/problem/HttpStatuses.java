package io.liangjiang.gateway.problem;

import io.grpc.Status;
import io.liangjiang.platform.errors.ErrorReason;

/**
 * HTTP statuses of gRPC codes, after google/rpc/code.proto with one deviation: a refusal because of
 * the state of things (FAILED_PRECONDITION) is 409 and not 400, so that 400 always means "send
 * another request".
 */
public final class HttpStatuses {
  private HttpStatuses() {}

  /** The status of a reason: its own if the gateway gave it, else its code's. */
  public static int of(ErrorReason reason) {
    return reason instanceof GatewayReason own ? own.httpStatus() : of(reason.code());
  }

  /** The status of a code. */
  public static int of(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case FAILED_PRECONDITION, ABORTED, ALREADY_EXISTS -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }
}
