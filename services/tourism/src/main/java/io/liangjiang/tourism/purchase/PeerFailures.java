package io.liangjiang.tourism.purchase;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Duration;

/** What a failed call to another service means for the caller of this one. */
final class PeerFailures {
  private static final Duration RETRY = Duration.ofSeconds(1);

  private PeerFailures() {}

  /** The other service is away, or is not able to answer; the same request may be sent again. */
  static ServiceException unavailable(String peer) {
    return new ServiceException(PlatformReason.UNAVAILABLE, peer + " is away for the moment")
        .retryAfter(RETRY);
  }

  /** Whether the other service understood the request and refused it for good. */
  static boolean isRefusal(Throwable failure) {
    return failure instanceof StatusRuntimeException status
        && switch (status.getStatus().getCode()) {
          case INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION, ALREADY_EXISTS, OUT_OF_RANGE ->
              true;
          default -> false;
        };
  }

  /** Whether the other service says that its resource is in another state. */
  static boolean isWrongState(Throwable failure) {
    return failure instanceof StatusRuntimeException status
        && status.getStatus().getCode() == Code.FAILED_PRECONDITION;
  }
}
