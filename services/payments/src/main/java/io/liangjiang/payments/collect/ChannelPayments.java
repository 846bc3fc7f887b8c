package io.liangjiang.payments.collect;

import io.liangjiang.payments.channel.PaymentChannel;
import io.liangjiang.payments.channel.PaymentChannel.ChannelOrder;
import io.liangjiang.payments.channel.PaymentChannel.ChannelTransaction;
import io.liangjiang.payments.channel.PaymentChannel.TransactionState;
import io.liangjiang.payments.channel.PaymentChannels;
import io.liangjiang.payments.collect.ChannelPayment.State;
import io.liangjiang.platform.data.Database;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Takes attempts from the prepayment to the end. The channel is never called inside a transaction;
 * what it says is applied in one, once, however often and from wherever it is heard.
 */
@ApplicationScoped
public class ChannelPayments {
  private static final Logger LOG = Logger.getLogger(ChannelPayments.class);
  private static final Duration FIRST_CHECK = Duration.ofSeconds(5);

  private final Database database;
  private final ChannelPaymentRepository repository;
  private final PaymentChannels channels;
  private final InstantSource clock;
  private final List<Collector> collectors;

  ChannelPayments(
      Database database,
      ChannelPaymentRepository repository,
      PaymentChannels channels,
      InstantSource clock,
      @All List<Collector> collectors) {
    this.database = database;
    this.repository = repository;
    this.channels = channels;
    this.clock = clock;
    this.collectors = collectors;
  }

  /**
   * Writes down a new attempt; call {@link #prepare} when the transaction has committed. Errors:
   * CHANNEL_NOT_ALLOWED.
   */
  public Uni<Void> begin(SqlClient tx, ChannelPayment payment) {
    channels.require(payment.channel());
    return repository.insert(tx, payment, clock.instant().plus(FIRST_CHECK));
  }

  /** The attempt of that id, if there is one. */
  public Uni<List<ChannelPayment>> find(SqlClient client, UUID id) {
    return repository.find(client, id);
  }

  /** The attempt of an order, or of a combined order, that is still open; at most one. */
  public Uni<List<ChannelPayment>> openOfOrder(SqlClient client, UUID orderId) {
    return repository.openOfOrder(client, orderId);
  }

  /**
   * Asks the channel to collect, unless it was asked; safe to repeat. Errors: CHANNEL_UNAVAILABLE.
   */
  public Uni<Void> prepare(ChannelPayment payment) {
    if (!payment.isPending() || payment.isPrepared()) {
      return Uni.createFrom().voidItem();
    }
    PaymentChannel channel = channels.require(payment.channel());
    var order =
        new ChannelOrder(
            payment.outTradeNo(),
            payment.description(),
            payment.amountMinor(),
            payment.payerOpenId(),
            payment.mixedPaymentId() != null,
            payment.expireTime());
    return channel
        .prepay(order)
        .chain(made -> repository.prepared(database.client(), payment.id(), made.payParameters()))
        .chain(() -> channel.mayBePaidAtOnce() ? check(payment) : Uni.createFrom().voidItem());
  }

  /**
   * Asks the channel what became of an attempt and applies the answer. Errors: CHANNEL_UNAVAILABLE.
   */
  public Uni<Void> check(ChannelPayment payment) {
    return channels.require(payment.channel()).query(payment.outTradeNo()).chain(this::apply);
  }

  /** Ends an open attempt for good, one way or the other. Errors: CHANNEL_UNAVAILABLE. */
  public Uni<Void> finish(ChannelPayment payment) {
    PaymentChannel channel = channels.require(payment.channel());
    return check(payment)
        .chain(() -> find(database.client(), payment.id()))
        .chain(
            now ->
                now.getFirst().isPending()
                    ? channel.close(payment.outTradeNo()).chain(() -> afterClosing(payment))
                    : Uni.createFrom().voidItem());
  }

  private Uni<Void> afterClosing(ChannelPayment payment) {
    return channels
        .require(payment.channel())
        .query(payment.outTradeNo())
        .map(said -> said.state() == TransactionState.UNKNOWN ? closed(said) : said)
        .chain(this::apply);
  }

  /** Applies what the channel's books say; says nothing twice. */
  public Uni<Void> apply(ChannelTransaction said) {
    UUID id = ChannelPayment.idOf(said.outTradeNo());
    if (id == null) {
      LOG.warn("a channel speaks of a payment that is not ours");
      return Uni.createFrom().voidItem();
    }
    return switch (said.state()) {
      case SUCCESS, CLOSED, FAILED -> database.inTransaction(tx -> end(tx, id, said));
      case NOT_PAID, UNKNOWN -> Uni.createFrom().voidItem();
    };
  }

  private Uni<Void> end(SqlConnection tx, UUID id, ChannelTransaction said) {
    return repository
        .lock(tx, id)
        .chain(
            found -> {
              if (found.isEmpty() || !found.getFirst().isPending()) {
                return Uni.createFrom().voidItem();
              }
              ChannelPayment payment = found.getFirst();
              State state = stateAfter(payment, said);
              return repository
                  .end(tx, id, state, said.transactionId())
                  .chain(() -> tell(tx, payment, state));
            });
  }

  private static State stateAfter(ChannelPayment payment, ChannelTransaction said) {
    if (said.state() != TransactionState.SUCCESS) {
      return State.CLOSED;
    }
    boolean asAsked =
        said.amountMinor() == payment.amountMinor() && said.channel() == payment.channel();
    if (!asAsked) {
      LOG.errorf("channel payment %s: collected otherwise than asked", payment.id());
    }
    return asAsked ? State.SUCCEEDED : State.DISPUTED;
  }

  private Uni<Void> tell(SqlConnection tx, ChannelPayment payment, State state) {
    Collector owner =
        collectors.stream().filter(collector -> collector.owns(payment)).findFirst().orElseThrow();
    return switch (state) {
      case SUCCEEDED -> owner.collected(tx, payment);
      case CLOSED -> owner.closed(tx, payment);
      case DISPUTED, PENDING -> Uni.createFrom().voidItem();
    };
  }

  private static ChannelTransaction closed(ChannelTransaction said) {
    return new ChannelTransaction(
        said.channel(), said.outTradeNo(), TransactionState.CLOSED, said.amountMinor(), "");
  }
}
