package io.liangjiang.tourism.city;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.Status;
import io.liangjiang.payments.v1.ClosePaymentOrderRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.v1.PaymentOrderClosed;
import io.liangjiang.payments.v1.PaymentOrderSucceeded;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.payments.v1.RefundSucceeded;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Money;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Payment orders in memory, as strict about request ids and states as the contract. Events go to
 * the feed of the process under test, which is where its client "payments" looks in tests.
 */
@ApplicationScoped
public class OrderBook {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Money NOTHING = Money.newBuilder().setCurrencyCode("CNY").build();
  private static final Set<String> MERCHANTS = Set.of("wulong-tourism");

  private final Database database;
  private final Outbox outbox;
  private final InstantSource clock;
  private final Map<String, PaymentOrder> orders = new HashMap<>();
  private final Map<String, Message> requests = new HashMap<>();
  private final Map<String, String> orderByRequest = new HashMap<>();
  private final Map<String, Refund> refunds = new HashMap<>();
  private boolean broken;
  private boolean failAfterEffect;

  OrderBook(Database database, Outbox outbox, InstantSource clock) {
    this.database = database;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * Calls fail from now on as if payments were away, however often they are repeated: before their
   * effect, or with their answer lost.
   */
  public synchronized void breaks(boolean afterEffect) {
    broken = true;
    failAfterEffect = afterEffect;
  }

  public synchronized void mends() {
    broken = false;
  }

  synchronized PaymentOrder create(CreatePaymentOrderRequest request) {
    failBefore();
    once(request.getRequestId(), request);
    if (!MERCHANTS.contains(request.getMerchantId())) {
      throw TestCalls.refusal(
          Code.NOT_FOUND, "MERCHANT_NOT_FOUND", Map.of("merchantId", request.getMerchantId()));
    }
    String id =
        orderByRequest.computeIfAbsent(
            request.getRequestId(), unused -> UUID.randomUUID().toString());
    var order =
        orders.computeIfAbsent(
            id,
            unused ->
                PaymentOrder.newBuilder()
                    .setPaymentOrderId(id)
                    .setPayerCitizenId(request.getPayerCitizenId())
                    .setMerchantId(request.getMerchantId())
                    .setBusinessReference(request.getBusinessReference())
                    .addAllLines(request.getLinesList())
                    .setAmount(sum(request))
                    .setRefundedAmount(NOTHING)
                    .setState(State.CREATED)
                    .setCreateTime(ProtoTime.timestamp(clock.instant()))
                    .setExpireTime(request.getExpireTime())
                    .build());
    failAfter();
    return order;
  }

  /** The order as payments has it. */
  public synchronized PaymentOrder get(String id) {
    failBefore();
    var order = orders.get(id);
    if (order == null) {
      throw TestCalls.refusal(Code.NOT_FOUND, "PAYMENT_ORDER_NOT_FOUND");
    }
    return order;
  }

  /** How many orders were created for a trip. */
  public synchronized long countOf(String tripId) {
    return orders.values().stream().filter(o -> o.getBusinessReference().equals(tripId)).count();
  }

  synchronized PaymentOrder close(ClosePaymentOrderRequest request) {
    var order = get(request.getPaymentOrderId());
    once(request.getRequestId(), request);
    if (order.getState() != State.CREATED && order.getState() != State.CLOSED) {
      throw TestCalls.refusal(Code.FAILED_PRECONDITION, "PAYMENT_ORDER_PAID");
    }
    return set(order, State.CLOSED);
  }

  synchronized Refund refund(RefundPaymentOrderRequest request) {
    var order = get(request.getPaymentOrderId());
    once(request.getRequestId(), request);
    if (order.getState() != State.SUCCEEDED && !refunds.containsKey(request.getRequestId())) {
      throw TestCalls.refusal(Code.FAILED_PRECONDITION, "PAYMENT_ORDER_NOT_PAID");
    }
    set(order, State.REFUNDED);
    var refund =
        refunds.computeIfAbsent(
            request.getRequestId(),
            unused ->
                Refund.newBuilder()
                    .setRefundId(UUID.randomUUID().toString())
                    .setPaymentOrderId(order.getPaymentOrderId())
                    .setAmount(order.getAmount())
                    .setState(Refund.State.SUCCEEDED)
                    .build());
    failAfter();
    return refund;
  }

  /** The citizen pays; payments' event is still on the way. */
  public synchronized void payQuietly(String id) {
    var order = get(id);
    if (order.getState() != State.CREATED) {
      throw new IllegalStateException("only an open order can be paid");
    }
    set(order, State.SUCCEEDED);
  }

  /** The operator gives all the money back; payments' event is still on the way. */
  public synchronized void refundByOperator(String id) {
    var unused = set(get(id), State.REFUNDED);
  }

  /** The event of a payment arrives. */
  public void tellPaid(PaymentOrder order) {
    append(
        "payments.PaymentOrderSucceeded",
        order,
        PaymentOrderSucceeded.newBuilder()
            .setPaymentOrderId(order.getPaymentOrderId())
            .setBusinessReference(order.getBusinessReference())
            .setAmount(order.getAmount())
            .setCreatedBy("tourism")
            .build());
  }

  /** The event of a closed order arrives. */
  public void tellClosed(PaymentOrder order) {
    append(
        "payments.PaymentOrderClosed",
        order,
        PaymentOrderClosed.newBuilder()
            .setPaymentOrderId(order.getPaymentOrderId())
            .setBusinessReference(order.getBusinessReference())
            .setCreatedBy("tourism")
            .build());
  }

  /** The event of a refund arrives. */
  public void tellRefunded(PaymentOrder order) {
    append(
        "payments.RefundSucceeded",
        order,
        RefundSucceeded.newBuilder()
            .setPaymentOrderId(order.getPaymentOrderId())
            .setBusinessReference(order.getBusinessReference())
            .setAmount(order.getAmount())
            .setCreatedBy("tourism")
            .build());
  }

  private void append(String type, PaymentOrder order, Message payload) {
    database
        .inTransaction(tx -> outbox.append(tx, type, order.getPaymentOrderId(), payload))
        .await()
        .atMost(LIMIT);
  }

  private PaymentOrder set(PaymentOrder order, State state) {
    var changed = order.toBuilder().setState(state).build();
    orders.put(order.getPaymentOrderId(), changed);
    return changed;
  }

  private void once(String requestId, Message request) {
    var unused = UUID.fromString(requestId);
    var before = requests.putIfAbsent(requestId, request);
    if (before != null && !before.equals(request)) {
      throw TestCalls.refusal(Code.ALREADY_EXISTS, "REQUEST_ID_REUSED");
    }
  }

  private void failBefore() {
    if (broken && !failAfterEffect) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
  }

  private void failAfter() {
    if (broken && failAfterEffect) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
  }

  private static Money sum(CreatePaymentOrderRequest request) {
    return Money.newBuilder()
        .setAmountMinor(
            request.getLinesList().stream().mapToLong(l -> l.getAmount().getAmountMinor()).sum())
        .setCurrencyCode("CNY")
        .build();
  }
}
