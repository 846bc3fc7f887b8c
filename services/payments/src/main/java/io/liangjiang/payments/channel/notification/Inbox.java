package io.liangjiang.payments.channel.notification;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.ChannelListener;
import io.liangjiang.payments.channel.NotificationReader.Kind;
import io.liangjiang.payments.channel.NotificationReader.Notification;
import io.liangjiang.payments.channel.PaymentChannel.ChannelRefund;
import io.liangjiang.payments.channel.PaymentChannel.ChannelTransaction;
import io.liangjiang.payments.channel.PaymentChannel.RefundState;
import io.liangjiang.payments.channel.PaymentChannel.TransactionState;
import io.liangjiang.payments.channel.PaymentChannels;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Call-backs that were kept, and how they are taken through. */
@ApplicationScoped
class Inbox {
  private static final Logger LOG = Logger.getLogger(Inbox.class);
  private static final int BATCH = 50;
  private static final int CONCURRENCY = 8;

  /** How long one who has taken a call-back keeps it from others. */
  private static final Duration CLAIM = Duration.ofSeconds(30);

  private final Database database;
  private final InboxRepository repository;
  private final PaymentChannels channels;
  private final List<ChannelListener> listeners;
  private final InstantSource clock;

  Inbox(
      Database database,
      InboxRepository repository,
      PaymentChannels channels,
      @All List<ChannelListener> listeners,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.channels = channels;
    this.listeners = listeners;
    this.clock = clock;
  }

  /** Keeps a call-back. It is safe when this yields, and is taken through soon afterwards. */
  Uni<Void> keep(Channel channel, Notification notification) {
    Instant now = clock.instant();
    boolean ours = notification.kind() != Kind.OTHER;
    return repository
        .keep(database.client(), channel, notification, now, ours ? now.plus(CLAIM) : null)
        .invoke(isNew -> startWith(channel, notification, isNew && ours))
        .replaceWithVoid();
  }

  /** Takes through what was left over: by a failure, a crash, or a listener that was not ready. */
  @Scheduled(
      every = "${liangjiang.payments.inbox-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> takeLeftOvers() {
    Instant now = clock.instant();
    return repository
        .claim(database.client(), now, now.plus(CLAIM), BATCH)
        .onItem()
        .transformToMulti(Multi.createFrom()::iterable)
        .onItem()
        .transformToUni(this::take)
        .merge(CONCURRENCY)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private void startWith(Channel channel, Notification notification, boolean take) {
    if (!take) {
      return;
    }
    var entry =
        new InboxEntry(channel, notification.id(), notification.kind(), notification.subject(), 0);
    take(entry)
        .subscribe()
        .with(
            done -> LOG.debugf("Took call-back %s", entry.id()),
            failure -> LOG.errorf(failure, "Call-back %s stays in the inbox", entry.id()));
  }

  private Uni<Void> take(InboxEntry entry) {
    return Uni.createFrom()
        .deferred(() -> entry.kind() == Kind.REFUND ? refund(entry) : transaction(entry))
        .onItem()
        .transformToUni(done -> repository.done(database.client(), entry, clock.instant()))
        .onFailure()
        .recoverWithUni(failure -> failed(entry, failure));
  }

  private Uni<Void> transaction(InboxEntry entry) {
    return channels
        .require(entry.channel())
        .query(entry.subject())
        .invoke(
            transaction ->
                requireFinal(
                    transaction.state() != TransactionState.NOT_PAID
                        && transaction.state() != TransactionState.UNKNOWN))
        .onItem()
        .transformToUni(this::tellTransaction);
  }

  private Uni<Void> refund(InboxEntry entry) {
    return channels
        .require(entry.channel())
        .queryRefund(entry.subject())
        .invoke(
            refund ->
                requireFinal(
                    refund.state() != RefundState.PROCESSING
                        && refund.state() != RefundState.UNKNOWN))
        .onItem()
        .transformToUni(this::tellRefund);
  }

  private Uni<Void> tellTransaction(ChannelTransaction transaction) {
    return tell(listener -> listener.onTransaction(transaction));
  }

  private Uni<Void> tellRefund(ChannelRefund refund) {
    return tell(listener -> listener.onRefund(refund));
  }

  /** One after the other; the first that fails ends it, and all hear it again the next time. */
  private Uni<Void> tell(Function<ChannelListener, Uni<Void>> message) {
    return Multi.createFrom()
        .iterable(listeners)
        .onItem()
        .transformToUniAndConcatenate(message::apply)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private static void requireFinal(boolean isFinal) {
    if (!isFinal) {
      throw new ServiceException(
          PaymentsReason.CHANNEL_UNAVAILABLE, "The channel does not confirm its own call-back yet");
    }
  }

  private Uni<Void> failed(InboxEntry entry, Throwable failure) {
    String error = failure.getClass().getSimpleName() + ": " + failure.getMessage();
    if (entry.isLastAttempt()) {
      LOG.errorf(failure, "Call-back %s of %s is given up", entry.id(), entry.channel());
      return repository.failed(database.client(), entry, null, error);
    }
    LOG.warnf("Call-back %s of %s waits: %s", entry.id(), entry.channel(), error);
    return repository.failed(
        database.client(), entry, clock.instant().plus(entry.waitAfterFailure()), error);
  }
}
