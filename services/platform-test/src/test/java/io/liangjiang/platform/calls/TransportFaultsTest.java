package io.liangjiang.platform.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.Status;
import org.junit.jupiter.api.Test;

class TransportFaultsTest {
  private static final Status GIVEN_UP =
      Status.INTERNAL.withDescription(
          "Connection closed after GOAWAY. HTTP/2 error code: PROTOCOL_ERROR, debug data: Request"
              + " stream 141 is not correct for server connection");

  @Test
  void connectionThatWasGivenUpIsAServiceThatIsAway() {
    Status named = TransportFaults.named(GIVEN_UP, new Metadata());

    assertThat(named.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(named.getDescription()).isEqualTo(GIVEN_UP.getDescription());
  }

  @Test
  void faultOfAServiceStaysAFault() {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[1]);

    assertThat(TransportFaults.named(GIVEN_UP, trailers)).isSameAs(GIVEN_UP);
    Status fault = Status.INTERNAL.withDescription("internal error");
    assertThat(TransportFaults.named(fault, new Metadata())).isSameAs(fault);
  }

  @Test
  void tellsAWayThatIsBrokenFromAServiceThatRefuses() {
    Metadata words = new Metadata();
    words.put(
        Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[1]);
    Status away = Status.UNAVAILABLE.withDescription("io exception");
    Status ownStop = Status.UNAVAILABLE.withDescription("Channel shutdownNow invoked");

    assertThat(TransportFaults.isOfTheWay(away, new Metadata())).isTrue();
    assertThat(TransportFaults.isOfTheWay(Status.UNAVAILABLE, new Metadata())).isTrue();
    assertThat(TransportFaults.isOfTheWay(away, words)).isFalse();
    assertThat(TransportFaults.isOfTheWay(ownStop, new Metadata())).isFalse();
    assertThat(TransportFaults.isOfTheWay(Status.NOT_FOUND, new Metadata())).isFalse();
    assertThat(TransportFaults.isOfTheService(words)).isTrue();
  }

  @Test
  void everythingElseStaysWhatItIs() {
    assertThat(TransportFaults.named(Status.DEADLINE_EXCEEDED, new Metadata()))
        .isSameAs(Status.DEADLINE_EXCEEDED);
  }
}
