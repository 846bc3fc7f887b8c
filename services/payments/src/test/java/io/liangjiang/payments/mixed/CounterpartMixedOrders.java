package io.liangjiang.payments.mixed;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.MixedOrders;
import io.liangjiang.payments.channel.PaymentChannel.TransactionState;
import io.liangjiang.payments.collect.CounterpartChannel;
import io.liangjiang.payments.insurance.CounterpartBureau;
import io.liangjiang.payments.insurance.InsuranceBureau;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The channel's side of mixed orders in tests; the phone pays when told to, or at once. */
@Singleton
public class CounterpartMixedOrders implements MixedOrders {
  private final CounterpartBureau bureau;
  private final CounterpartChannel cash;
  private final Map<String, MixedOrder> placed = new ConcurrentHashMap<>();
  private volatile Phone phone = Phone.PAYS;
  private volatile boolean losesAnswers;

  CounterpartMixedOrders(CounterpartBureau bureau, CounterpartChannel cash) {
    this.bureau = bureau;
    this.cash = cash;
  }

  /** What the citizen does when the phone asks. */
  public enum Phone {
    PAYS,
    /** The insurance, and not the cash. */
    REFUSES_CASH,
    WAITS
  }

  public void reset() {
    phone = Phone.PAYS;
    losesAnswers = false;
  }

  public void phone(Phone wanted) {
    phone = wanted;
  }

  public void loseAnswers(boolean wanted) {
    losesAnswers = wanted;
  }

  /** The citizen pays both parts, or does not. */
  public void payNow(String number) {
    MixedOrder order = placed.get(number);
    bureau.ask(number);
    if (order.fees().wechatPayCashMinor() > 0) {
      if (phone == Phone.REFUSES_CASH) {
        cash.refuse(order.prepayId());
      } else {
        cash.pay(order.prepayId());
      }
    }
  }

  @Override
  public Channel channel() {
    return Channel.SANDBOX_PAY;
  }

  @Override
  public Uni<Void> place(MixedOrder order) {
    return answer(
            () -> {
              boolean first = placed.putIfAbsent(order.outTradeNo(), order) == null;
              if (first && phone != Phone.WAITS) {
                payNow(order.outTradeNo());
              }
              return order;
            })
        .replaceWithVoid();
  }

  @Override
  public Uni<MixedState> query(String outTradeNo) {
    MixedOrder order = placed.get(outTradeNo);
    if (order == null) {
      return Uni.createFrom().item(new MixedState(false, Part.NONE, Part.NONE));
    }
    return cash.query(order.prepayId())
        .map(
            paid ->
                new MixedState(
                    true,
                    order.fees().wechatPayCashMinor() == 0 ? Part.NONE : part(paid.state()),
                    part(bureau.stateOf(outTradeNo))));
  }

  private static Part part(TransactionState state) {
    return switch (state) {
      case SUCCESS -> Part.SUCCESS;
      case CLOSED, FAILED -> Part.FAILED;
      case NOT_PAID, UNKNOWN -> Part.CREATED;
    };
  }

  private static Part part(InsuranceBureau.State state) {
    return switch (state) {
      case SETTLED -> Part.SUCCESS;
      case CREATED -> Part.CREATED;
      default -> Part.FAILED;
    };
  }

  private <T> Uni<T> answer(Supplier<T> work) {
    return Uni.createFrom()
        .item(work)
        .chain(
            done ->
                losesAnswers
                    ? Uni.createFrom()
                        .failure(
                            new ServiceException(PaymentsReason.CHANNEL_UNAVAILABLE, "no answer"))
                    : Uni.createFrom().item(done));
  }
}
