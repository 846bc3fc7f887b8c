package io.liangjiang.payments.order;

import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.collect.ChannelPayments;
import io.liangjiang.payments.mixed.MixedPayment;
import io.liangjiang.payments.mixed.MixedPayments;
import io.liangjiang.payments.payer.Payer;
import io.liangjiang.payments.payer.Payers;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.PaymentOrder.State;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The attempt that an order, or a combined order, waits for: asked for, shown and ended. */
@ApplicationScoped
class OpenPayments {
  private final Database database;
  private final Payers payers;
  private final ChannelPayments channelPayments;
  private final MixedPayments mixedPayments;

  OpenPayments(
      Database database,
      Payers payers,
      ChannelPayments channelPayments,
      MixedPayments mixedPayments) {
    this.database = database;
    this.payers = payers;
    this.channelPayments = channelPayments;
    this.mixedPayments = mixedPayments;
  }

  /**
   * What is shown of an attempt.
   *
   * @param payParameters what the phone needs; empty when there is nothing to be paid now
   * @param mixed the last attempt by insurance and cash, if there was one
   */
  record Shown(Map<String, String> payParameters, @Nullable MixedPayment mixed) {}

  /**
   * Who is about to pay; nobody pays what is not open. Errors: PAYER_NOT_LINKED,
   * IDENTITY_UNAVAILABLE.
   */
  Uni<Payer> payer(Caller caller, boolean open, Channel channel) {
    return open ? payers.of(caller, channel) : Uni.createFrom().item(Payer.NOBODY);
  }

  /** Goes on with the open attempt of an order. Errors: CHANNEL_UNAVAILABLE. */
  Uni<Void> prepare(UUID id, Channel channel) {
    if (channel == Channel.MEDICAL_INSURANCE) {
      return mixedPayments.driveOrder(id);
    }
    return channelPayments
        .openOfOrder(database.client(), id)
        .chain(
            open ->
                open.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : channelPayments.prepare(open.getFirst()));
  }

  /**
   * Ends the attempt, if one is open, so that no money can come behind our back. Errors:
   * CHANNEL_UNAVAILABLE.
   */
  Uni<Void> finish(Order order) {
    return finish(order.id(), order.state(), order.channel());
  }

  /** The same of a combined order. */
  Uni<Void> finish(CombinedOrder whole) {
    return finish(whole.id(), whole.state(), whole.channel());
  }

  private Uni<Void> finish(UUID id, State state, Channel channel) {
    if (state != State.PENDING) {
      return Uni.createFrom().voidItem();
    }
    if (channel == Channel.MEDICAL_INSURANCE) {
      return mixedPayments.giveUp(id);
    }
    return channelPayments
        .openOfOrder(database.client(), id)
        .chain(
            open ->
                open.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : channelPayments.finish(open.getFirst()));
  }

  /** What the phone needs for the open attempt of an order. */
  Uni<Map<String, String>> parameters(UUID id) {
    return channelPayments.openOfOrder(database.client(), id).map(OpenPayments::parameters);
  }

  /** What is shown with an order. */
  Uni<Shown> shown(Order order) {
    boolean maybeInsured = order.isOpen() || order.channel() == Channel.MEDICAL_INSURANCE;
    if (!maybeInsured) {
      return Uni.createFrom().item(new Shown(Map.of(), null));
    }
    return mixedPayments
        .latestOf(database.client(), order.id())
        .chain(
            found -> {
              MixedPayment mixed = found.isEmpty() ? null : found.getFirst();
              return parameters(order, mixed).map(parameters -> new Shown(parameters, mixed));
            });
  }

  private Uni<Map<String, String>> parameters(Order order, @Nullable MixedPayment mixed) {
    if (order.state() != State.PENDING) {
      return Uni.createFrom().item(Map.of());
    }
    if (order.channel() != Channel.MEDICAL_INSURANCE || mixed == null) {
      return parameters(order.id());
    }
    return channelPayments
        .find(database.client(), mixed.cashPaymentId())
        .map(cash -> mixed.isPayable() ? parameters(cash) : Map.of());
  }

  private static Map<String, String> parameters(List<ChannelPayment> found) {
    return found.isEmpty() ? Map.of() : found.getFirst().payParameters();
  }
}
