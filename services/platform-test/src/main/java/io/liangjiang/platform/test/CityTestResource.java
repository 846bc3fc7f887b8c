package io.liangjiang.platform.test;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a service under test an empty database, the keys of {@link TestTokens}, and a free port
 * that its gRPC client named "self" calls.
 */
public final class CityTestResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    var database = SharedPostgres.create();
    String port = String.valueOf(freePort());
    var settings = new HashMap<String, String>();
    settings.put("quarkus.datasource.jdbc.url", database.jdbcUrl());
    settings.put("quarkus.datasource.reactive.url", database.reactiveUrl());
    settings.put("quarkus.datasource.username", "postgres");
    settings.put("quarkus.datasource.password", "postgres");
    settings.put("liangjiang.environment", "development");
    settings.put("liangjiang.tokens.jwks", TestTokens.jwks());
    settings.put("quarkus.http.test-port", "0");
    settings.put("quarkus.grpc.server.test-port", port);
    settings.put("quarkus.grpc.clients.self.host", "localhost");
    settings.put("quarkus.grpc.clients.self.port", port);
    settings.put("quarkus.grpc.clients.self.test-port", port);
    return settings;
  }

  @Override
  public void stop() {
    // the server is shared by the whole test process and ends with it
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
