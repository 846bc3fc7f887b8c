package io.liangjiang.payments.mixed;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.MixedOrders;
import io.liangjiang.payments.channel.MixedOrders.Insured;
import io.liangjiang.payments.channel.MixedOrders.MixedOrder;
import io.liangjiang.payments.channel.MixedOrders.MixedState;
import io.liangjiang.payments.channel.PaymentChannels;
import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.insurance.InsuranceBureau;
import io.liangjiang.payments.insurance.InsuranceBureau.Bill;
import io.liangjiang.payments.insurance.InsuranceBureau.Refused;
import io.liangjiang.payments.mixed.MixedPayment.Part;
import io.liangjiang.payments.mixed.MixedRules.Step;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Does one step: asks whoever knows, outside any transaction, and has the answer written down. An
 * answer that was lost is asked for again under the same number.
 */
@ApplicationScoped
class MixedSteps {
  private static final Logger LOG = Logger.getLogger(MixedSteps.class);
  private static final String PREPAY = "prepay_id=";

  private final Database database;
  private final InsuranceBureau bureau;
  private final PaymentChannels channels;
  private final ChannelPayments channelPayments;
  private final MixedBooks books;

  MixedSteps(
      Database database,
      InsuranceBureau bureau,
      PaymentChannels channels,
      ChannelPayments channelPayments,
      MixedBooks books) {
    this.database = database;
    this.bureau = bureau;
    this.channels = channels;
    this.channelPayments = channelPayments;
    this.books = books;
  }

  /** The citizen wants to pay otherwise. */
  Uni<Void> giveUp(MixedPayment payment) {
    return books.failing(payment.id(), "GIVEN_UP");
  }

  /** Errors: CHANNEL_UNAVAILABLE. */
  Uni<Void> perform(MixedPayment payment, Step step) {
    return switch (step) {
      case EXPIRE -> books.failing(payment.id(), "EXPIRED");
      case SPLIT -> split(payment);
      case PLACE -> place(payment);
      case ASK -> ask(payment);
      case COMPLETE -> books.complete(payment);
      case CLOSE_CASH -> cash(payment).chain(channelPayments::finish);
      case GIVE_CASH_BACK -> books.giveCashBack(payment);
      case REVERSE -> reverse(payment);
      case END -> books.end(payment);
      case NONE -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> split(MixedPayment payment) {
    var bill =
        new Bill(
            payment.number(),
            payment.authorization(),
            payment.institution().number(),
            payment.bill().insurableMinor());
    return bureau
        .split(bill)
        .chain(split -> books.split(payment, split))
        .onFailure(Refused.class)
        .recoverWithUni(refused -> books.declined(payment, String.valueOf(refused.getMessage())));
  }

  /** The channel may have it already: an order is not placed twice. */
  private Uni<Void> place(MixedPayment payment) {
    return orders()
        .query(payment.number())
        .chain(known -> known.known() ? Uni.createFrom().voidItem() : prepareAndPlace(payment))
        .chain(() -> books.placed(payment))
        .onFailure(MixedSteps::isRefusal)
        .recoverWithUni(refused -> books.failing(payment.id(), "CHANNEL_REFUSED"));
  }

  private Uni<Void> prepareAndPlace(MixedPayment payment) {
    if (payment.progress().cash() == Part.NONE) {
      return orders().place(order(payment, ""));
    }
    return cash(payment)
        .chain(channelPayments::prepare)
        .chain(() -> cash(payment))
        .chain(cash -> orders().place(order(payment, prepayIdOf(cash))));
  }

  private static MixedOrder order(MixedPayment payment, String prepayId) {
    return new MixedOrder(
        payment.number(),
        payment.payerOpenId(),
        prepayId,
        payment.institution(),
        new Insured(payment.split().payOrderId(), payment.authorization()),
        payment.fees(),
        payment.createTime());
  }

  private static String prepayIdOf(ChannelPayment cash) {
    String value = cash.payParameters().getOrDefault("package", "");
    return value.startsWith(PREPAY) ? value.substring(PREPAY.length()) : value;
  }

  /** What the channel says makes us ask those who know: its own books for cash, the bureau. */
  private Uni<Void> ask(MixedPayment payment) {
    return orders()
        .query(payment.number())
        .chain(said -> askForCash(payment, said))
        .chain(() -> askBureau(payment));
  }

  private Uni<Void> askForCash(MixedPayment payment, MixedState said) {
    if (payment.progress().cash() != Part.CREATED) {
      return Uni.createFrom().voidItem();
    }
    return cash(payment)
        .chain(
            cash ->
                switch (said.cash()) {
                  case SUCCESS -> channelPayments.check(cash);
                  case FAILED -> channelPayments.finish(cash);
                  case NONE, CREATED -> Uni.createFrom().voidItem();
                });
  }

  private Uni<Void> askBureau(MixedPayment payment) {
    if (payment.progress().insurance() != Part.CREATED) {
      return Uni.createFrom().voidItem();
    }
    return bureau
        .query(payment.number())
        .chain(
            state ->
                switch (state) {
                  case SETTLED -> books.settled(payment);
                  case DECLINED -> books.declined(payment, "INSURANCE_DECLINED");
                  case REVERSED -> books.reversed(payment);
                  case CANCELLED -> books.declined(payment, "INSURANCE_CANCELLED");
                  case CREATED, UNKNOWN, KEPT -> Uni.createFrom().voidItem();
                });
  }

  private Uni<Void> reverse(MixedPayment payment) {
    return bureau
        .reverse(payment.number())
        .chain(
            state ->
                switch (state) {
                  case REVERSED -> books.reversed(payment);
                  case CANCELLED, DECLINED, UNKNOWN -> neverSettled(payment, state);
                  case SETTLED, CREATED, KEPT -> notReversed(payment, state);
                });
  }

  private Uni<Void> neverSettled(MixedPayment payment, InsuranceBureau.State state) {
    return payment.progress().insurance() == Part.CREATED
        ? books.declined(payment, "INSURANCE_" + state)
        : notReversed(payment, state);
  }

  private static Uni<Void> notReversed(MixedPayment payment, InsuranceBureau.State state) {
    LOG.errorf("%s: the bureau does not take its part back: %s", payment, state);
    return Uni.createFrom().voidItem();
  }

  /** Whether the bureau has taken the part of a paid order back; false when it keeps it. */
  Uni<Boolean> reversePaid(MixedPayment payment) {
    return bureau
        .reverse(payment.number())
        .map(
            state ->
                switch (state) {
                  case REVERSED -> true;
                  case KEPT -> false;
                  default -> throw new IllegalStateException(payment + ": the bureau has " + state);
                });
  }

  private Uni<ChannelPayment> cash(MixedPayment payment) {
    return channelPayments.find(database.client(), payment.cashPaymentId()).map(List::getFirst);
  }

  private MixedOrders orders() {
    return channels.mixedOrders().orElseThrow(() -> new IllegalStateException("no mixed orders"));
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ServiceException e
        && e.reason() == PaymentsReason.CHANNEL_NOT_ALLOWED;
  }
}
