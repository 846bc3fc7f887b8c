package io.liangjiang.platform.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.liangjiang.identity.v1.IssueServiceTokenRequest;
import io.liangjiang.identity.v1.TokenServiceGrpc;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.GetAccountRequest;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service config that is shipped, against the contracts and against a real server. */
class ServiceConfigTest {
  private static final Path SHIPPED = Path.of("src/main/resources" + ServiceConfig.RESOURCE);
  private static final MethodDescriptor<GetAccountRequest, Account> READ =
      LedgerServiceGrpc.getGetAccountMethod();
  private static final MethodDescriptor<IssueServiceTokenRequest, ?> UNSAFE =
      TokenServiceGrpc.getIssueServiceTokenMethod();

  private final AtomicInteger calls = new AtomicInteger();
  private int failures;
  private boolean silent;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("localhost", 0))
            .addService(service(READ, Account.getDefaultInstance()))
            .addService(service(TokenServiceGrpc.getIssueServiceTokenMethod(), null))
            .build()
            .start();
    channel = channel(ServiceConfig.own());
  }

  @AfterEach
  void end() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void saysOfTheContractsWhatFollowsFromThem() throws IOException {
    if (System.getProperty("service-config.accept") != null) {
      Files.writeString(SHIPPED, ServiceConfigText.derived());
    }
    Map<String, Boolean> contract = ServiceConfigText.repeatable();

    assertThat(repeated(Files.readString(SHIPPED))).as("make contract").isEqualTo(contract);
    assertThat(contract)
        .containsEntry("liangjiang.payments.v1.LedgerService/GetAccount", true)
        .containsEntry("liangjiang.payments.v1.LedgerService/BulkCreateTransfers", false)
        .containsEntry("liangjiang.platform.v1.EventFeedService/Subscribe", false);
  }

  /** It would have the common deadline and never be repeated. */
  @Test
  void noticesAPublishedMethodThatIsMissing() throws IOException {
    String name =
        "{\"service\": \"liangjiang.payments.v1.LedgerService\", \"method\": \"GetAccount\"},";
    String shipped = Files.readString(SHIPPED);
    assertThat(shipped).contains(name);

    assertThat(repeated(shipped.replace(name, "")))
        .isNotEqualTo(ServiceConfigText.repeatable())
        .doesNotContainKey("liangjiang.payments.v1.LedgerService/GetAccount");
  }

  /** Which methods the config names, and whether it lets gRPC repeat them. */
  private static Map<String, Boolean> repeated(String json) {
    Map<String, Boolean> methods = new TreeMap<>();
    for (Object entry : (List<?>) ServiceConfig.read(json).get("methodConfig")) {
      Map<?, ?> config = (Map<?, ?>) entry;
      for (Object name : (List<?>) config.get("name")) {
        Map<?, ?> method = (Map<?, ?>) name;
        if (!method.isEmpty()) {
          String path = method.get("service") + "/" + method.get("method");
          methods.put(path, config.containsKey("retryPolicy"));
        }
      }
    }
    return methods;
  }

  @Test
  void spreadsCallsAndStopsRepeatingWhereMuchFails() {
    Map<String, Object> shipped = ServiceConfig.read(ServiceConfig.own());

    assertThat(shipped.get("loadBalancingConfig"))
        .isEqualTo(List.of(Map.of("round_robin", Map.of())));
    assertThat(shipped.get("retryThrottling"))
        .isEqualTo(Map.of("maxTokens", 20.0, "tokenRatio", 0.1));
  }

  @Test
  void repeatsAReadWhileAServiceIsAway() {
    failures = 2;

    assertThat(ClientCalls.blockingUnaryCall(channel, READ, CallOptions.DEFAULT, read()))
        .isEqualTo(Account.getDefaultInstance());
    assertThat(calls).hasValue(3);
  }

  @Test
  void givesUpAfterTheThirdTime() {
    failures = 9;

    assertThatThrownBy(
            () -> ClientCalls.blockingUnaryCall(channel, READ, CallOptions.DEFAULT, read()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
    assertThat(calls).hasValue(3);
  }

  @Test
  void neverRepeatsWhatIsNotSafe() {
    failures = 1;

    assertThatThrownBy(
            () ->
                ClientCalls.blockingUnaryCall(
                    channel,
                    UNSAFE,
                    CallOptions.DEFAULT,
                    IssueServiceTokenRequest.getDefaultInstance()))
        .hasMessageContaining("UNAVAILABLE");
    assertThat(calls).hasValue(1);
  }

  @Test
  @Timeout(60)
  void endsACallThatHangs() {
    silent = true;
    channel.shutdownNow();
    channel = channel(ServiceConfig.own().replace("\"5s\"", "\"0.2s\""));

    assertThatThrownBy(
            () -> ClientCalls.blockingUnaryCall(channel, READ, CallOptions.DEFAULT, read()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED));
  }

  @Test
  void takesTheFileThatIsNamedInstead(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("config.json");
    Files.writeString(file, "{\"methodConfig\": [{\"name\": [{}], \"timeout\": \"7s\"}]}");

    var config = new ServiceConfig(java.util.Optional.of(file.toString()));

    NettyChannelBuilder unused = null;
    assertThat(config.customize("payments", null, unused).get("methodConfig"))
        .isEqualTo(List.of(Map.of("name", List.of(Map.of()), "timeout", "7s")));
    assertThatThrownBy(() -> ServiceConfig.read("{")).hasMessageContaining("no JSON");
    assertThatThrownBy(() -> ServiceConfig.read("{\"timeout\": null}"))
        .hasMessageContaining("says null");
  }

  private static GetAccountRequest read() {
    return GetAccountRequest.getDefaultInstance();
  }

  private ManagedChannel channel(String config) {
    return NettyChannelBuilder.forAddress("localhost", server.getPort())
        .usePlaintext()
        .enableRetry()
        .disableServiceConfigLookUp()
        .defaultServiceConfig(ServiceConfig.read(config))
        .idleTimeout(1, TimeUnit.MINUTES)
        .build();
  }

  /** A service of one method that fails as often as the test says, or never answers. */
  private <Q, A> ServerServiceDefinition service(MethodDescriptor<Q, A> method, A answer) {
    return ServerServiceDefinition.builder(method.getServiceName())
        .addMethod(
            method,
            (call, headers) -> {
              call.request(1);
              if (calls.incrementAndGet() <= failures) {
                call.close(Status.UNAVAILABLE, headers);
              } else if (!silent) {
                call.sendHeaders(headers);
                call.sendMessage(answer);
                call.close(Status.OK, headers);
              }
              return new ServerCall.Listener<>() {};
            })
        .build();
  }
}
