package io.liangjiang.payments.order;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayment.Purpose;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.payer.Payer;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PayCombinedOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

/** Pays combined orders: from the wallet at once, or through a channel whose confirmation books. */
@ApplicationScoped
class CombinedPayments {
  private final Idempotency idempotency;
  private final CombinedOrders orders;
  private final CombinedOrderRepository repository;
  private final OrderRepository parts;
  private final CombinedSplit split;
  private final OpenPayments openPayments;
  private final ChannelPayments channelPayments;
  private final InstantSource clock;

  CombinedPayments(
      Idempotency idempotency,
      CombinedOrders orders,
      CombinedOrderRepository repository,
      OrderRepository parts,
      CombinedSplit split,
      OpenPayments openPayments,
      ChannelPayments channelPayments,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.orders = orders;
    this.repository = repository;
    this.parts = parts;
    this.split = split;
    this.openPayments = openPayments;
    this.channelPayments = channelPayments;
    this.clock = clock;
  }

  /** Pays the caller's; one that is paid already is answered with and charged nothing. */
  Uni<io.liangjiang.payments.v1.CombinedOrder> pay(Caller caller, PayCombinedOrderRequest request) {
    UUID id = UUID.fromString(request.getCombinedOrderId());
    return orders
        .get(caller, id)
        .call(whole -> leaveOtherChannel(whole, request.getChannel()))
        .chain(whole -> openPayments.payer(caller, whole.isOpen(), request.getChannel()))
        .chain(
            payer ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    io.liangjiang.payments.v1.CombinedOrder.getDefaultInstance(),
                    tx -> payLocked(tx, id, request.getChannel(), payer)))
        .chain(() -> openPayments.prepare(id, request.getChannel()))
        .chain(() -> orders.read(caller, id));
  }

  private Uni<Void> leaveOtherChannel(CombinedOrder whole, Channel wanted) {
    return whole.state() == State.PENDING && whole.channel() != wanted
        ? openPayments.finish(whole)
        : Uni.createFrom().voidItem();
  }

  private Uni<io.liangjiang.payments.v1.CombinedOrder> payLocked(
      SqlConnection tx, UUID id, Channel channel, Payer payer) {
    return repository
        .lock(tx, id)
        .chain(
            whole -> {
              if (whole.isPaid() || whole.isUnderWay(channel)) {
                return Uni.createFrom().item(whole);
              }
              refuseClosed(whole);
              CombinedOrder now = whole.by(payer.delegateId());
              return channel == Channel.WALLET
                  ? split.fromWallet(tx, now)
                  : payThroughChannel(tx, now, channel, payer.openId());
            })
        .chain(
            whole ->
                parts.parts(tx, id).map(all -> CombinedProto.combinedOrder(whole, all, Map.of())));
  }

  private void refuseClosed(CombinedOrder whole) {
    if (!whole.isOpen() || clock.instant().isAfter(whole.expireTime())) {
      throw new ServiceException(
          PaymentsReason.PAYMENT_ORDER_CLOSED, "the order can no longer be paid");
    }
  }

  private Uni<CombinedOrder> payThroughChannel(
      SqlConnection tx, CombinedOrder whole, Channel channel, String payerOpenId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    CombinedOrder pending = whole.in(State.PENDING, channel, null);
    return parts
        .lockParts(tx, whole.id())
        .chain(
            all ->
                channelPayments.begin(
                    tx,
                    new ChannelPayment(
                        TimeOrderedId.next(clock),
                        Purpose.combinedOrder(whole.id()),
                        whole.payerId(),
                        payerOpenId,
                        channel,
                        all.getFirst().description(),
                        whole.amountMinor(),
                        ChannelPayment.State.PENDING,
                        Map.of(),
                        now,
                        whole.expireTime())))
        .chain(() -> repository.writeState(tx, pending))
        .chain(() -> repository.writeStateOfParts(tx, pending))
        .replaceWith(pending);
  }
}
