package io.liangjiang.platform.errors;

import io.grpc.Status;

/**
 * Why a request was refused, as a caller's program sees it. Implemented by one enum a service; a
 * name that landed never changes its meaning (google.rpc.ErrorInfo.reason, AIP-193).
 */
public interface ErrorReason {
  /** UPPER_SNAKE_CASE, at most 63 characters. */
  String name();

  /** The gRPC code that the reason travels under. */
  Status.Code code();
}
