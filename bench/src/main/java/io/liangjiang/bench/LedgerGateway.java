package io.liangjiang.bench;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.Timestamp;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.v1.Money;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Citizens pay one merchant from their wallets, one durable transfer a request: JSON with their
 * tokens through the gateway, and beside it the same through the gRPC door. The orders are made
 * before each round and are not in the figure.
 */
final class LedgerGateway {
  private static final String FIGURE = "ledger.gateway";
  private static final int IN_FLIGHT = 128;
  private static final int FEN = 1;
  private static final Duration LIFE = Duration.ofHours(1);

  private record Payable(String orderId, Payers.Payer payer) {}

  private final Path checkout;
  private final int rounds;
  private final int seconds;

  LedgerGateway(Path checkout, int rounds, int seconds) {
    this.checkout = checkout;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  Figure run() {
    try (var ledger = new RunningLedger(checkout);
        var gateway =
            Packaged.application(
                checkout,
                "gateway",
                Map.of(
                    "QUARKUS_GRPC_CLIENTS_PAYMENTS_PORT",
                    String.valueOf(ledger.payments().grpcPort())));
        var phones = new Phones(gateway.port(), IN_FLIGHT)) {
      var payers = new Payers(ledger);
      // the first seconds show the compiler at work; their rate says how many orders a round needs
      int first = 3_000 * seconds;
      Sample warm = direct(ledger, payers, first);
      Sample unused = through(ledger, payers, gateway, phones, first);
      Sample warmToo = through(ledger, payers, gateway, phones, first);
      int orders = (int) (1.5 * seconds * Math.max(warm.rate(), warmToo.rate()));
      Map<String, String> facts = new LinkedHashMap<>(ledger.books().facts());
      facts.put("peer", "the same calls through the gRPC door");
      facts.put("load", IN_FLIGHT + " payments in flight, one merchant");
      facts.put("cpu", "product: gateway, service and database; peer: service and database");
      Figure figure =
          Rounds.run(
              FIGURE,
              rounds,
              () -> through(ledger, payers, gateway, phones, orders),
              () -> direct(ledger, payers, orders),
              facts);
      ledger.requireBalanced();
      return figure;
    }
  }

  private Sample through(
      RunningLedger ledger, Payers payers, Packaged gateway, Phones phones, int count) {
    Queue<Payable> orders = orders(ledger, payers, count);
    return new GrpcLoad(IN_FLIGHT, seconds)
        .run(
            count,
            i -> pay(phones, orders.remove()),
            gateway.pid(),
            ledger.payments().pid(),
            ledger.books().pid());
  }

  private Sample direct(RunningLedger ledger, Payers payers, int count) {
    Queue<Payable> orders = orders(ledger, payers, count);
    return new GrpcLoad(IN_FLIGHT, seconds)
        .run(count, i -> pay(orders.remove()), ledger.payments().pid(), ledger.books().pid());
  }

  private static ListenableFuture<Integer> pay(Phones phones, Payable order) {
    Buffer body = new JsonObject().put("channel", Channel.WALLET.name()).toBuffer();
    return phones.post(
        "/v1/paymentOrders/" + order.orderId() + ":pay", order.payer().token(), body);
  }

  private static ListenableFuture<PaymentOrder> pay(Payable order) {
    var request =
        PayPaymentOrderRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setPaymentOrderId(order.orderId())
            .setChannel(Channel.WALLET)
            .build();
    return order.payer().orders().payPaymentOrder(request);
  }

  private static Queue<Payable> orders(RunningLedger ledger, Payers payers, int count) {
    Queue<Payable> made = new ConcurrentLinkedQueue<>();
    Sample unused =
        new GrpcLoad(IN_FLIGHT, LIFE.toSeconds())
            .run(
                count,
                i -> {
                  Payers.Payer payer = payers.get(i);
                  return Futures.transform(
                      ledger.orders().createPaymentOrder(order(payer)),
                      order -> made.add(new Payable(order.getPaymentOrderId(), payer)),
                      MoreExecutors.directExecutor());
                });
    return new ArrayDeque<>(made);
  }

  private static CreatePaymentOrderRequest order(Payers.Payer payer) {
    Money amount = Money.newBuilder().setAmountMinor(FEN).setCurrencyCode("CNY").build();
    return CreatePaymentOrderRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setPayerCitizenId(payer.citizenId().toString())
        .setMerchantId("wulong-tourism")
        .setBusinessReference("bench")
        .addLines(
            PaymentOrder.Line.newBuilder()
                .setDescription("ticket")
                .setQuantity(1)
                .setAmount(amount))
        .setExpireTime(Timestamp.newBuilder().setSeconds(Instant.now().plus(LIFE).getEpochSecond()))
        .build();
  }
}
