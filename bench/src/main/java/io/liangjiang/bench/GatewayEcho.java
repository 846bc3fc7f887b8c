package io.liangjiang.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * JSON over HTTP through the gateway, token verified, to a gRPC service that only answers; beside
 * it the same call directly.
 */
final class GatewayEcho {
  private static final int IN_FLIGHT = 128;

  private final Path checkout;
  private final int rounds;
  private final int seconds;

  GatewayEcho(Path checkout, int rounds, int seconds) {
    this.checkout = checkout;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  Figure run() {
    try (var echo = Packaged.program(checkout, EchoServer.class);
        var gateway =
            Packaged.application(
                checkout,
                "gateway",
                Map.of("QUARKUS_GRPC_CLIENTS_PAYMENTS_PORT", String.valueOf(echo.grpcPort())))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("localhost", echo.grpcPort()).usePlaintext().build();
      try (var phones = new Phones(gateway.port(), IN_FLIGHT)) {
        return measure(echo, gateway, channel, phones);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private Figure measure(Packaged echo, Packaged gateway, ManagedChannel channel, Phones phones) {
    var stub = PaymentOrderServiceGrpc.newFutureStub(channel).withWaitForReady();
    String id = UUID.randomUUID().toString();
    String token = TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.REAL_NAME);
    var request = GetPaymentOrderRequest.newBuilder().setPaymentOrderId(id).build();
    String path = "/v1/paymentOrders/" + id;
    var load = new GrpcLoad(IN_FLIGHT, seconds);
    var unusedPeer = load.run(i -> stub.getPaymentOrder(request), echo.pid());
    var unusedProduct = load.run(i -> phones.get(path, token), gateway.pid());
    return Rounds.run(
        "gateway.echo",
        rounds,
        () -> load.run(i -> phones.get(path, token), gateway.pid(), echo.pid()),
        () -> load.run(i -> stub.getPaymentOrder(request), echo.pid()),
        Map.of(
            "load", IN_FLIGHT + " in flight",
            "peer", "the same call directly over gRPC",
            "cpu", "product: gateway and service; peer: service"));
  }
}
