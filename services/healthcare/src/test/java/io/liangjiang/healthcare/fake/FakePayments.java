package io.liangjiang.healthcare.fake;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.liangjiang.payments.v1.ClosePaymentOrderRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.GetPaymentDeductionsRequest;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentDeductions;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.payments.v1.SharePaymentOrderRequest;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Money;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Payments as far as healthcare calls it. Strict about request ids: the same id with the same
 * request answers the same, with another it is refused.
 */
@Default
@Singleton
@GrpcService
public class FakePayments implements PaymentOrderService {
  private static final Money NOTHING = Money.newBuilder().setCurrencyCode("CNY").build();

  private final InstantSource clock;
  private final Map<String, PaymentOrder> orders = new ConcurrentHashMap<>();
  private final Map<String, Message> requests = new ConcurrentHashMap<>();
  private final Map<String, Message> answers = new ConcurrentHashMap<>();
  private final Map<String, Refund> refunds = new ConcurrentHashMap<>();
  private final Map<String, Integer> asked = new ConcurrentHashMap<>();
  private volatile boolean down;
  private volatile boolean losingAnswers;
  private volatile Refund.State refundState = Refund.State.SUCCEEDED;

  FakePayments(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether it cannot be reached. */
  public void down(boolean isDown) {
    down = isDown;
  }

  /** Whether it does what it is asked and the answer is lost. */
  public void losingAnswers(boolean isLosing) {
    losingAnswers = isLosing;
  }

  /** What becomes of refunds from now on. */
  public void refundsBecome(Refund.State state) {
    refundState = state;
  }

  /** The citizen pays, which only this side knows yet. */
  public void pay(String orderId) {
    set(orderId, State.SUCCEEDED);
  }

  /** The merchant's staff give all the money back. */
  public void giveBack(String orderId) {
    set(orderId, State.REFUNDED);
  }

  /** How often it was asked about an order. */
  public int askedAbout(String orderId) {
    return asked.getOrDefault(orderId, 0);
  }

  /** The order as it is. */
  public PaymentOrder order(String orderId) {
    return orders.get(orderId);
  }

  /** The orders for an appointment. */
  public List<PaymentOrder> ordersFor(String appointmentId) {
    return orders.values().stream()
        .filter(order -> order.getBusinessReference().equals(appointmentId))
        .toList();
  }

  /** The refunds of an order. */
  public List<Refund> refundsOf(String orderId) {
    return refunds.values().stream()
        .filter(refund -> refund.getPaymentOrderId().equals(orderId))
        .toList();
  }

  @Override
  public Uni<PaymentOrder> createPaymentOrder(CreatePaymentOrderRequest request) {
    return once(request.getRequestId(), request, () -> create(request));
  }

  @Override
  public Uni<PaymentOrder> getPaymentOrder(GetPaymentOrderRequest request) {
    asked.merge(request.getPaymentOrderId(), 1, Integer::sum);
    return answer(() -> found(request.getPaymentOrderId()));
  }

  @Override
  public Uni<PaymentOrder> payPaymentOrder(PayPaymentOrderRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public Uni<PaymentDeductions> sharePaymentOrder(SharePaymentOrderRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public Uni<PaymentDeductions> getPaymentDeductions(GetPaymentDeductionsRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public Uni<PaymentOrder> closePaymentOrder(ClosePaymentOrderRequest request) {
    asked.merge(request.getPaymentOrderId(), 1, Integer::sum);
    return once(request.getRequestId(), request, () -> close(request.getPaymentOrderId()));
  }

  @Override
  public Uni<Refund> refundPaymentOrder(RefundPaymentOrderRequest request) {
    asked.merge(request.getPaymentOrderId(), 1, Integer::sum);
    return once(request.getRequestId(), request, () -> refund(request.getPaymentOrderId()));
  }

  private PaymentOrder create(CreatePaymentOrderRequest request) {
    long amount = request.getLines(0).getAmount().getAmountMinor();
    if (amount <= 0) {
      throw TestCalls.refusal(Code.INVALID_ARGUMENT, "INVALID_AMOUNT");
    }
    var order =
        PaymentOrder.newBuilder()
            .setPaymentOrderId(UUID.randomUUID().toString())
            .setPayerCitizenId(request.getPayerCitizenId())
            .setMerchantId(request.getMerchantId())
            .setBusinessReference(request.getBusinessReference())
            .addAllLines(request.getLinesList())
            .setAmount(request.getLines(0).getAmount())
            .setRefundedAmount(NOTHING)
            .setCreateTime(ProtoTime.timestamp(clock.instant()))
            .setExpireTime(request.getExpireTime())
            .setState(State.CREATED)
            .build();
    orders.put(order.getPaymentOrderId(), order);
    return order;
  }

  private PaymentOrder close(String orderId) {
    return switch (found(orderId).getState()) {
      case CREATED, PENDING, CLOSED -> set(orderId, State.CLOSED);
      default -> throw TestCalls.refusal(Code.FAILED_PRECONDITION, "PAYMENT_ORDER_PAID");
    };
  }

  private Refund refund(String orderId) {
    if (found(orderId).getState() == State.REFUNDED) {
      throw TestCalls.refusal(Code.FAILED_PRECONDITION, "REFUND_EXCEEDS_PAYMENT");
    }
    if (found(orderId).getState() != State.SUCCEEDED) {
      throw TestCalls.refusal(Code.FAILED_PRECONDITION, "PAYMENT_ORDER_NOT_PAID");
    }
    var refund =
        Refund.newBuilder()
            .setRefundId(UUID.randomUUID().toString())
            .setPaymentOrderId(orderId)
            .setState(refundState)
            .build();
    refunds.put(refund.getRefundId(), refund);
    set(orderId, State.REFUNDED);
    return refund;
  }

  private PaymentOrder set(String orderId, State state) {
    return orders.computeIfPresent(
        orderId, (id, order) -> order.toBuilder().setState(state).build());
  }

  private PaymentOrder found(String orderId) {
    var order = orders.get(orderId);
    if (order == null) {
      throw TestCalls.refusal(Code.NOT_FOUND, "PAYMENT_ORDER_NOT_FOUND");
    }
    return order;
  }

  @SuppressWarnings("unchecked") // the same request has the same type of answer
  private <R extends Message> Uni<R> once(String requestId, Message request, Supplier<R> effect) {
    return answer(
        () -> {
          if (!Violations.isUuid(requestId)) {
            throw TestCalls.refusal(Code.INVALID_ARGUMENT, "INVALID_REQUEST_ID");
          }
          if (!requests.computeIfAbsent(requestId, id -> request).equals(request)) {
            throw TestCalls.refusal(Code.ALREADY_EXISTS, "REQUEST_ID_REUSED");
          }
          return (R) answers.computeIfAbsent(requestId, id -> effect.get());
        });
  }

  private <R> Uni<R> answer(Supplier<R> effect) {
    if (down) {
      return Uni.createFrom().failure(Status.UNAVAILABLE.asRuntimeException());
    }
    try {
      R answer = effect.get();
      return losingAnswers
          ? Uni.createFrom().failure(Status.UNAVAILABLE.asRuntimeException())
          : Uni.createFrom().item(answer);
    } catch (StatusRuntimeException refusal) {
      return Uni.createFrom().failure(refusal);
    }
  }
}
