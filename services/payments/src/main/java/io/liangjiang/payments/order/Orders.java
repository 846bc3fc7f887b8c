package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.deduction.Deductions;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.v1.ClosePaymentOrderRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Creates, reads and closes payment orders. */
@ApplicationScoped
class Orders {
  private final Database database;
  private final Idempotency idempotency;
  private final OrderRepository repository;
  private final Merchants merchants;
  private final Deductions deductions;
  private final OpenPayments openPayments;
  private final OrderNews news;
  private final InstantSource clock;

  Orders(
      Database database,
      Idempotency idempotency,
      OrderRepository repository,
      Merchants merchants,
      Deductions deductions,
      OpenPayments openPayments,
      OrderNews news,
      InstantSource clock) {
    this.database = database;
    this.idempotency = idempotency;
    this.repository = repository;
    this.merchants = merchants;
    this.deductions = deductions;
    this.openPayments = openPayments;
    this.news = news;
    this.clock = clock;
  }

  /**
   * Creates an order for the calling service. Errors: MERCHANT_NOT_FOUND, MERCHANT_SUSPENDED,
   * INVALID_EXPIRY, INVALID_AMOUNT, SHARES_EXCEED_LIMIT.
   */
  Uni<PaymentOrder> create(Caller caller, CreatePaymentOrderRequest request) {
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        PaymentOrder.getDefaultInstance(),
        tx -> insert(tx, caller, request));
  }

  private Uni<PaymentOrder> insert(
      SqlConnection tx, Caller caller, CreatePaymentOrderRequest request) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Order order = OrderProto.order(TimeOrderedId.next(clock), caller.subject(), request, now);
    return insert(tx, order, request).replaceWith(() -> OrderProto.paymentOrder(order));
  }

  /** Writes down an order, or a part, with its shares. */
  Uni<Void> insert(SqlConnection tx, Order order, CreatePaymentOrderRequest request) {
    return merchants
        .requireActive(tx, order.merchantId())
        .call(() -> repository.insert(tx, order))
        .chain(
            merchant ->
                deductions.plan(
                    tx,
                    order.id(),
                    merchant,
                    order.amountMinor(),
                    request.getSharesList(),
                    request.getShareOnRequest()));
  }

  /**
   * An order of the caller's: of the payer, of the service that created it, or of the merchant it
   * is for.
   */
  Uni<Order> get(Caller caller, UUID id) {
    return find(database.client(), caller, id).map(Orders::one);
  }

  private Uni<List<Order>> find(SqlClient client, Caller caller, UUID id) {
    if (caller.isCitizen()) {
      return repository.ofPayer(client, id, UUID.fromString(caller.subject()));
    }
    return caller.isService()
        ? repository.ofCreator(client, id, caller.subject())
        : repository.ofMerchant(client, id, caller.requireOrganisationId());
  }

  static Order one(List<Order> found) {
    if (found.isEmpty()) {
      throw new ServiceException(
          PaymentsReason.PAYMENT_ORDER_NOT_FOUND, "no such payment order of the caller's");
    }
    return found.getFirst();
  }

  /** Closes an order of the calling service. Errors: PAYMENT_ORDER_PAID, CHANNEL_UNAVAILABLE. */
  Uni<PaymentOrder> close(Caller caller, ClosePaymentOrderRequest request) {
    UUID id = UUID.fromString(request.getPaymentOrderId());
    return get(caller, id)
        .invoke(Order::refusePart)
        .chain(openPayments::finish)
        .chain(
            () ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    PaymentOrder.getDefaultInstance(),
                    tx -> closeLocked(tx, id).map(OrderProto::paymentOrder)));
  }

  /** Closes an order whose time is up, unless its money came after all. */
  Uni<Void> expire(Order order) {
    return openPayments
        .finish(order)
        .chain(() -> database.inTransaction(tx -> closeLocked(tx, order.id())))
        .replaceWithVoid();
  }

  private Uni<Order> closeLocked(SqlConnection tx, UUID id) {
    return repository.lock(tx, id).chain(order -> closeLocked(tx, order));
  }

  /** Closes a locked order and says so. Errors: PAYMENT_ORDER_PAID. */
  Uni<Order> closeLocked(SqlConnection tx, Order order) {
    if (order.isPaid()) {
      throw new ServiceException(
          PaymentsReason.PAYMENT_ORDER_PAID, "the money is already here: refund it instead");
    }
    if (order.state() == State.CLOSED) {
      return Uni.createFrom().item(order);
    }
    return news.markClosed(tx, order);
  }
}
