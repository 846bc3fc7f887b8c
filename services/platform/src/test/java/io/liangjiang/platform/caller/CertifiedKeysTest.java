package io.liangjiang.platform.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.tls.Authority;
import io.liangjiang.platform.tls.GivenTls;
import io.liangjiang.platform.tls.MutualTls;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuers true and forged; what they show and trust they read from their files by themselves. */
class CertifiedKeysTest {
  private static final int PATIENCE_SECONDS = 30;
  private static final String ASKED = "asked";
  private static final String REFUSED = "refused";

  @TempDir Path folder;
  private final Authority city = new Authority("city");
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private Optional<VerificationKeys> keys = Optional.empty();

  @BeforeEach
  void certify() throws Exception {
    city.write(folder.resolve("own"), "transit");
  }

  @AfterEach
  void end() {
    keys.ifPresent(started -> started.stop(new ShutdownEvent()));
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void takesTheKeysOfACertifiedIssuerToWhomItShowsItsOwnCertificate() throws Exception {
    city.write(folder.resolve("issuer"), "localhost");

    VerificationKeys fetched = fetch(issuer("issuer"));

    assertThat(next()).isEqualTo(ASKED);
    assertThat(next()).isEqualTo(ASKED);
    assertThat(fetched.find("true-or-forged")).isNotNull();
  }

  @Test
  void takesNoKeysFromAnIssuerOfAnotherAuthority() throws Exception {
    new Authority("stranger").write(folder.resolve("issuer"), "localhost");

    assertRefused(fetch(issuer("issuer")));
  }

  @Test
  void takesNoKeysFromAnotherProcessOfTheCity() throws Exception {
    city.write(folder.resolve("issuer"), "tourism");

    assertRefused(fetch(issuer("issuer")));
  }

  @Test
  void takesNoKeysInTheClear() throws Exception {
    String body = VerificationKeysTest.set("true-or-forged");
    String answer = "HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    int port =
        vertx
            .createNetServer()
            .connectHandler(
                socket -> {
                  events.add(REFUSED);
                  socket.handler(hello -> socket.end(io.vertx.core.buffer.Buffer.buffer(answer)));
                })
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .join()
            .actualPort();

    assertRefused(fetch(port));
  }

  @Test
  void asksProductionForAnAddressThatIsCertified() {
    MutualTls on = new MutualTls(GivenTls.in(folder.resolve("own")));
    MutualTls off = new MutualTls(GivenTls.none());

    assertThat(problems("http://identity/keys", on))
        .isEqualTo(
            "liangjiang.tokens.jwks-url must begin with https:// where liangjiang.tls is on");
    assertThat(problems("https://identity/keys", on)).isEmpty();
    assertThat(problems("http://identity/keys", off)).isEmpty();
  }

  private static String problems(String url, MutualTls tls) {
    return String.join(";", new KeysCheck(VerificationKeysTest.settings(url), tls).problems());
  }

  private void assertRefused(VerificationKeys fetched) throws InterruptedException {
    assertThat(next()).isEqualTo(REFUSED);
    assertThat(next()).isEqualTo(REFUSED);
    assertThat(fetched.isLoaded()).isFalse();
  }

  private String next() throws InterruptedException {
    return events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private VerificationKeys fetch(int port) {
    MutualTls tls = new MutualTls(GivenTls.in(folder.resolve("own")));
    String url = "https://localhost:" + port + "/keys";
    VerificationKeys started = new VerificationKeys(VerificationKeysTest.settings(url), tls, vertx);
    keys = Optional.of(started);
    started.start(new StartupEvent());
    return started;
  }

  /** Asks for a certificate of the city and says what became of each call. */
  private int issuer(String owner) throws Exception {
    String set = VerificationKeysTest.set("true-or-forged");
    Path files = folder.resolve(owner);
    HttpServerOptions options =
        new HttpServerOptions()
            .setSsl(true)
            .setClientAuth(ClientAuth.REQUIRED)
            .setTrustOptions(
                new PemTrustOptions().addCertPath(folder.resolve("own/ca.crt").toString()))
            .setKeyCertOptions(
                new PemKeyCertOptions()
                    .addCertPath(files.resolve("tls.crt").toString())
                    .addKeyPath(files.resolve("tls.key").toString()));
    return vertx
        .createHttpServer(options)
        .exceptionHandler(fault -> events.add(REFUSED))
        .requestHandler(
            request -> {
              events.add(ASKED);
              request.response().end(set);
            })
        .listen(0, "localhost")
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }
}
