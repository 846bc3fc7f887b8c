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

/** Writes events in the transaction of what happened. */
@ApplicationScoped
public class Outbox {
  private static final String INSERT =
      """
      insert into outbox_event (event_type, subject, payload, event_time)
      values ($1, $2, $3, $4)
      """;

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
    wake.appended();
    meters.appended(type);
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.of(
                type,
                subject,
                Buffer.buffer(Any.pack(payload).toByteArray()),
                ProtoTime.database(clock.instant())))
        .replaceWithVoid();
  }
}
