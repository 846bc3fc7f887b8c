package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.cny;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.refund;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.payments.order.OrderSteps.Again;
import io.liangjiang.payments.order.OrderSteps.Close;
import io.liangjiang.payments.order.OrderSteps.Combine;
import io.liangjiang.payments.order.OrderSteps.Create;
import io.liangjiang.payments.order.OrderSteps.Fill;
import io.liangjiang.payments.order.OrderSteps.Pay;
import io.liangjiang.payments.order.OrderSteps.Refund;
import io.liangjiang.payments.order.OrderSteps.Step;
import io.liangjiang.payments.order.OrderSteps.Wait;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.CloseCombinedOrderRequest;
import io.liangjiang.payments.v1.CombinedOrder;
import io.liangjiang.payments.v1.CombinedOrderService;
import io.liangjiang.payments.v1.CreateCombinedOrderRequest;
import io.liangjiang.payments.v1.GetCombinedOrderRequest;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.PayCombinedOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.test.TestCalls;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Plays steps over the wire, naming orders as {@link OrderModel} does. */
final class OrderScript {
  /** So long that the time the test itself takes decides nothing. */
  private static final Duration PAUSE = Duration.ofMinutes(20);

  private final PaymentsCity city;
  private final CombinedOrderService combined;
  private final OrderSweep sweep;
  private final List<Merchant> merchants;
  private final List<Named> orders = new ArrayList<>();
  private final List<Supplier<Uni<?>>> asked = new ArrayList<>();

  OrderScript(
      PaymentsCity city,
      CombinedOrderService combined,
      OrderSweep sweep,
      List<Merchant> merchants) {
    this.city = city;
    this.combined = combined;
    this.sweep = sweep;
    this.merchants = merchants;
  }

  /** An order by its id. */
  private sealed interface Named {}

  private record Single(PaymentOrder order) implements Named {}

  private record Whole(CombinedOrder order) implements Named {}

  /** An order as its payer reads it; nothing of a whole is refunded. */
  record Seen(State state, long refundedMinor) {}

  /** Does a step; the reason of its refusal, or {@link OrderModel#DONE}. */
  String apply(Step step) {
    return switch (step) {
      case Wait(boolean sweeps) -> pass(sweeps);
      case Fill(long amountMinor) -> fill(amountMinor);
      case Again(int back) ->
          asked.isEmpty() ? OrderModel.DONE : send(OrderModel.before(asked, back));
      case Create create -> create(create);
      case Combine combine -> combine(combine);
      case Pay(int back) -> orders.isEmpty() ? OrderModel.DONE : ask(paying(named(back)));
      case Close(int back) -> orders.isEmpty() ? OrderModel.DONE : ask(closing(named(back)));
      case Refund(int back, long amountMinor) ->
          orders.isEmpty() ? OrderModel.DONE : ask(refunding(named(back), amountMinor));
    };
  }

  /** Closes what is over. */
  void expire() {
    await(sweep.expireOrders());
    await(sweep.expireCombinedOrders());
  }

  Seen read(int position) {
    return switch (orders.get(position)) {
      case Single(PaymentOrder order) -> {
        PaymentOrder seen = city.read(order);
        yield new Seen(seen.getState(), seen.getRefundedAmount().getAmountMinor());
      }
      case Whole(CombinedOrder order) ->
          new Seen(
              await(
                      TestCalls.as(combined, city.citizen)
                          .getCombinedOrder(
                              GetCombinedOrderRequest.newBuilder()
                                  .setCombinedOrderId(order.getCombinedOrderId())
                                  .build()))
                  .getState(),
              0);
    };
  }

  private Named named(int back) {
    return OrderModel.before(orders, back);
  }

  private String ask(Supplier<Uni<?>> request) {
    asked.add(request);
    return send(request);
  }

  private static String send(Supplier<Uni<?>> request) {
    Throwable refusal = catchThrowable(() -> await(request.get()));
    return refusal == null ? OrderModel.DONE : TestCalls.reason(refusal);
  }

  private String pass(boolean sweeps) {
    city.clock.advance(PAUSE);
    if (sweeps) {
      expire();
    }
    return OrderModel.DONE;
  }

  private String fill(long amountMinor) {
    city.fill(amountMinor);
    return OrderModel.DONE;
  }

  private String create(Create wanted) {
    var request =
        city.request(wanted.amountMinor()).toBuilder()
            .setMerchantId(merchants.get(wanted.merchant()).getMerchantId())
            .setExpireTime(city.inMinutes(minutes(wanted.pauses())))
            .build();
    asked.add(() -> city.asTourism().createPaymentOrder(request));
    orders.add(new Single(await(city.asTourism().createPaymentOrder(request))));
    return OrderModel.DONE;
  }

  private String combine(Combine wanted) {
    var request =
        CreateCombinedOrderRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setPayerCitizenId(city.citizenId.toString())
            .setBusinessReference(UUID.randomUUID().toString())
            .setExpireTime(city.inMinutes(minutes(wanted.pauses())));
    for (int i = 0; i < merchants.size(); i++) {
      request.addParts(part(merchants.get(i), wanted.amountsMinor().get(i)));
    }
    var whole = request.build();
    asked.add(() -> asTourism().createCombinedOrder(whole));
    CombinedOrder made = await(asTourism().createCombinedOrder(whole));
    made.getPartsList().forEach(part -> orders.add(new Single(part)));
    orders.add(new Whole(made));
    return OrderModel.DONE;
  }

  private Supplier<Uni<?>> paying(Named named) {
    return switch (named) {
      case Single(PaymentOrder order) -> {
        var request = pay(order, Channel.WALLET);
        yield () -> city.asPayer().payPaymentOrder(request);
      }
      case Whole(CombinedOrder order) -> {
        var request =
            PayCombinedOrderRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setCombinedOrderId(order.getCombinedOrderId())
                .setChannel(Channel.WALLET)
                .build();
        yield () -> TestCalls.as(combined, city.citizen).payCombinedOrder(request);
      }
    };
  }

  private Supplier<Uni<?>> closing(Named named) {
    return switch (named) {
      case Single(PaymentOrder order) -> {
        var request = PaymentRequests.close(order);
        yield () -> city.asTourism().closePaymentOrder(request);
      }
      case Whole(CombinedOrder order) -> {
        var request =
            CloseCombinedOrderRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setCombinedOrderId(order.getCombinedOrderId())
                .build();
        yield () -> asTourism().closeCombinedOrder(request);
      }
    };
  }

  private Supplier<Uni<?>> refunding(Named named, long amountMinor) {
    PaymentOrder order =
        switch (named) {
          case Single(PaymentOrder single) -> single;
          case Whole(CombinedOrder whole) -> whole.getParts(0);
        };
    var request = refund(order, amountMinor);
    return () -> city.asTourism().refundPaymentOrder(request);
  }

  private CombinedOrderService asTourism() {
    return TestCalls.as(combined, city.tourism);
  }

  private static int minutes(int pauses) {
    return Math.toIntExact(PAUSE.multipliedBy(pauses).toMinutes());
  }

  private static CreateCombinedOrderRequest.Part part(Merchant merchant, long amountMinor) {
    return CreateCombinedOrderRequest.Part.newBuilder()
        .setMerchantId(merchant.getMerchantId())
        .setBusinessReference(UUID.randomUUID().toString())
        .addLines(
            PaymentOrder.Line.newBuilder()
                .setDescription("一日游")
                .setQuantity(1)
                .setAmount(cny(amountMinor)))
        .build();
  }
}
