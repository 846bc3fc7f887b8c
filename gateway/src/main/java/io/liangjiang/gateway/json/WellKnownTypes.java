package io.liangjiang.gateway.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import java.text.ParseException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Texts of timestamps (RFC 3339, always UTC when written) and durations ("1.5s"). */
final class WellKnownTypes {
  private static final int SECONDS = 1;
  private static final int NANOS = 2;
  private static final long MIN_SECONDS = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long MAX_SECONDS = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private WellKnownTypes() {}

  static String timestampText(Message timestamp) {
    return Instant.ofEpochSecond(seconds(timestamp), nanos(timestamp)).toString();
  }

  static String durationText(Message duration) {
    return Durations.toString(
        Duration.newBuilder().setSeconds(seconds(duration)).setNanos(nanos(duration)).build());
  }

  /** Fills a timestamp or a duration; false when the text is none. */
  static boolean read(ValueKind kind, String text, Message.Builder into) {
    return switch (kind) {
      case TIMESTAMP -> readTimestamp(text, into);
      case DURATION -> readDuration(text, into);
      default -> false;
    };
  }

  private static boolean readTimestamp(String text, Message.Builder timestamp) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (instant.getEpochSecond() < MIN_SECONDS || instant.getEpochSecond() > MAX_SECONDS) {
        return false;
      }
      set(timestamp, instant.getEpochSecond(), instant.getNano());
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean readDuration(String text, Message.Builder duration) {
    try {
      Duration parsed = Durations.parse(text);
      set(duration, parsed.getSeconds(), parsed.getNanos());
      return true;
    } catch (ParseException | IllegalArgumentException e) {
      return false;
    }
  }

  private static void set(Message.Builder target, long seconds, int nanos) {
    Descriptor type = target.getDescriptorForType();
    target.setField(type.findFieldByNumber(SECONDS), seconds);
    target.setField(type.findFieldByNumber(NANOS), nanos);
  }

  private static long seconds(Message message) {
    return (Long) message.getField(message.getDescriptorForType().findFieldByNumber(SECONDS));
  }

  private static int nanos(Message message) {
    return (Integer) message.getField(message.getDescriptorForType().findFieldByNumber(NANOS));
  }
}
