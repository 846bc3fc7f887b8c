package io.liangjiang.sandbox.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liangjiang.sandbox.fault.FaultPlan;
import io.liangjiang.sandbox.fault.Faults;
import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What the merchant must still be told, kept in the transaction in which it became true. */
@Singleton
final class Callbacks {
  private static final int LIST_LIMIT = 100;

  private final Store store;
  private final Faults faults;
  private final InstantSource clock;
  private final ObjectMapper json;
  private final Semaphore news = new Semaphore(0);

  Callbacks(Store store, Faults faults, InstantSource clock, ObjectMapper json) {
    this.store = store;
    this.faults = faults;
    this.clock = clock;
    this.json = json;
  }

  /** Something that happened, and where it is told. */
  record Event(
      String subject,
      String eventType,
      String summary,
      String originalType,
      Map<String, Object> resource,
      String url,
      String platformSerial) {}

  /** A call-back that is on its way. */
  record Pending(
      String id,
      String eventType,
      String summary,
      String originalType,
      String plaintext,
      String url,
      String platformSerial,
      Instant createdAt,
      int attempts,
      int copies) {}

  /** A call-back as a tester sees it. */
  record Shown(
      String callbackId,
      String subject,
      String eventType,
      String url,
      int attempts,
      boolean delivered,
      boolean pending,
      String lastOutcome) {}

  void append(Tx tx, Event event) {
    Instant now = clock.instant();
    FaultPlan plan = faults.now();
    boolean dropped = plan.callbacks() == FaultPlan.Callbacks.DROP;
    tx.update(
        "insert into callback (callback_id, subject, event_type, summary, original_type, plaintext,"
            + " url, platform_serial, created_at, copies, next_attempt_at, last_outcome)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, cast(? as timestamptz), ?)",
        UUID.randomUUID().toString(),
        event.subject(),
        event.eventType(),
        event.summary(),
        event.originalType(),
        write(event.resource()),
        event.url(),
        event.platformSerial(),
        now,
        plan.callbacks() == FaultPlan.Callbacks.DUPLICATE ? 2 : 1,
        dropped ? null : now.plus(delay(plan, now)),
        dropped ? "dropped on purpose" : null);
  }

  /** Says that something may be due. */
  void wake() {
    news.release();
  }

  /** Waits until something may be due, or the time is over. */
  void await(Duration atMost) throws InterruptedException {
    if (news.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  /** What is due, oldest first. */
  List<Pending> due(int limit) {
    return store.inTransaction(
        tx ->
            tx.list(
                "select * from callback where next_attempt_at <= ? order by position limit ?",
                Callbacks::pending,
                clock.instant(),
                limit));
  }

  /** Newest first, at most 100. */
  List<Shown> latest() {
    return store.inTransaction(
        tx ->
            tx.list(
                "select * from callback order by position desc limit ?",
                Callbacks::shown,
                LIST_LIMIT));
  }

  void delivered(Pending callback, String outcome) {
    store.inTransaction(
        tx ->
            tx.update(
                "update callback set attempts = attempts + 1, delivered_at = ?,"
                    + " next_attempt_at = null, last_outcome = ? where callback_id = ?",
                clock.instant(),
                outcome,
                callback.id()));
  }

  /** Notes a failed try. The next one comes after the wait, or never when there is none. */
  void failed(Pending callback, String outcome, Duration waitOrNull) {
    store.inTransaction(
        tx ->
            tx.update(
                "update callback set attempts = attempts + 1,"
                    + " next_attempt_at = cast(? as timestamptz), last_outcome = ?"
                    + " where callback_id = ?",
                waitOrNull == null ? null : clock.instant().plus(waitOrNull),
                outcome,
                callback.id()));
  }

  /** Held call-backs of one window come due together, so that their order can be turned round. */
  private static Duration delay(FaultPlan plan, Instant now) {
    long hold = plan.callbackDelayMs();
    return switch (plan.callbacks()) {
      case DELAY -> Duration.ofMillis(hold);
      case REORDER -> Duration.ofMillis(hold == 0 ? 0 : hold - now.toEpochMilli() % hold);
      default -> Duration.ZERO;
    };
  }

  private String write(Map<String, Object> resource) {
    try {
      return json.writeValueAsString(resource);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A call-back could not be written as JSON", e);
    }
  }

  private static Pending pending(ResultSet row) throws SQLException {
    return new Pending(
        row.getString("callback_id"),
        row.getString("event_type"),
        row.getString("summary"),
        row.getString("original_type"),
        row.getString("plaintext"),
        row.getString("url"),
        row.getString("platform_serial"),
        Tx.instant(row, "created_at"),
        row.getInt("attempts"),
        row.getInt("copies"));
  }

  private static Shown shown(ResultSet row) throws SQLException {
    return new Shown(
        row.getString("callback_id"),
        row.getString("subject"),
        row.getString("event_type"),
        row.getString("url"),
        row.getInt("attempts"),
        Tx.instant(row, "delivered_at") != null,
        Tx.instant(row, "next_attempt_at") != null,
        row.getString("last_outcome"));
  }
}
