package io.liangjiang.platform.events;

import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import java.util.regex.Pattern;

/**
 * A position in a feed: the transaction that wrote an event and the event's number. As text it is
 * two decimal numbers with a dash between; the empty text is the start.
 *
 * @param transactionId PostgreSQL's 64-bit transaction id, decimal
 * @param sequence number of the event
 */
record Cursor(String transactionId, long sequence) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,19})-([0-9]{1,18})");

  /** Reads a cursor. Errors: INVALID_CURSOR. */
  static Cursor parse(String text) {
    if (text.isEmpty()) {
      return new Cursor("0", 0);
    }
    var match = FORM.matcher(text);
    if (!match.matches()) {
      throw new ServiceException(
          PlatformReason.INVALID_CURSOR, "the cursor is not one of this feed");
    }
    return new Cursor(match.group(1), Long.parseLong(match.group(2)));
  }

  /** Whether it is before the first event there is. */
  boolean isStart() {
    return sequence == 0;
  }

  String text() {
    return transactionId + "-" + sequence;
  }
}
