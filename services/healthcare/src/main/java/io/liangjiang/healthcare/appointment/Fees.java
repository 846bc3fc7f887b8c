package io.liangjiang.healthcare.appointment;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.liangjiang.healthcare.appointment.Appointment.PaymentTask;
import io.liangjiang.healthcare.slot.SlotProto;
import io.liangjiang.payments.v1.ClosePaymentOrderRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrderService;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.payments.v1.RefundPaymentOrderRequest;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.time.ProtoTime;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the payment side of an appointment one step further: asks payments, outside any
 * transaction, then writes down what came of it. Every request id follows from the appointment, so
 * each step may be repeated after any failure.
 */
@ApplicationScoped
class Fees {
  private static final Logger LOG = Logger.getLogger(Fees.class);
  private static final String ORDER_IS_PAID = "PAYMENT_ORDER_PAID";

  /** The merchant's staff gave all of it back already. */
  private static final String NOTHING_LEFT = "REFUND_EXCEEDS_PAYMENT";

  private static final String REFUND_REASON = "挂号费退款";
  private static final String LINE = "挂号费 ";

  private final PaymentOrderService payments;
  private final Database database;
  private final DueRepository repository;
  private final Transitions transitions;
  private final InstantSource clock;

  Fees(
      @GrpcClient("payments") PaymentOrderService payments,
      Database database,
      DueRepository repository,
      Transitions transitions,
      InstantSource clock) {
    this.payments = payments;
    this.database = database;
    this.repository = repository;
    this.transitions = transitions;
    this.clock = clock;
  }

  /**
   * Does what is to be done next, if anything; fails with the failure of payments, and may be
   * repeated.
   */
  Uni<Void> drive(Appointment appointment) {
    PaymentTask task = appointment.fee().task();
    if (task == null) {
      return Uni.createFrom().voidItem();
    }
    return switch (task) {
      case CREATE -> order(appointment).replaceWithVoid();
      case AWAIT -> ask(appointment);
      case CLOSE -> close(appointment);
      case REFUND -> refund(appointment, orderIdOf(appointment));
      case REFUND_FAILED -> Uni.createFrom().voidItem();
    };
  }

  private Uni<String> order(Appointment appointment) {
    return payments
        .createPaymentOrder(orderRequest(appointment))
        .map(PaymentOrder::getPaymentOrderId)
        .call(id -> repository.ordered(database.client(), appointment.appointmentId(), id));
  }

  private static CreatePaymentOrderRequest orderRequest(Appointment appointment) {
    var place = appointment.slot().place();
    var fee = SlotProto.fee(appointment.feeMinor());
    Instant payUntil = Objects.requireNonNull(appointment.times().payUntil());
    return CreatePaymentOrderRequest.newBuilder()
        .setRequestId(requestId(appointment, "create"))
        .setPayerCitizenId(appointment.parties().payerId().toString())
        .setMerchantId(place.hospitalId())
        .setBusinessReference(appointment.appointmentId().toString())
        .addLines(
            PaymentOrder.Line.newBuilder()
                .setDescription(LINE + place.hospitalName())
                .setQuantity(1)
                .setAmount(fee))
        .setExpireTime(ProtoTime.timestamp(payUntil))
        .build();
  }

  private Uni<Void> ask(Appointment appointment) {
    String orderId = orderIdOf(appointment);
    return payments
        .getPaymentOrder(GetPaymentOrderRequest.newBuilder().setPaymentOrderId(orderId).build())
        .chain(
            order ->
                switch (order.getState()) {
                  case SUCCEEDED, PARTIALLY_REFUNDED ->
                      database.inTransaction(
                          tx -> transitions.paid(tx, appointment.appointmentId(), orderId));
                  case CLOSED, REFUNDED ->
                      database.inTransaction(
                          tx -> transitions.notPaid(tx, appointment.appointmentId()));
                  default -> Uni.createFrom().voidItem();
                });
  }

  private Uni<Void> close(Appointment appointment) {
    String known = appointment.fee().paymentOrderId();
    // Whether the order was made is not known when the answer was lost: making it again tells.
    Uni<String> orderId = known == null ? order(appointment) : Uni.createFrom().item(known);
    return orderId
        .chain(id -> close(appointment, id))
        .onFailure(Fees::isNoOrder)
        .recoverWithUni(() -> done(appointment, PaymentTask.CLOSE, null));
  }

  private Uni<Void> close(Appointment appointment, String orderId) {
    return payments
        .closePaymentOrder(
            ClosePaymentOrderRequest.newBuilder()
                .setRequestId(requestId(appointment, "close"))
                .setPaymentOrderId(orderId)
                .build())
        .chain(() -> done(appointment, PaymentTask.CLOSE, null))
        .onFailure(failure -> PeerReason.of(failure).equals(ORDER_IS_PAID))
        .recoverWithUni(() -> refundInstead(appointment, orderId));
  }

  private Uni<Void> refundInstead(Appointment appointment, String orderId) {
    return database
        .inTransaction(
            tx -> repository.refund(tx, appointment.appointmentId(), orderId, clock.instant()))
        .chain(() -> refund(appointment, orderId));
  }

  private Uni<Void> refund(Appointment appointment, String orderId) {
    return payments
        .refundPaymentOrder(
            RefundPaymentOrderRequest.newBuilder()
                .setRequestId(requestId(appointment, "refund"))
                .setPaymentOrderId(orderId)
                .setReason(REFUND_REASON)
                .build())
        .chain(refund -> done(appointment, PaymentTask.REFUND, afterRefund(appointment, refund)))
        .onFailure(failure -> PeerReason.of(failure).equals(NOTHING_LEFT))
        .recoverWithUni(() -> done(appointment, PaymentTask.REFUND, null));
  }

  private static @Nullable PaymentTask afterRefund(Appointment appointment, Refund refund) {
    if (refund.getState() != Refund.State.FAILED) {
      return null;
    }
    LOG.errorf("the refund of appointment %s failed for good", appointment.appointmentId());
    return PaymentTask.REFUND_FAILED;
  }

  private Uni<Void> done(Appointment appointment, PaymentTask task, @Nullable PaymentTask next) {
    return repository.nextTask(database.client(), appointment.appointmentId(), task, next, null);
  }

  private static String orderIdOf(Appointment appointment) {
    return Objects.requireNonNull(appointment.fee().paymentOrderId());
  }

  /** Payments refused to make the order, its time being over: it was never made. */
  private static boolean isNoOrder(Throwable failure) {
    return failure instanceof StatusRuntimeException refusal
        && refusal.getStatus().getCode() == Code.INVALID_ARGUMENT;
  }

  private static String requestId(Appointment appointment, String step) {
    String name = appointment.appointmentId() + "/" + step;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
