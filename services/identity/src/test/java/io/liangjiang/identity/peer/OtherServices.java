package io.liangjiang.identity.peer;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Ports for the other services of the city; {@link FakeCity} listens there. */
public final class OtherServices implements QuarkusTestResourceLifecycleManager {
  static final List<String> NAMES = List.of("payments", "transit", "tourism", "healthcare");

  private static final String SELF = "${quarkus.grpc.clients.self.port}";

  @Override
  public Map<String, String> start() {
    var settings = new HashMap<String, String>();
    for (String name : NAMES) {
      String port = String.valueOf(freePort());
      settings.put("quarkus.grpc.clients." + name + ".host", "localhost");
      settings.put("quarkus.grpc.clients." + name + ".port", port);
      settings.put("quarkus.grpc.clients." + name + ".test-port", port);
      settings.put(FakeCity.port(name), port);
    }
    settings.put("quarkus.grpc.clients.identity.host", "localhost");
    settings.put("quarkus.grpc.clients.identity.port", SELF);
    settings.put("quarkus.grpc.clients.identity.test-port", SELF);
    return settings;
  }

  @Override
  public void stop() {
    // the servers end with the application
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
