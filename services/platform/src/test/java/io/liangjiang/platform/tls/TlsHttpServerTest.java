package io.liangjiang.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server is ours; its callers read their files by themselves. */
class TlsHttpServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private final Authority city = new Authority("city");
  private final Vertx vertx = Vertx.vertx();
  private MutualTls tls;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    city.write(folder.resolve("server"), "localhost");
    city.write(folder.resolve("client"), "gateway");
    HttpServerOptions options = new HttpServerOptions();
    TlsSettings settings = GivenTls.in(folder.resolve("server")).withHttp().followed();
    tls = new MutualTls(settings);
    new TlsHttpServer(settings, tls).customizeHttpServer(options);
    server =
        vertx
            .createHttpServer(options)
            .requestHandler(request -> request.response().end("keys"))
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void end() {
    tls.stop(new ShutdownEvent());
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void answersACallerOfTheCity() {
    assertThat(ask(showing("client", trusting("server")))).isEqualTo("keys");
  }

  @Test
  void answersNobodyWithoutACertificate() {
    assertThatThrownBy(() -> ask(trusting("server")))
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(SSLException.class)
        .hasStackTraceContaining("certificate_required");
  }

  @Test
  void answersNoStranger() throws Exception {
    new Authority("stranger").write(folder.resolve("stranger"), "gateway");

    assertThatThrownBy(() -> ask(showing("stranger", trusting("server"))))
        .isInstanceOf(CompletionException.class)
        .hasRootCauseInstanceOf(SSLException.class);
  }

  @Test
  void answersNothingInTheClear() {
    assertThatThrownBy(() -> ask(new HttpClientOptions().setSsl(false)))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void showsARenewedCertificateWithoutARestart() throws Exception {
    Authority next = new Authority("next");
    next.write(folder.resolve("client"), "gateway");
    next.write(folder.resolve("server"), "localhost");

    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String answer = "";
    while (answer.isEmpty() && System.nanoTime() < deadline) {
      try {
        answer = ask(showing("client", trusting("server")));
      } catch (CompletionException e) {
        assertThat(e).hasRootCauseInstanceOf(java.security.GeneralSecurityException.class);
      }
    }

    assertThat(answer).isEqualTo("keys");
  }

  @Test
  void leavesAServerOfTheWorldInTheClear() {
    HttpServerOptions options = new HttpServerOptions();
    TlsSettings settings = GivenTls.in(folder.resolve("server"));

    new TlsHttpServer(settings, new MutualTls(settings)).customizeHttpServer(options);

    assertThat(options.isSsl()).isFalse();
    assertThat(options.getClientAuth()).isEqualTo(ClientAuth.NONE);
  }

  private HttpClientOptions trusting(String owner) {
    return new HttpClientOptions()
        .setSsl(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(file(owner, "ca.crt")));
  }

  private HttpClientOptions showing(String owner, HttpClientOptions options) {
    return options.setKeyCertOptions(
        new PemKeyCertOptions()
            .addCertPath(file(owner, "tls.crt"))
            .addKeyPath(file(owner, "tls.key")));
  }

  private String file(String owner, String name) {
    return folder.resolve(owner).resolve(name).toString();
  }

  private String ask(HttpClientOptions options) {
    var client = vertx.createHttpClient(options);
    return client
        .request(HttpMethod.GET, server.actualPort(), "localhost", "/")
        .compose(HttpClientRequest::send)
        .compose(HttpClientResponse::body)
        .map(Buffer::toString)
        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(done -> client.close())
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }
}
