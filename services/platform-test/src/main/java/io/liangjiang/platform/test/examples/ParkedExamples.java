package io.liangjiang.platform.test.examples;

import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Plays {@code platform/parked-events}, the same in every service, against the one under test: it
 * tells of tourism, and of two events that were put aside. Only for tests that have a database.
 */
@ApplicationScoped
public class ParkedExamples {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String TOLD_OF = "tourism";
  private static final String GROUP = "tourism.trips";
  private static final UUID FIRST = UUID.fromString("0199a2c4-7d00-7000-8000-000000000a01");
  private static final UUID SECOND = UUID.fromString("0199a2c4-7d00-7000-8000-000000000a02");
  private static final String CLEAR = "truncate parked_event, parked_event_decision";
  private static final String PARK =
      """
      insert into parked_event (consumer_group, event_id, event, failure, park_time)
      values ($1, $2, $3, 'IllegalStateException: the product has no price', $4)
      """;

  private final Instance<Pool> pool;
  private final InstantSource clock;
  private final String service;

  ParkedExamples(
      Instance<Pool> pool,
      InstantSource clock,
      @ConfigProperty(name = "quarkus.application.name") String service) {
    this.pool = pool;
    this.clock = clock;
    this.service = service;
  }

  /** Puts the events of the story aside, plays it and leaves nothing behind. */
  public void play() {
    clear();
    park(FIRST, "0199a2c4-7d00-7000-8000-000000008a01", Duration.ofHours(2));
    park(SECOND, "0199a2c4-7d00-7000-8000-000000008a02", Duration.ofHours(1));
    Replay.of("platform/parked-events", ParkedEventServiceGrpc.getServiceDescriptor())
        .where(TOLD_OF, service)
        .run();
    clear();
  }

  private void clear() {
    pool.get().query(CLEAR).execute().await().atMost(LIMIT);
  }

  private void park(UUID id, String paymentOrderId, Duration ago) {
    var time = clock.instant().minus(ago);
    var event =
        Event.newBuilder()
            .setEventId(id.toString())
            .setType("payments.PaymentOrderSucceeded")
            .setSubject(paymentOrderId)
            .setEventTime(ProtoTime.timestamp(time))
            .build();
    pool.get()
        .preparedQuery(PARK)
        .execute(Tuple.of(GROUP, id, Buffer.buffer(event.toByteArray()), ProtoTime.database(time)))
        .await()
        .atMost(LIMIT);
  }
}
