package io.liangjiang.gateway.revocation;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.liangjiang.identity.v1.ActingRevoked;
import io.liangjiang.identity.v1.SessionRevoked;
import io.liangjiang.platform.calls.StreamedCalls;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.MutinyEventFeedServiceGrpc.MutinyEventFeedServiceStub;
import io.liangjiang.platform.v1.SubscribeRequest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows identity's feed of ended sessions and delegations for as long as the process lives. A
 * subscription is given up and taken again every half minute (a setting), because a connection that
 * died in silence looks like a city in which nobody signs out.
 */
final class SessionFeed {
  private static final Logger LOG = Logger.getLogger(SessionFeed.class);
  private static final List<String> TYPES =
      List.of("identity.SessionRevoked", "identity.ActingRevoked");
  private static final Duration AT_ONCE = Duration.ofMillis(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final MutinyEventFeedServiceStub identity;
  private final RevokedSessions revoked;
  private final RevocationSettings settings;
  private final InstantSource clock;
  private volatile String cursor = "";
  private volatile Duration pause = FIRST_PAUSE;
  private volatile @Nullable Cancellable current;
  private volatile boolean stopped;

  SessionFeed(
      MutinyEventFeedServiceStub identity,
      RevokedSessions revoked,
      RevocationSettings settings,
      InstantSource clock) {
    this.identity = identity;
    this.revoked = revoked;
    this.settings = settings;
    this.clock = clock;
  }

  void start() {
    if (stopped) {
      return;
    }
    current =
        StreamedCalls.endingWithItsListener(this::subscription)
            .subscribe()
            .with(this::take, this::failed, () -> again(AT_ONCE));
  }

  void stop() {
    stopped = true;
    Cancellable subscription = current;
    if (subscription != null) {
      subscription.cancel();
    }
  }

  /** The deadline ends the call at both sides, which Mutiny's operators by time do not. */
  private Multi<Event> subscription() {
    return identity
        .withDeadlineAfter(settings.subscriptionLife().toMillis(), TimeUnit.MILLISECONDS)
        .subscribe(request());
  }

  private SubscribeRequest request() {
    var request = SubscribeRequest.newBuilder().addAllTypes(TYPES);
    return cursor.isEmpty()
        ? request.setStartTime(ProtoTime.timestamp(since())).build()
        : request.setCursor(cursor).build();
  }

  /** Tokens of sessions that ended before have expired. */
  private Instant since() {
    return clock.instant().minus(settings.tokenLife()).minus(RevokedSessions.MARGIN);
  }

  private void take(Event event) {
    try {
      revoked.add(ended(event.getPayload()));
    } catch (InvalidProtocolBufferException e) {
      LOG.errorf(e, "event %s cannot be read", event.getEventId());
    }
    cursor = event.getCursor();
    pause = FIRST_PAUSE;
  }

  /** The session or the delegation whose tokens are refused. */
  private static String ended(Any payload) throws InvalidProtocolBufferException {
    return payload.is(ActingRevoked.class)
        ? payload.unpack(ActingRevoked.class).getDelegationKey()
        : payload.unpack(SessionRevoked.class).getSessionId();
  }

  private void failed(Throwable failure) {
    LOG.debugf(failure, "the feed of ended sessions begins again");
    Status.Code code = Status.fromThrowable(failure).getCode();
    if (code == Status.Code.DEADLINE_EXCEEDED) {
      again(AT_ONCE);
      return;
    }
    switch (code) {
      case INVALID_ARGUMENT, OUT_OF_RANGE -> cursor = ""; // another database, or away for weeks
      default -> {} // goes on from where it was
    }
    again(pause);
    Duration doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void again(Duration delay) {
    if (!stopped) {
      Uni.createFrom().voidItem().onItem().delayIt().by(delay).subscribe().with(nothing -> start());
    }
  }
}
