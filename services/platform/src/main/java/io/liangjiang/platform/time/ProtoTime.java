package io.liangjiang.platform.time;

import com.google.protobuf.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Time as Java, the wire and the database write it. */
public final class ProtoTime {
  private ProtoTime() {}

  /** The wire's form of an instant. */
  public static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** The wire's form of a database time. */
  public static Timestamp timestamp(OffsetDateTime time) {
    return timestamp(time.toInstant());
  }

  /**
   * The instant of a wire time.
   *
   * @throws DateTimeException when it is out of range
   */
  public static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  /** The database's form of an instant. */
  public static OffsetDateTime database(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
