package io.liangjiang.payments.channel.notification;

import io.liangjiang.payments.channel.NotificationReader.Kind;
import io.liangjiang.payments.channel.NotificationReader.Notification;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The inbox's SQL. */
@ApplicationScoped
class InboxRepository {
  private static final String KEEP =
      """
      insert into channel_notification
        (channel, notification_id, kind, event_type, subject, content, receive_time,
         next_attempt_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      on conflict (channel, notification_id) do nothing
      """;
  private static final String CLAIM =
      """
      update channel_notification n set next_attempt_time = $2
      from (select channel, notification_id from channel_notification
            where next_attempt_time <= $1
            order by next_attempt_time limit $3 for update skip locked) due
      where n.channel = due.channel and n.notification_id = due.notification_id
      returning n.channel, n.notification_id, n.kind, n.subject, n.attempts
      """;
  private static final String DONE =
      """
      update channel_notification
      set attempts = attempts + 1, next_attempt_time = null, process_time = $3, last_error = null
      where channel = $1 and notification_id = $2
      """;
  private static final String FAILED =
      """
      update channel_notification
      set attempts = attempts + 1, next_attempt_time = $3, last_error = $4
      where channel = $1 and notification_id = $2 and process_time is null
      """;

  /** Keeps a call-back; false when it is there already. */
  Uni<Boolean> keep(
      SqlClient client,
      Channel channel,
      Notification notification,
      Instant now,
      @Nullable Instant nextAttempt) {
    return client
        .preparedQuery(KEEP)
        .execute(
            Tuple.from(
                Arrays.asList(
                    channel.name(),
                    notification.id(),
                    notification.kind().name(),
                    notification.eventType(),
                    notification.subject(),
                    notification.content(),
                    ProtoTime.database(now),
                    database(nextAttempt))))
        .map(rows -> rows.rowCount() > 0);
  }

  /** Takes what is due and puts it off until then, so that nobody else takes it too. */
  Uni<List<InboxEntry>> claim(SqlClient client, Instant now, Instant until, int limit) {
    return client
        .preparedQuery(CLAIM)
        .execute(Tuple.of(ProtoTime.database(now), ProtoTime.database(until), limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(InboxRepository::entry)
                    .toList());
  }

  Uni<Void> done(SqlClient client, InboxEntry entry, Instant now) {
    return client
        .preparedQuery(DONE)
        .execute(Tuple.of(entry.channel().name(), entry.id(), ProtoTime.database(now)))
        .replaceWithVoid();
  }

  /** Notes a failure; without a next attempt it is given up. */
  Uni<Void> failed(
      SqlClient client, InboxEntry entry, @Nullable Instant nextAttempt, String error) {
    return client
        .preparedQuery(FAILED)
        .execute(Tuple.of(entry.channel().name(), entry.id(), database(nextAttempt), error))
        .replaceWithVoid();
  }

  private static InboxEntry entry(Row row) {
    return new InboxEntry(
        Channel.valueOf(row.getString(0)),
        row.getString(1),
        Kind.valueOf(row.getString(2)),
        row.getString(3),
        row.getInteger(4));
  }

  private static @Nullable OffsetDateTime database(@Nullable Instant instant) {
    return instant == null ? null : ProtoTime.database(instant);
  }
}
