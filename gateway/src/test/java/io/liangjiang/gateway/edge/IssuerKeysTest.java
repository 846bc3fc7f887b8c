package io.liangjiang.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.liangjiang.platform.caller.TokenSettings;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.tls.MutualTls;
import io.liangjiang.platform.tls.TlsSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class IssuerKeysTest {
  private static final String KEYS = "{\"keys\":[]}";

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile int status = 200;
  private HttpServer identity;

  @BeforeEach
  void startIdentity() throws IOException {
    identity = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    identity.createContext(
        "/jwks",
        http -> {
          fetches.incrementAndGet();
          byte[] body = KEYS.getBytes(StandardCharsets.UTF_8);
          http.sendResponseHeaders(status, body.length);
          http.getResponseBody().write(body);
          http.close();
        });
    identity.start();
  }

  @AfterEach
  void stop() throws Exception {
    identity.stop(0);
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private IssuerKeys keys(String maxAge) {
    var config =
        new SmallRyeConfigBuilder()
            .withMapping(TokenSettings.class)
            .withMapping(EdgeSettings.class)
            .withMapping(TlsSettings.class)
            .withDefaultValues(
                Map.of(
                    "liangjiang.tokens.jwks-url",
                    "http://localhost:" + identity.getAddress().getPort() + "/jwks",
                    "liangjiang.gateway.http.keys-max-age",
                    maxAge))
            .withConverter(
                java.time.Duration.class,
                200,
                io.quarkus.runtime.configuration.DurationConverter::parseDuration)
            .withConverter(Path.class, 200, new io.quarkus.runtime.configuration.PathConverter())
            .build();
    return new IssuerKeys(
        vertx,
        new MutualTls(config.getConfigMapping(TlsSettings.class)),
        config.getConfigMapping(TokenSettings.class),
        config.getConfigMapping(EdgeSettings.class));
  }

  private static String read(IssuerKeys keys) throws Exception {
    byte[] json = keys.json().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    return new String(json, StandardCharsets.UTF_8);
  }

  @Test
  void asksIdentityOnceForAWhile() throws Exception {
    var keys = keys("1h");

    assertThat(read(keys)).isEqualTo(KEYS);
    assertThat(read(keys)).isEqualTo(KEYS);

    assertThat(fetches).hasValue(1);
  }

  @Test
  void givesTheLastKeysWhileIdentityIsAway() throws Exception {
    var keys = keys("0s");

    assertThat(read(keys)).isEqualTo(KEYS);
    status = 500;

    assertThat(read(keys)).isEqualTo(KEYS);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void saysWhenThereNeverWereAny() {
    identity.stop(0);

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> read(keys("1h")))
        .havingCause()
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.reason()).isEqualTo(PlatformReason.UNAVAILABLE));
  }
}
