package io.liangjiang.transit.wire;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/** Finds a free port for {@link FakePayments}, which the tests start. */
public final class PaymentsPort implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    try (ServerSocket socket = new ServerSocket(0)) {
      String port = String.valueOf(socket.getLocalPort());
      return Map.of(
          "quarkus.grpc.clients.payments.host", "localhost",
          "quarkus.grpc.clients.payments.port", port,
          "quarkus.grpc.clients.payments.test-port", port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // a port needs no stopping
  }
}
