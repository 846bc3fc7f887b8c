package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.deduction.Deductions.Paid;
import io.liangjiang.payments.deduction.WalletCollections;
import io.liangjiang.payments.deduction.WalletCollections.Due;
import io.liangjiang.payments.ledger.TransferReason;
import io.liangjiang.payments.merchant.Merchant;
import io.liangjiang.payments.merchant.Merchants;
import io.liangjiang.payments.payer.Payer;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.wallet.Wallets.Taking;
import io.liangjiang.platform.batch.BatchWriter;
import io.liangjiang.platform.batch.OnceEach;
import io.liangjiang.platform.batch.OnceEach.Claimed;
import io.liangjiang.platform.batch.Outcome;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.RequestClaim;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pays orders from wallets. Everybody pays the same bus company, so payments that arrive while a
 * transaction commits share the next one: a fixed number of statements, however many they are, and
 * an empty wallet fails alone.
 */
@ApplicationScoped
class WalletPayments {
  private static final int MAX_WAITING = 4_096;
  private static final int MAX_A_BATCH = 512;

  private final OnceEach once;
  private final OrderRepository repository;
  private final Merchants merchants;
  private final WalletCollections collections;
  private final OrderNews news;
  private final InstantSource clock;
  private final BatchWriter<Claimed<Wish>, PaymentOrder> writer;

  /**
   * What somebody wants paid.
   *
   * @param delegateId who pays in the payer's name; null when the payer does
   */
  private record Wish(UUID orderId, @Nullable UUID delegateId) {}

  WalletPayments(
      Vertx vertx,
      Database database,
      OnceEach once,
      OrderRepository repository,
      Merchants merchants,
      WalletCollections collections,
      OrderNews news,
      InstantSource clock) {
    this.once = once;
    this.repository = repository;
    this.merchants = merchants;
    this.collections = collections;
    this.news = news;
    this.clock = clock;
    this.writer =
        new BatchWriter<>(
            vertx,
            MAX_WAITING,
            MAX_A_BATCH,
            requests -> database.inTransaction(tx -> payAll(tx, requests)));
  }

  /**
   * Pays an order that is known to be the caller's; one that is paid already is answered with and
   * charged nothing. Errors: INSUFFICIENT_FUNDS, PAYMENT_ORDER_CLOSED, PART_OF_COMBINED_ORDER,
   * REQUEST_ID_REUSED, OVERLOADED.
   */
  Uni<PaymentOrder> pay(Caller caller, UUID orderId, PayPaymentOrderRequest request, Payer payer) {
    var claim = RequestClaim.of(caller, request.getRequestId(), request);
    var claimed = new Claimed<>(claim, new Wish(orderId, payer.delegateId()));
    return writer.submit(claimed).onFailure(OnceEach::isKnownMeanwhile).retry().atMost(1);
  }

  private Uni<List<Outcome<PaymentOrder>>> payAll(SqlConnection tx, List<Claimed<Wish>> requests) {
    return once.run(
        tx,
        requests,
        PaymentOrder.getDefaultInstance(),
        wishes ->
            repository
                .lockAll(tx, wishes.stream().map(Wish::orderId).toList())
                .chain(orders -> pay(tx, wishes, orders))
                .map(
                    outcomes ->
                        wishes.stream().map(wish -> outcomes.get(wish.orderId())).toList()));
  }

  /** One outcome an order; of several wishes for one the first counts. */
  private Uni<Map<UUID, Outcome<PaymentOrder>>> pay(
      SqlConnection tx, List<Wish> wishes, Map<UUID, Order> orders) {
    Map<UUID, Outcome<PaymentOrder>> outcomes = new HashMap<>();
    Instant now = clock.instant();
    orders.values().forEach(order -> answerAtOnce(order, now, outcomes));
    Map<UUID, Order> payable = new LinkedHashMap<>();
    for (Wish wish : wishes) {
      Order order = orders.get(wish.orderId());
      if (order != null && !outcomes.containsKey(order.id())) {
        payable.putIfAbsent(order.id(), OrderStates.by(order, wish.delegateId()));
      }
    }
    if (payable.isEmpty()) {
      return Uni.createFrom().item(outcomes);
    }
    return merchants
        .findAll(tx, payable.values().stream().map(Order::merchantId).collect(Collectors.toSet()))
        .chain(found -> take(tx, payables(payable.values(), found), outcomes))
        .chain(paid -> news.markPaid(tx, paid, Channel.WALLET))
        .invoke(
            paid -> paid.forEach(order -> outcomes.put(order.id(), Outcome.done(answer(order)))))
        .replaceWith(outcomes);
  }

  private static List<Payable> payables(Collection<Order> orders, Map<String, Merchant> found) {
    return orders.stream()
        .map(order -> new Payable(order, Objects.requireNonNull(found.get(order.merchantId()))))
        .toList();
  }

  /** An order that is locked and open. */
  private record Payable(Order order, Merchant merchant) {
    private Due due() {
      var paid = new Paid(order.id(), merchant, order.amountMinor());
      return new Due(paid, order.payerId(), TransferReason.PAYMENT, order.delegateId());
    }
  }

  private static PaymentOrder answer(Order order) {
    return OrderProto.forPayer(OrderProto.paymentOrder(order), order);
  }

  /** What needs no money. */
  private static void answerAtOnce(
      Order order, Instant now, Map<UUID, Outcome<PaymentOrder>> outcomes) {
    if (order.combinedOrderId() != null) {
      outcomes.put(order.id(), Outcome.refused(order.partOfCombined()));
    } else if (order.isPaid()) {
      outcomes.put(order.id(), Outcome.done(answer(order)));
    } else if (!order.isOpen() || now.isAfter(order.expireTime())) {
      outcomes.put(order.id(), Outcome.refused(closed()));
    }
  }

  /** The orders for which there was money; refusals go to the outcomes. */
  private Uni<List<Order>> take(
      SqlConnection tx, List<Payable> payable, Map<UUID, Outcome<PaymentOrder>> outcomes) {
    return collections
        .take(tx, payable.stream().map(Payable::due).toList())
        .map(taken -> taken(payable, taken, outcomes));
  }

  private static List<Order> taken(
      List<Payable> payable,
      List<Outcome<Taking>> outcomesOfWallets,
      Map<UUID, Outcome<PaymentOrder>> outcomes) {
    List<Order> taken = new ArrayList<>();
    for (int i = 0; i < payable.size(); i++) {
      Order order = payable.get(i).order();
      switch (outcomesOfWallets.get(i)) {
        case Outcome.Done<Taking> done -> taken.add(order);
        case Outcome.Refused<Taking>(var refusal) ->
            outcomes.put(order.id(), Outcome.refused(refusal));
      }
    }
    return taken;
  }

  /** The refusal of an order whose time is over. */
  static ServiceException closed() {
    return new ServiceException(
        PaymentsReason.PAYMENT_ORDER_CLOSED, "the order can no longer be paid");
  }
}
