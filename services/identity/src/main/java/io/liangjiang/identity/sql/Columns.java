package io.liangjiang.identity.sql;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Values of columns as the domain has them. */
public final class Columns {
  private Columns() {}

  /** The time as a column can keep it: to the microsecond. */
  public static Instant now(InstantSource clock) {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** A timestamptz column that is not null. */
  public static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  /** A timestamptz column that may be null. */
  public static @Nullable Instant instantOrNull(Row row, String column) {
    OffsetDateTime time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }

  /** A bytea column that is not null. */
  public static byte[] bytes(Row row, String column) {
    return row.getBuffer(column).getBytes();
  }

  /** Bytes for a bytea parameter. */
  public static io.vertx.core.buffer.Buffer buffer(byte[] bytes) {
    return io.vertx.core.buffer.Buffer.buffer(bytes);
  }
}
