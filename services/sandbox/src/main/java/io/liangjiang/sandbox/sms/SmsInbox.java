package io.liangjiang.sandbox.sms;

import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The phones' messages, and how many a phone may get. */
@Singleton
final class SmsInbox {
  private static final Duration KEPT = Duration.ofDays(1);

  private record Limit(Duration window, int messages) {}

  private static final List<Limit> LIMITS =
      List.of(
          new Limit(Duration.ofSeconds(30), 1),
          new Limit(Duration.ofHours(1), 5),
          new Limit(Duration.ofDays(1), 20));

  /** One message on a phone. */
  record SmsMessage(
      String messageId, String phoneNumber, String text, String code, Instant sentAt) {}

  private final Store store;
  private final InstantSource clock;

  SmsInbox(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Delivers, once. Errors: 409 MESSAGE_ID_USED, 429 BUSINESS_LIMIT_CONTROL. */
  void deliver(SmsRequest request) {
    Instant now = clock.instant();
    store.inTransaction(
        tx -> {
          tx.list(
              "select pg_advisory_xact_lock(hashtextextended(?, 0))",
              row -> true,
              "sms/" + request.phoneNumber());
          return isNew(tx, request) && deliver(tx, request, now);
        });
  }

  /** The newest messages, of one phone or of all. */
  List<SmsMessage> newest(Optional<String> phone, int count) {
    return store.inTransaction(
        tx ->
            tx.list(
                "select * from sms_message where (? = '' or phone = ?)"
                    + " order by sent_at desc, message_id limit ?",
                SmsInbox::message,
                phone.orElse(""),
                phone.orElse(""),
                count));
  }

  private static boolean isNew(Tx tx, SmsRequest request) {
    Optional<String> known =
        tx.first(
            "select content from sms_message where message_id = ?",
            row -> row.getString("content"),
            request.messageId());
    if (known.isPresent() && !known.get().equals(content(request))) {
      throw new SandboxException(409, "MESSAGE_ID_USED", "the messageId has other content");
    }
    return known.isEmpty();
  }

  private static boolean deliver(Tx tx, SmsRequest request, Instant now) {
    for (Limit limit : LIMITS) {
      int there =
          tx.first(
                  "select count(*) from sms_message where phone = ? and sent_at > ?",
                  row -> row.getInt(1),
                  request.phoneNumber(),
                  now.minus(limit.window))
              .orElseThrow();
      if (there >= limit.messages) {
        throw new SandboxException(
            429, "BUSINESS_LIMIT_CONTROL", "too many messages in " + limit.window);
      }
    }
    tx.update("delete from sms_message where sent_at < ?", now.minus(KEPT));
    tx.update(
        "insert into sms_message (message_id, phone, content, text, code, sent_at)"
            + " values (?, ?, ?, ?, ?, ?)",
        request.messageId(),
        request.phoneNumber(),
        content(request),
        request.text(),
        request.code(),
        now);
    return true;
  }

  private static String content(SmsRequest request) {
    return request.phoneNumber() + " " + request.text();
  }

  private static SmsMessage message(ResultSet row) throws SQLException {
    return new SmsMessage(
        row.getString("message_id"),
        row.getString("phone"),
        row.getString("text"),
        row.getString("code"),
        Tx.instant(row, "sent_at"));
  }
}
