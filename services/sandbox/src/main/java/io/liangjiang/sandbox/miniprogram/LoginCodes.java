package io.liangjiang.sandbox.miniprogram;

import io.liangjiang.sandbox.store.Store;
import io.liangjiang.sandbox.store.Tx;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;

/** One-time codes: each lives 5 minutes and is worth one answer. */
@Singleton
final class LoginCodes {
  static final Duration LIFE = Duration.ofMinutes(5);
  private static final int CODE_BYTES = 24;

  private final Store store;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  LoginCodes(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What a code can be exchanged for. */
  enum Kind {
    /** The openid. */
    SESSION,
    /** The phone number. */
    PHONE
  }

  /** How an exchange went; the phone is there only when it went well. */
  record Exchange(Outcome outcome, Optional<String> phone) {}

  /** How an exchange can go. */
  enum Outcome {
    /** Well; the code is worth nothing from now on. */
    DONE,
    /** There is no such code, or it is too old. */
    INVALID,
    /** Somebody was here before. */
    USED
  }

  String issue(Kind kind, String phone) {
    byte[] bytes = new byte[CODE_BYTES];
    random.nextBytes(bytes);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    Instant now = clock.instant();
    store.inTransaction(
        tx -> {
          tx.update("delete from login_code where expires_at < ?", now.minus(LIFE));
          return tx.update(
              "insert into login_code (code, kind, phone, expires_at) values (?, ?, ?, ?)",
              code,
              kind.name(),
              phone,
              now.plus(LIFE));
        });
    return code;
  }

  Exchange exchange(Kind kind, String code) {
    Instant now = clock.instant();
    return store.inTransaction(
        tx -> {
          Optional<Row> row =
              tx.first(
                  "select phone, expires_at, used_at from login_code where code = ? and kind = ?"
                      + " for update",
                  LoginCodes::row,
                  code,
                  kind.name());
          if (row.isEmpty() || !row.get().expiresAt.isAfter(now)) {
            return new Exchange(Outcome.INVALID, Optional.empty());
          }
          if (row.get().usedAt.isPresent()) {
            return new Exchange(Outcome.USED, Optional.empty());
          }
          tx.update("update login_code set used_at = ? where code = ?", now, code);
          return new Exchange(Outcome.DONE, Optional.of(row.get().phone));
        });
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getString("phone"),
        Tx.instant(row, "expires_at"),
        Optional.ofNullable(Tx.instant(row, "used_at")));
  }

  private record Row(String phone, Instant expiresAt, Optional<Instant> usedAt) {}
}
