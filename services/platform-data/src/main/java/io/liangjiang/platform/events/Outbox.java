package io.liangjiang.platform.events;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;

/** Writes events in the transaction of what happened. */
@ApplicationScoped
public class Outbox {
  private static final String INSERT =
      """
      insert into outbox_event (event_type, subject, payload, event_time)
      select event_type, subject, payload, $4
      from unnest($1::text[], $2::text[], $3::bytea[])
        with ordinality as news (event_type, subject, payload, position)
      order by position
      """;

  /** What happened to a resource; see {@link #append}. */
  public record Event(String type, String subject, Message payload) {}

  private final InstantSource clock;
  private final OutboxWake wake;
  private final EventMeters meters;

  Outbox(InstantSource clock, OutboxWake wake, EventMeters meters) {
    this.clock = clock;
    this.wake = wake;
    this.meters = meters;
  }

  /**
   * Appends one event.
   *
   * @param type {@code <domain>.<Resource><PastVerb>}
   * @param subject id of the resource that it happened to
   * @param payload the domain's message for the type; ids, no personal data
   */
  public Uni<Void> append(SqlConnection tx, String type, String subject, Message payload) {
    return appendAll(tx, List.of(new Event(type, subject, payload)));
  }

  /** Appends events in their order; see {@link #append}. */
  public Uni<Void> appendAll(SqlConnection tx, List<Event> events) {
    if (events.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    wake.appended();
    events.forEach(event -> meters.appended(event.type()));
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                events.stream().map(Event::type).toArray(String[]::new),
                events.stream().map(Event::subject).toArray(String[]::new),
                events.stream()
                    .map(event -> Buffer.buffer(Any.pack(event.payload()).toByteArray()))
                    .toArray(Buffer[]::new),
                ProtoTime.database(clock.instant())))
        .replaceWithVoid();
  }
}
