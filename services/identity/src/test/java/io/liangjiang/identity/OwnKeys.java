package io.liangjiang.identity;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Has identity verify callers by the keys that it publishes itself, as in a city, and not by the
 * tests' keys.
 */
public final class OwnKeys implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    String port = String.valueOf(freePort());
    return Map.of(
        "liangjiang.tokens.jwks",
        "",
        "liangjiang.tokens.jwks-url",
        "http://localhost:" + port + "/.well-known/jwks.json",
        "liangjiang.identity.guests.issuer",
        "http://localhost:" + port,
        "liangjiang.tokens.refresh-interval",
        "200ms",
        "quarkus.http.test-port",
        port);
  }

  /** After the resource whose settings it replaces. */
  @Override
  public int order() {
    return 10;
  }

  @Override
  public void stop() {
    // nothing was started
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
