package io.liangjiang.gateway.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.liangjiang.identity.v1.ActingRevoked;
import io.liangjiang.identity.v1.SessionRevoked;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedServiceGrpc.EventFeedServiceImplBase;
import io.liangjiang.platform.v1.MutinyEventFeedServiceGrpc;
import io.liangjiang.platform.v1.SubscribeRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed of ended sessions against a server of the contract. */
class SessionFeedTest {
  private static final Instant NOW = Instant.parse("2026-05-01T02:00:00Z");
  private static final long PATIENCE_SECONDS = 60;

  private record Subscriber(SubscribeRequest request, ServerCallStreamObserver<Event> events) {}

  private final BlockingQueue<Subscriber> subscribers = new LinkedBlockingQueue<>();
  private final RevocationSettings settings = new Settings(Duration.ofMinutes(10));
  private final RevokedSessions revoked = new RevokedSessions(settings, new SimpleMeterRegistry());
  private volatile Instant now = NOW;
  private Server server;
  private ManagedChannel channel;
  private SessionFeed feed;

  @BeforeEach
  void begin() throws IOException {
    server = ServerBuilder.forPort(0).addService(new Identity()).build().start();
    channel =
        ManagedChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
    follow(settings);
  }

  private void follow(RevocationSettings settings) {
    feed =
        new SessionFeed(
            MutinyEventFeedServiceGrpc.newMutinyStub(channel), revoked, settings, () -> now);
    feed.start();
  }

  @AfterEach
  void end() {
    feed.stop();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void beginsWithWhatEndedWithinTheLifeOfAToken() throws InterruptedException {
    SubscribeRequest request = next().request;

    assertThat(request.getTypesList())
        .containsExactly("identity.SessionRevoked", "identity.ActingRevoked");
    assertThat(ProtoTime.instant(request.getStartTime()))
        .isEqualTo(Instant.parse("2026-05-01T01:49:00Z"));
  }

  @Test
  void remembersEndedSessions() throws InterruptedException {
    next().events.onNext(event("s-1", "7-1"));

    awaitRevoked("s-1");
    assertThat(revoked.contains("s-2")).isFalse();
    assertThat(revoked.contains("")).isFalse();
  }

  @Test
  void remembersDelegationsWhoseTokensAreRefused() throws InterruptedException {
    var ended = ActingRevoked.newBuilder().setDelegationId("d-1").setDelegationKey("d-1.0");
    next().events.onNext(event("x", "7-1").toBuilder().setPayload(Any.pack(ended.build())).build());

    awaitRevoked("d-1.0");
    assertThat(revoked.contains("d-1.1")).isFalse();
  }

  @Test
  void goesOnAfterTheLastEventWhenTheFeedBreaks() throws InterruptedException {
    Subscriber first = next();
    first.events.onNext(event("s-1", "7-1"));
    awaitRevoked("s-1");
    first.events.onError(Status.UNAVAILABLE.asRuntimeException());

    Subscriber second = next();
    assertThat(second.request.getCursor()).isEqualTo("7-1");
    second.events.onNext(event("s-2", "7-2"));
    awaitRevoked("s-2");
  }

  @Test
  void beginsAnewWhenTheCursorIsNotKnownAnyMore() throws InterruptedException {
    Subscriber first = next();
    first.events.onNext(event("s-1", "7-1"));
    awaitRevoked("s-1");
    first.events.onError(Status.INVALID_ARGUMENT.asRuntimeException());

    assertThat(next().request.hasStartTime()).isTrue();
  }

  @Test
  void beginsAnewFromNowWhenWhatFollowsTheCursorWasDeleted() throws InterruptedException {
    Subscriber first = next();
    first.events.onNext(event("s-1", "7-1"));
    awaitRevoked("s-1");
    now = NOW.plus(Duration.ofDays(40));
    first.events.onError(Status.OUT_OF_RANGE.asRuntimeException());

    assertThat(ProtoTime.instant(next().request.getStartTime()))
        .isEqualTo(now.minus(Duration.ofMinutes(11)));
  }

  @Test
  void catchesUpWithWhatEndedWhileTheServerWasAway() throws Exception {
    next().events.onNext(event("s-1", "7-1"));
    awaitRevoked("s-1");
    int port = server.getPort();
    server.shutdownNow().awaitTermination();
    assertThat(revoked.contains("s-2")).isFalse();

    server = ServerBuilder.forPort(port).addService(new Identity()).build().start();

    Subscriber again = next();
    assertThat(again.request.getCursor()).isEqualTo("7-1");
    again.events.onNext(event("s-2", "7-2"));
    awaitRevoked("s-2");
  }

  @Test
  void leavesAnEventThatItCannotReadAndGoesOn() throws InterruptedException {
    var events = next().events;
    events.onNext(
        event("x", "7-1").toBuilder()
            .setPayload(Any.newBuilder().setTypeUrl("type.googleapis.com/other"))
            .build());
    events.onNext(event("s-2", "7-2"));

    awaitRevoked("s-2");
  }

  @Test
  void leavesNoCallOpenAtTheServer() throws InterruptedException {
    Subscriber subscriber = next();
    subscriber.events.onNext(event("s-1", "7-1"));
    awaitRevoked("s-1");

    feed.stop();

    await(subscriber.events::isCancelled);
  }

  @Test
  void asksAnewAfterAWhileAndLeavesNoCallOpenAtTheServer() throws InterruptedException {
    next();
    feed.stop();
    follow(new Settings(Duration.ofMillis(300)));
    Subscriber first = next();
    first.events.onNext(event("s-1", "7-1"));
    awaitRevoked("s-1");

    Subscriber second = next();

    assertThat(second.request.getCursor()).isEqualTo("7-1");
    await(first.events::isCancelled);
    await(second.events::isCancelled);
  }

  private Subscriber next() throws InterruptedException {
    Subscriber subscriber = subscribers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(subscriber).isNotNull();
    return subscriber;
  }

  private void awaitRevoked(String sessionId) {
    await(() -> revoked.contains(sessionId));
  }

  private static void await(BooleanSupplier event) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!event.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(event.getAsBoolean()).isTrue();
  }

  private static Event event(String sessionId, String cursor) {
    return Event.newBuilder()
        .setEventId(sessionId)
        .setCursor(cursor)
        .setPayload(Any.pack(SessionRevoked.newBuilder().setSessionId(sessionId).build()))
        .build();
  }

  private final class Identity extends EventFeedServiceImplBase {
    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<Event> to) {
      subscribers.add(new Subscriber(request, (ServerCallStreamObserver<Event>) to));
    }
  }

  private record Settings(Duration subscriptionLife) implements RevocationSettings {
    @Override
    public Duration tokenLife() {
      return Duration.ofMinutes(10);
    }

    @Override
    public int maxSessions() {
      return 1_000;
    }
  }
}
