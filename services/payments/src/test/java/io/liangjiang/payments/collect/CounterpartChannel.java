package io.liangjiang.payments.collect;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.PaymentChannel;
import io.liangjiang.payments.payer.Phones;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The other side of a channel in tests: keeps its own books, pays when told to, and can be away.
 */
@Singleton
public class CounterpartChannel implements PaymentChannel {
  private final Map<String, ChannelTransaction> books = new ConcurrentHashMap<>();
  private final Map<String, String> payers = new ConcurrentHashMap<>();
  private final Map<String, ChannelRefund> refunds = new ConcurrentHashMap<>();
  private volatile boolean away;
  private volatile boolean paysAtOnce = true;
  private volatile RefundState refundAnswer = RefundState.SUCCESS;

  public void reset() {
    away = false;
    paysAtOnce = true;
    refundAnswer = RefundState.SUCCESS;
  }

  public void beAway(boolean isAway) {
    away = isAway;
  }

  public void payAtOnce(boolean atOnce) {
    paysAtOnce = atOnce;
  }

  public void answerRefundsWith(RefundState state) {
    refundAnswer = state;
  }

  /** The citizen pays; yields what the call-back would say. */
  public ChannelTransaction pay(String outTradeNo) {
    return books.computeIfPresent(
        outTradeNo, (no, t) -> transaction(no, TransactionState.SUCCESS, t.amountMinor()));
  }

  /** The citizen refuses to pay, for good. */
  public void refuse(String outTradeNo) {
    books.computeIfPresent(
        outTradeNo, (no, t) -> transaction(no, TransactionState.CLOSED, t.amountMinor()));
  }

  /** The channel's books say another amount than was asked for. */
  public ChannelTransaction payOtherAmount(String outTradeNo) {
    return books.computeIfPresent(
        outTradeNo, (no, t) -> transaction(no, TransactionState.SUCCESS, t.amountMinor() + 1));
  }

  @Override
  public Channel id() {
    return Channel.SANDBOX_PAY;
  }

  @Override
  public Optional<String> payerApp() {
    return Optional.of(Phones.APP_ID);
  }

  /** Whose phone was asked to pay. */
  public String payerOpenIdOf(String outTradeNo) {
    return payers.get(outTradeNo);
  }

  @Override
  public boolean mayBePaidAtOnce() {
    return true;
  }

  @Override
  public Uni<Prepayment> prepay(ChannelOrder order) {
    return here(
        () -> {
          payers.put(order.outTradeNo(), order.payerOpenId());
          var state = paysAtOnce ? TransactionState.SUCCESS : TransactionState.NOT_PAID;
          books.putIfAbsent(
              order.outTradeNo(), transaction(order.outTradeNo(), state, order.amountMinor()));
          return new Prepayment(Map.of("package", "prepay_id=" + order.outTradeNo()));
        });
  }

  @Override
  public Uni<ChannelTransaction> query(String outTradeNo) {
    return here(
        () -> books.getOrDefault(outTradeNo, transaction(outTradeNo, TransactionState.UNKNOWN, 0)));
  }

  @Override
  public Uni<Void> close(String outTradeNo) {
    return here(() ->
            books.computeIfPresent(
                outTradeNo,
                (no, t) ->
                    t.state() == TransactionState.NOT_PAID
                        ? transaction(no, TransactionState.CLOSED, t.amountMinor())
                        : t))
        .replaceWithVoid();
  }

  @Override
  public Uni<ChannelRefund> refund(ChannelRefundOrder order) {
    return here(
        () ->
            refunds.computeIfAbsent(
                order.outRefundNo(),
                no ->
                    new ChannelRefund(
                        id(), no, order.outTradeNo(), refundAnswer, order.amountMinor())));
  }

  @Override
  public Uni<ChannelRefund> queryRefund(String outRefundNo) {
    return here(() -> refunds.get(outRefundNo));
  }

  /** How often the channel gave money back, and how much. */
  public long refundedMinor(String outTradeNo) {
    return refunds.values().stream()
        .filter(r -> r.outTradeNo().equals(outTradeNo) && r.state() == RefundState.SUCCESS)
        .mapToLong(ChannelRefund::amountMinor)
        .sum();
  }

  private <T> Uni<T> here(java.util.function.Supplier<T> answer) {
    return away
        ? Uni.createFrom().failure(new ServiceException(PaymentsReason.CHANNEL_UNAVAILABLE, "away"))
        : Uni.createFrom().item(answer);
  }

  private ChannelTransaction transaction(String no, TransactionState state, long amountMinor) {
    return new ChannelTransaction(id(), no, state, amountMinor, "tx-" + no);
  }
}
