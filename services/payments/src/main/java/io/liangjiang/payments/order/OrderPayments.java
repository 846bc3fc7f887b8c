package io.liangjiang.payments.order;

import io.liangjiang.payments.payer.Payer;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;

/** Pays orders, and reads them with what became of it. */
@ApplicationScoped
class OrderPayments {
  private static final int MAX_AUTHORIZATION = 64;

  private final Idempotency idempotency;
  private final OrderRepository repository;
  private final Orders orders;
  private final OpenPayments openPayments;
  private final PaymentWays ways;
  private final WalletPayments walletPayments;
  private final InstantSource clock;

  OrderPayments(
      Idempotency idempotency,
      OrderRepository repository,
      Orders orders,
      OpenPayments openPayments,
      PaymentWays ways,
      WalletPayments walletPayments,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.repository = repository;
    this.orders = orders;
    this.openPayments = openPayments;
    this.ways = ways;
    this.walletPayments = walletPayments;
    this.clock = clock;
  }

  /** Pays the caller's order; one that is paid already is answered with and charged nothing. */
  Uni<PaymentOrder> pay(Caller caller, PayPaymentOrderRequest request) {
    UUID id = UUID.fromString(request.getPaymentOrderId());
    Channel channel = request.getChannel();
    checkAuthorization(request);
    return orders
        .get(caller, id)
        .call(order -> leaveOtherChannel(order, channel))
        .chain(order -> openPayments.payer(caller, order.isOpen(), channel))
        .chain(
            payer ->
                channel == Channel.WALLET
                    ? fromWallet(caller, id, request, payer)
                    : begin(caller, id, request, payer));
  }

  private Uni<PaymentOrder> fromWallet(
      Caller caller, UUID id, PayPaymentOrderRequest request, Payer payer) {
    return walletPayments
        .pay(caller, id, request, payer)
        .chain(
            paid ->
                paid.getChannel() == Channel.WALLET
                    ? Uni.createFrom().item(paid)
                    : read(caller, id));
  }

  private Uni<PaymentOrder> begin(
      Caller caller, UUID id, PayPaymentOrderRequest request, Payer payer) {
    return idempotency
        .once(
            caller,
            request.getRequestId(),
            request,
            PaymentOrder.getDefaultInstance(),
            tx -> payLocked(tx, id, request, payer))
        .chain(() -> openPayments.prepare(id, request.getChannel()))
        .chain(() -> read(caller, id));
  }

  private static void checkAuthorization(PayPaymentOrderRequest request) {
    boolean insured = request.getChannel() == Channel.MEDICAL_INSURANCE;
    new Violations()
        .requireText(
            request.getInsuranceAuthorization(),
            insured ? 1 : 0,
            insured ? MAX_AUTHORIZATION : 0,
            "insurance_authorization")
        .throwIfAny();
  }

  /** The caller's order as it stands, with what the phone needs while it is pending. */
  Uni<PaymentOrder> read(Caller caller, UUID id) {
    return orders
        .get(caller, id)
        .chain(
            order ->
                openPayments
                    .shown(order)
                    .map(shown -> OrderProto.paymentOrder(order, shown))
                    .map(shown -> caller.isCitizen() ? OrderProto.forPayer(shown, order) : shown));
  }

  private Uni<Void> leaveOtherChannel(Order order, Channel wanted) {
    return order.state() == State.PENDING && order.channel() != wanted
        ? openPayments.finish(order)
        : Uni.createFrom().voidItem();
  }

  private Uni<PaymentOrder> payLocked(
      SqlConnection tx, UUID id, PayPaymentOrderRequest request, Payer payer) {
    return repository
        .lock(tx, id)
        .chain(
            order -> {
              Channel channel = request.getChannel();
              order.refusePart();
              if (order.isPaid() || isUnderWay(order, channel)) {
                return Uni.createFrom().item(order);
              }
              refuseClosed(order);
              Order now = OrderStates.by(order, payer.delegateId());
              return channel == Channel.MEDICAL_INSURANCE
                  ? ways.byInsurance(tx, now, request.getInsuranceAuthorization(), payer.openId())
                  : ways.throughChannel(tx, now, channel, payer.openId());
            })
        .map(OrderProto::paymentOrder);
  }

  private static boolean isUnderWay(Order order, Channel channel) {
    return order.state() == State.PENDING && order.channel() == channel;
  }

  private void refuseClosed(Order order) {
    if (!order.isOpen() || clock.instant().isAfter(order.expireTime())) {
      throw WalletPayments.closed();
    }
  }
}
