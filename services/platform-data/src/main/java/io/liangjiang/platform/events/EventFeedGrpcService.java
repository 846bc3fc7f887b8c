package io.liangjiang.platform.events;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.drain.Drain;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedService;
import io.liangjiang.platform.v1.SubscribeRequest;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Streams this service's outbox; reads the next page only when the subscriber has taken the last.
 * Ends when the process is about to, so that the subscriber goes on elsewhere from its cursor.
 */
@GrpcService
public class EventFeedGrpcService implements EventFeedService {
  private static final int PAGE_SIZE = 200;
  private static final int MAX_TYPES = 32;
  private static final String READ =
      """
      select transaction_id::text as transaction_id, event_seq, event_id, event_type, subject, payload, event_time,
        exists (
          select 1 from outbox_horizon h where (h.transaction_id, h.event_seq) > ($1::text::xid8, $2)
            and (cardinality($3::text[]) = 0 or h.event_type = any ($3))) as cut
      from outbox_event
      where (transaction_id, event_seq) > ($1::text::xid8, $2)
        and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
        and (cardinality($3::text[]) = 0 or event_type = any ($3))
      order by transaction_id, event_seq limit $4
      """;

  /** Walks the key backwards over what is recent, so it needs no index on the time. */
  private static final String BEFORE =
      """
      select transaction_id::text as transaction_id, event_seq
      from outbox_event
      where event_time < $1 and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
      order by transaction_id desc, event_seq desc limit 1
      """;

  private final Database database;
  private final OutboxWake wake;
  private final Drain drain;
  private final Horizon horizon;

  EventFeedGrpcService(Database database, OutboxWake wake, Drain drain, Horizon horizon) {
    this.database = database;
    this.horizon = horizon;
    this.wake = wake;
    this.drain = drain;
  }

  @Override
  public Multi<Event> subscribe(SubscribeRequest request) {
    if (request.getTypesCount() > MAX_TYPES) {
      throw new ServiceException(PlatformReason.INVALID_ARGUMENT, "too many event types")
          .violation("types", "must be at most " + MAX_TYPES);
    }
    String[] types = request.getTypesList().toArray(String[]::new);
    return start(request, types).onItem().transformToMulti(from -> follow(from, types));
  }

  private Uni<Cursor> start(SubscribeRequest request, String[] types) {
    Cursor cursor = Cursor.parse(request.getCursor());
    if (!request.hasStartTime()) {
      return horizon.requireAfter(cursor, types).replaceWith(cursor);
    }
    if (!request.getCursor().isEmpty()) {
      throw new ServiceException(PlatformReason.INVALID_ARGUMENT, "a cursor and a start time")
          .violation("start_time", "excludes a cursor");
    }
    Instant since = ProtoTime.instant(request.getStartTime());
    return horizon
        .requireSince(since, types)
        .chain(
            () ->
                database
                    .client()
                    .preparedQuery(BEFORE)
                    .execute(Tuple.of(ProtoTime.database(since))))
        .map(rows -> rows.size() == 0 ? cursor : position(rows.iterator().next()));
  }

  private Multi<Event> follow(Cursor from, String[] types) {
    return Multi.createBy()
        .repeating()
        .uni(() -> new Reading(from), reading -> nextPage(reading, types))
        .until(page -> drain.hasBegun())
        .onItem()
        .<Event>disjoint();
  }

  private Uni<List<Event>> nextPage(Reading reading, String[] types) {
    var signal = wake.signal();
    return read(reading.position, types)
        .call(events -> events.isEmpty() ? OutboxWake.await(signal) : Uni.createFrom().voidItem())
        .invoke(reading::advance);
  }

  /** How far one subscriber has come; touched by one page at a time. */
  private static final class Reading {
    private volatile Cursor position;

    Reading(Cursor from) {
      position = from;
    }

    void advance(List<Event> events) {
      if (!events.isEmpty()) {
        position = Cursor.parse(events.getLast().getCursor());
      }
    }
  }

  private Uni<List<Event>> read(Cursor after, String[] types) {
    return database
        .client()
        .preparedQuery(READ)
        .execute(Tuple.from(List.of(after.transactionId(), after.sequence(), types, PAGE_SIZE)))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList())
        .invoke(rows -> requireWhole(after, rows))
        .map(rows -> rows.stream().map(EventFeedGrpcService::event).toList());
  }

  /** A subscriber that is slower than the sweep must learn that it missed something. */
  private static void requireWhole(Cursor after, List<Row> rows) {
    if (!after.isStart() && !rows.isEmpty() && rows.getFirst().getBoolean("cut")) {
      throw Horizon.deleted();
    }
  }

  private static Cursor position(Row row) {
    return new Cursor(row.getString("transaction_id"), row.getLong("event_seq"));
  }

  private static Event event(Row row) {
    try {
      return Event.newBuilder()
          .setEventId(row.getUUID("event_id").toString())
          .setCursor(position(row).text())
          .setType(row.getString("event_type"))
          .setSubject(row.getString("subject"))
          .setPayload(Any.parseFrom(row.getBuffer("payload").getBytes()))
          .setEventTime(ProtoTime.timestamp(row.getOffsetDateTime("event_time")))
          .build();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored event cannot be read", e);
    }
  }
}
