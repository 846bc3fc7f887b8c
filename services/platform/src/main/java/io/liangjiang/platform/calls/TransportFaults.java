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

  private static final String OWN_STOP = "Channel shutdown";

  private TransportFaults() {}

  /**
   * Whether the call did not get to the service. One that says itself that it is away was reached,
   * and what this process ends when it stops says nothing of the other.
   */
  static boolean isOfTheWay(Status named, Metadata trailers) {
    String description = named.getDescription();
    return named.getCode() == Status.Code.UNAVAILABLE
        && !isOfTheService(trailers)
        && (description == null || !description.startsWith(OWN_STOP));
  }

  /** Whether the service itself refused or failed. */
  static boolean isOfTheService(Metadata trailers) {
    return trailers.containsKey(DETAILS);
  }

  static Status named(Status status, Metadata trailers) {
    String description = status.getDescription();
    boolean isBrokenConnection =
        status.getCode() == Status.Code.INTERNAL
            && !isOfTheService(trailers)
            && description != null
            && description.startsWith(CONNECTION_GIVEN_UP);
    return isBrokenConnection
        ? Status.UNAVAILABLE.withDescription(description).withCause(status.getCause())
        : status;
  }
}
