package io.liangjiang.platform.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.GetAccountRequest;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import io.vertx.core.Vertx;
import io.vertx.grpc.VertxServer;
import io.vertx.grpc.VertxServerBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server that Quarkus runs, with certificates of an authority that the test is. */
class MutualTlsTest {
  private static final int PATIENCE_SECONDS = 30;

  @TempDir Path folder;
  private final Authority city = new Authority("city");
  private final Vertx vertx = Vertx.vertx();
  private Credentials serverCredentials;
  private VertxServer server;

  @BeforeEach
  void start() throws Exception {
    serverCredentials = city.issue(folder.resolve("server"));
    VertxServerBuilder builder = VertxServerBuilder.forAddress(vertx, "localhost", 0);
    TlsServer.secure(builder.nettyBuilder(), serverCredentials);
    builder.addService(accounts());
    server = builder.build();
    CountDownLatch started = new CountDownLatch(1);
    server.start(done -> started.countDown());
    assertThat(started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @AfterEach
  void end() {
    server.shutdown();
    vertx.close();
  }

  @Test
  void takesACallerOfTheCity() throws Exception {
    assertThat(call(city.issue(folder.resolve("client")))).isEqualTo(Account.getDefaultInstance());
  }

  @Test
  void refusesACallerWithoutACertificate() throws Exception {
    var trusting =
        GrpcSslContexts.forClient().trustManager(folder.resolve("server/ca.crt").toFile()).build();

    assertRefused(
        NettyChannelBuilder.forAddress("localhost", server.getPort()).sslContext(trusting));
  }

  @Test
  void refusesACallerInTheClear() {
    assertRefused(NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext());
  }

  @Test
  void refusesAStrangersCertificate() throws Exception {
    Path strangers = folder.resolve("stranger");
    new Authority("stranger").issue(strangers);
    // He trusts the city; the city does not trust him.
    Files.copy(
        folder.resolve("server/ca.crt"),
        strangers.resolve("ca.crt"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertRefused(secured(Authority.credentials(strangers)));
  }

  @Test
  void refusesACertificateWhoseTimeIsOver() throws Exception {
    Credentials expired = city.issueExpired(folder.resolve("client"));

    assertRefused(secured(expired));
  }

  @Test
  void refusesAServerOfAnotherAuthority() throws Exception {
    assertRefused(secured(new Authority("stranger").issue(folder.resolve("client"))));
  }

  @Test
  void refusesAServerOfAnotherName() throws Exception {
    Credentials client = city.issue(folder.resolve("client"));

    assertRefused(secured(client).overrideAuthority("payments.city"));
  }

  @Test
  void takesARenewedCertificateWithoutARestart() throws Exception {
    Authority next = new Authority("next");
    Credentials client = next.issue(folder.resolve("client"));
    assertRefused(secured(client));

    next.write(folder.resolve("server"), java.time.Instant.now().plus(Duration.ofDays(1)));
    serverCredentials.reload();

    assertThat(call(client)).isEqualTo(Account.getDefaultInstance());
  }

  @Test
  void keepsWhatItHasWhenAFileIsBroken() throws Exception {
    Credentials client = city.issue(folder.resolve("client"));
    Files.writeString(folder.resolve("server/tls.key"), "no key");
    serverCredentials.reload();

    assertThat(call(client)).isEqualTo(Account.getDefaultInstance());
  }

  @Test
  void saysWhatIsMissing() {
    Path server = folder.resolve("server");

    assertThatThrownBy(() -> new MutualTls(GivenTls.in(server).withoutKey()))
        .hasMessageContaining("liangjiang.tls.key-file");
    assertThatThrownBy(() -> new MutualTls(GivenTls.none().withHttp()))
        .hasMessageContaining("liangjiang.tls.certificate-file");
    assertThatThrownBy(() -> Authority.credentials(folder.resolve("nowhere")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("liangjiang.tls");
  }

  private NettyChannelBuilder secured(Credentials credentials) {
    NettyChannelBuilder builder = NettyChannelBuilder.forAddress("localhost", server.getPort());
    TlsClient.secure(builder, credentials);
    return builder;
  }

  private Account call(Credentials credentials) {
    return call(secured(credentials));
  }

  private static Account call(NettyChannelBuilder builder) {
    ManagedChannel channel = builder.build();
    try {
      return ClientCalls.blockingUnaryCall(
          channel,
          LedgerServiceGrpc.getGetAccountMethod(),
          CallOptions.DEFAULT.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS),
          GetAccountRequest.getDefaultInstance());
    } finally {
      channel.shutdownNow();
    }
  }

  private static void assertRefused(NettyChannelBuilder builder) {
    assertThatThrownBy(() -> call(builder))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  private static ServerServiceDefinition accounts() {
    var method = LedgerServiceGrpc.getGetAccountMethod();
    return ServerServiceDefinition.builder(method.getServiceName())
        .addMethod(
            method,
            (call, headers) -> {
              call.request(1);
              call.sendHeaders(headers);
              call.sendMessage(Account.getDefaultInstance());
              call.close(Status.OK, headers);
              return new ServerCall.Listener<>() {};
            })
        .build();
  }
}
