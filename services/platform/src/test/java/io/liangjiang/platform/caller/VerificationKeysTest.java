package io.liangjiang.platform.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.tls.GivenTls;
import io.liangjiang.platform.tls.MutualTls;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An issuer that answers what the test lets it. */
class VerificationKeysTest {
  private static final int PATIENCE_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<HttpServerResponse> asked = new LinkedBlockingQueue<>();
  private VerificationKeys keys;

  @BeforeEach
  void start() {
    HttpServer issuer =
        vertx
            .createHttpServer()
            .requestHandler(request -> asked.add(request.response()))
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    String url = "http://localhost:" + issuer.actualPort() + "/keys";
    keys = new VerificationKeys(settings(url), new MutualTls(GivenTls.none()), vertx);
    keys.start(new StartupEvent());
  }

  @AfterEach
  void end() {
    keys.stop(new ShutdownEvent());
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void asksAgainUntilThereAreKeysAndThenForNewOnes() throws Exception {
    String first = set("first");
    String second = set("second");

    next().setStatusCode(503).end();
    next().end("no keys");
    next().end("{\"keys\":[]}");
    HttpServerResponse fourth = next();
    assertThat(keys.isLoaded()).isFalse();
    fourth.end(first);

    HttpServerResponse fifth = next();
    assertThat(keys.find("first")).isNotNull();
    fifth.end(second);
    HttpServerResponse sixth = next();
    assertThat(keys.find("second")).isNotNull();
    assertThat(keys.find("first")).isNull();
    sixth.setStatusCode(500).end();
    next();
    assertThat(keys.find("second")).as("kept while the issuer is away").isNotNull();
  }

  @Test
  void takesNoMoreThanTheLimit() throws Exception {
    String good = set("first");

    next().end(good.replaceFirst("\\{", "{" + " ".repeat(70_000)));
    HttpServerResponse second = next();

    assertThat(keys.isLoaded()).isFalse();
    second.end(good);
    next();
    assertThat(keys.isLoaded()).isTrue();
  }

  private HttpServerResponse next() throws InterruptedException {
    HttpServerResponse response = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(response).as("asked again").isNotNull();
    return response;
  }

  static String set(String id) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    JsonWebKey key = JsonWebKey.Factory.newJwk(pair.getPublic());
    key.setKeyId(id);
    return new JsonWebKeySet(key).toJson();
  }

  static TokenSettings settings(String url) {
    return new TokenSettings() {
      @Override
      public String issuer() {
        return "https://issuer.test";
      }

      @Override
      public String jwksUrl() {
        return url;
      }

      @Override
      public Optional<String> jwks() {
        return Optional.empty();
      }

      @Override
      public Duration refreshInterval() {
        return Duration.ofMillis(20);
      }

      @Override
      public int cacheSize() {
        return 1;
      }
    };
  }
}
