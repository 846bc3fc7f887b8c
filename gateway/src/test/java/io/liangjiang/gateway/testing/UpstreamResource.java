package io.liangjiang.gateway.testing;

import io.liangjiang.platform.test.TestTokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Points the gateway's channel to payments at {@link ScriptedUpstream}, and lets it trust the
 * test's tokens.
 */
public final class UpstreamResource implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    String port = String.valueOf(freePort());
    return Map.of(
        "quarkus.grpc.clients.payments.port",
        port,
        "quarkus.grpc.clients.payments.test-port",
        port,
        "gateway.test.upstream-port",
        port,
        "liangjiang.tokens.jwks",
        TestTokens.jwks(),
        "liangjiang.environment",
        "development",
        "liangjiang.gateway.calls.deadline",
        "8s",
        "quarkus.http.test-port",
        "0");
  }

  @Override
  public void stop() {
    // the scripted service ends with the application
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
