package io.liangjiang.payments.channel.notification;

import io.liangjiang.payments.channel.NotificationReader.Kind;
import io.liangjiang.payments.v1.Channel;
import java.time.Duration;

/**
 * A call-back that is to be taken through.
 *
 * @param attempts how often that was tried before
 */
record InboxEntry(Channel channel, String id, Kind kind, String subject, int attempts) {
  /** How often a call-back is tried in all. */
  static final int MAX_ATTEMPTS = 20;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final int MAX_DOUBLINGS = 10;

  /** Whether a failure now is the last one. */
  boolean isLastAttempt() {
    return attempts + 1 >= MAX_ATTEMPTS;
  }

  /** How long to wait after a failure now: 1 s, 2 s, 4 s, and so on to 10 minutes. */
  Duration waitAfterFailure() {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts, MAX_DOUBLINGS));
    return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
  }
}
