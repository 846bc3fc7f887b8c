package io.liangjiang.platform.calls;

import io.grpc.Metadata;
import io.grpc.Status;

/**
 * Tells a connection that broke from a service that failed: gRPC calls both INTERNAL when the other
 * side gives a connection up in the middle of its calls. What broke on the way may be sent again,
 * so it is UNAVAILABLE; a fault of a service comes with details and stays what it is.
 */
final class TransportFaults {
  private static final Metadata.Key<byte[]> DETAILS =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final String CONNECTION_GIVEN_UP = "Connection closed after GOAWAY";

  private TransportFaults() {}

  static Status named(Status status, Metadata trailers) {
    String description = status.getDescription();
    boolean isBrokenConnection =
        status.getCode() == Status.Code.INTERNAL
            && !trailers.containsKey(DETAILS)
            && description != null
            && description.startsWith(CONNECTION_GIVEN_UP);
    return isBrokenConnection
        ? Status.UNAVAILABLE.withDescription(description).withCause(status.getCause())
        : status;
  }
}
