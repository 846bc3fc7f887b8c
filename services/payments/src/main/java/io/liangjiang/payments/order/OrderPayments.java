package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.payments.wallet.Wallets;
import io.liangjiang.payments.wallet.Wallets.Movement;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Pays orders: from the wallet at once, or through a channel whose confirmation books the money.
 */
@ApplicationScoped
class OrderPayments {
  private final Database database;
  private final Idempotency idempotency;
  private final OrderRepository repository;
  private final Orders orders;
  private final Merchants merchants;
  private final Deductions deductions;
  private final Wallets wallets;
  private final ChannelPayments channelPayments;
  private final PaidOrders paidOrders;
  private final InstantSource clock;

  @SuppressWarnings("checkstyle:ParameterNumber") // injection
  OrderPayments(
      Database database,
      Idempotency idempotency,
      OrderRepository repository,
      Orders orders,
      Merchants merchants,
      Deductions deductions,
      Wallets wallets,
      ChannelPayments channelPayments,
      PaidOrders paidOrders,
      InstantSource clock) {
    this.database = database;
    this.idempotency = idempotency;
    this.repository = repository;
    this.orders = orders;
    this.merchants = merchants;
    this.deductions = deductions;
    this.wallets = wallets;
    this.channelPayments = channelPayments;
    this.paidOrders = paidOrders;
    this.clock = clock;
  }

  /** Pays the caller's order; one that is paid already is answered with and charged nothing. */
  Uni<PaymentOrder> pay(Caller caller, PayPaymentOrderRequest request) {
    UUID id = UUID.fromString(request.getPaymentOrderId());
    return orders
        .get(caller, id)
        .chain(order -> leaveOtherChannel(order, request.getChannel()))
        .chain(
            () ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    PaymentOrder.getDefaultInstance(),
                    tx -> payLocked(tx, id, request.getChannel())))
        .chain(() -> prepare(id))
        .chain(() -> read(caller, id));
  }

  /** The caller's order as it stands, with what the phone needs while it is pending. */
  Uni<PaymentOrder> read(Caller caller, UUID id) {
    return orders
        .get(caller, id)
        .chain(
            order ->
                order.state() == State.PENDING
                    ? channelPayments
                        .openOfOrder(database.client(), id)
                        .map(open -> OrderProto.paymentOrder(order, parameters(open)))
                    : Uni.createFrom().item(OrderProto.paymentOrder(order)));
  }

  private static Map<String, String> parameters(List<ChannelPayment> open) {
    return open.isEmpty() ? Map.of() : open.getFirst().payParameters();
  }

  private Uni<Void> leaveOtherChannel(Order order, Channel wanted) {
    return order.state() == State.PENDING && order.channel() != wanted
        ? orders.finishOpenPayment(order)
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> prepare(UUID id) {
    return channelPayments
        .openOfOrder(database.client(), id)
        .chain(
            open ->
                open.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : channelPayments.prepare(open.getFirst()));
  }

  private Uni<PaymentOrder> payLocked(SqlConnection tx, UUID id, Channel channel) {
    return repository
        .lock(tx, id)
        .chain(
            order -> {
              order.refusePart();
              if (order.isPaid() || isUnderWay(order, channel)) {
                return Uni.createFrom().item(order);
              }
              refuseClosed(order);
              return channel == Channel.WALLET
                  ? payFromWallet(tx, order)
                  : payThroughChannel(tx, order, channel);
            })
        .map(OrderProto::paymentOrder);
  }

  private static boolean isUnderWay(Order order, Channel channel) {
    return order.state() == State.PENDING && order.channel() == channel;
  }

  private void refuseClosed(Order order) {
    if (!order.isOpen() || clock.instant().isAfter(order.expireTime())) {
      throw new ServiceException(
          PaymentsReason.PAYMENT_ORDER_CLOSED, "the order can no longer be paid");
    }
  }

  private Uni<Order> payFromWallet(SqlConnection tx, Order order) {
    var movement = new Movement(order.id(), order.id(), order.amountMinor());
    return merchants
        .find(tx, order.merchantId())
        .chain(
            merchant ->
                deductions
                    .withPayment(tx, order.id(), merchant, order.amountMinor())
                    .call(
                        change ->
                            wallets.take(
                                tx,
                                order.payerId(),
                                merchant.accountId(),
                                TransferReason.PAYMENT,
                                movement,
                                change.postings())))
        .chain(change -> deductions.write(tx, change))
        .chain(() -> paidOrders.markPaid(tx, order, Channel.WALLET));
  }

  private Uni<Order> payThroughChannel(SqlConnection tx, Order order, Channel channel) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var attempt =
        new ChannelPayment(
            TimeOrderedId.next(clock),
            order.id(),
            null,
            order.payerId(),
            channel,
            order.description(),
            order.amountMinor(),
            ChannelPayment.State.PENDING,
            Map.of(),
            now,
            order.expireTime());
    Order pending = OrderStates.of(order, State.PENDING, channel, null);
    return channelPayments
        .begin(tx, attempt)
        .chain(() -> repository.writeState(tx, pending))
        .replaceWith(pending);
  }
}
