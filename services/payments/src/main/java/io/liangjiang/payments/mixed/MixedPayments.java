package io.liangjiang.payments.mixed;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.MixedOrders;
import io.liangjiang.payments.channel.MixedOrders.Institution;
import io.liangjiang.payments.channel.PaymentChannels;
import io.liangjiang.payments.insurance.Institutions;
import io.liangjiang.payments.insurance.InsuranceBureau;
import io.liangjiang.payments.mixed.MixedPayment.Bill;
import io.liangjiang.payments.mixed.MixedPayment.Progress;
import io.liangjiang.payments.mixed.MixedRules.Step;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.TimeOrderedId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** Takes payments by insurance and cash from their beginning to their end. */
@ApplicationScoped
public class MixedPayments {
  private static final Duration FIRST_CHECK = Duration.ofSeconds(5);
  private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

  /** More steps than any attempt has. */
  private static final int MAX_STEPS = 16;

  private final Database database;
  private final MixedPaymentRepository repository;
  private final MixedSteps steps;
  private final PaymentChannels channels;
  private final InsuranceBureau bureau;
  private final Institutions institutions;
  private final InstantSource clock;

  MixedPayments(
      Database database,
      MixedPaymentRepository repository,
      MixedSteps steps,
      PaymentChannels channels,
      InsuranceBureau bureau,
      Institutions institutions,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.steps = steps;
    this.channels = channels;
    this.bureau = bureau;
    this.institutions = institutions;
    this.clock = clock;
  }

  /**
   * What is to be paid, and by whom.
   *
   * @param authorization what the insured person's phone allowed it with
   */
  public record Wish(
      UUID orderId,
      UUID payerId,
      String payerOpenId,
      String merchantId,
      String merchantName,
      String authorization,
      Bill bill,
      Instant expireTime) {
    @Override
    public String toString() {
      return "order " + orderId;
    }
  }

  /**
   * Writes down a new attempt; call {@link #drive} when the transaction has committed. Errors:
   * CHANNEL_NOT_ALLOWED when the city has no bureau, the merchant is no hospital, or nothing in the
   * order could be insured.
   */
  public Uni<Void> begin(SqlClient tx, Wish wish) {
    MixedOrders orders = channels.mixedOrders().orElseThrow(MixedPayments::notAllowed);
    String number = institutions.numberOf(wish.merchantId()).orElseThrow(MixedPayments::notAllowed);
    if (!bureau.isSetUp() || wish.bill().insurableMinor() == 0) {
      throw notAllowed();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var payment =
        new MixedPayment(
            TimeOrderedId.next(clock),
            wish.orderId(),
            wish.payerId(),
            wish.payerOpenId(),
            orders.channel(),
            new Institution(number, wish.merchantName()),
            wish.authorization(),
            wish.bill(),
            Progress.FIRST,
            now,
            wish.expireTime());
    return repository.insert(tx, payment, now.plus(FIRST_CHECK));
  }

  /** The last attempt to pay an order so, if there is one. */
  public Uni<List<MixedPayment>> latestOf(SqlClient client, UUID orderId) {
    return repository.latestOf(client, orderId);
  }

  /** Goes on with an order's attempt as far as it goes now. Errors: CHANNEL_UNAVAILABLE. */
  public Uni<Void> driveOrder(UUID orderId) {
    return latestOf(database.client(), orderId)
        .chain(
            found -> found.isEmpty() ? Uni.createFrom().voidItem() : drive(found.getFirst().id()));
  }

  /**
   * Ends an order's attempt for good, one way or the other. Errors: CHANNEL_UNAVAILABLE, also when
   * a part is not undone yet; the sweep goes on with it.
   */
  public Uni<Void> giveUp(UUID orderId) {
    return latestOf(database.client(), orderId)
        .chain(
            found ->
                found.isEmpty() || !found.getFirst().progress().isOpen()
                    ? Uni.createFrom().voidItem()
                    : giveUp(found.getFirst()));
  }

  private Uni<Void> giveUp(MixedPayment payment) {
    return steps
        .giveUp(payment)
        .chain(() -> drive(payment.id()))
        .chain(() -> repository.find(database.client(), payment.id()))
        .invoke(
            now -> {
              if (now.progress().isOpen()) {
                throw new ServiceException(
                        PaymentsReason.CHANNEL_UNAVAILABLE, "a part is not undone yet")
                    .with("channel", "MEDICAL_INSURANCE")
                    .retryAfter(RETRY_DELAY);
              }
            })
        .replaceWithVoid();
  }

  /**
   * Has the bureau take its part of a paid order back: true when it has, false when it keeps it.
   * Errors: CHANNEL_UNAVAILABLE.
   */
  public Uni<Boolean> reverse(UUID orderId) {
    return latestOf(database.client(), orderId).chain(found -> steps.reversePaid(found.getFirst()));
  }

  /** The channel that collected the cash part of a paid order. */
  public Uni<Channel> cashChannelOf(SqlClient client, UUID orderId) {
    return latestOf(client, orderId).map(found -> found.getFirst().cashChannel());
  }

  Uni<Void> drive(UUID id) {
    return repository.find(database.client(), id).chain(payment -> drive(payment, MAX_STEPS));
  }

  /** Until a step changes nothing: then somebody else has to do something first. */
  private Uni<Void> drive(MixedPayment payment, int stepsLeft) {
    boolean timeIsUp = clock.instant().isAfter(payment.expireTime());
    Step step = MixedRules.next(payment.progress(), timeIsUp);
    if (step == Step.NONE || stepsLeft == 0) {
      return Uni.createFrom().voidItem();
    }
    return steps
        .perform(payment, step)
        .chain(() -> repository.find(database.client(), payment.id()))
        .chain(
            now ->
                now.progress().equals(payment.progress())
                    ? Uni.createFrom().voidItem()
                    : drive(now, stepsLeft - 1));
  }

  private static ServiceException notAllowed() {
    return new ServiceException(
            PaymentsReason.CHANNEL_NOT_ALLOWED, "this order cannot be paid with insurance")
        .with("channel", "MEDICAL_INSURANCE");
  }
}
