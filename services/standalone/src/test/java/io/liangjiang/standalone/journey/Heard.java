package io.liangjiang.standalone.journey;

import java.util.Set;

/**
 * One request of a phone and what came of it.
 *
 * @param what the request, for people
 * @param status HTTP status; 0 when the connection broke
 * @param reason of the problem; empty when there was none
 */
record Heard(String what, int status, String reason) {
  private static final int BROKEN = 0;
  private static final Set<Integer> AGAIN = Set.of(429, 503, 504);

  /** The connection broke before an answer: whether it had its effect is not known. */
  static Heard broken(String what) {
    return new Heard(what, BROKEN, "");
  }

  boolean isAnswered() {
    return status == 200;
  }

  boolean isBroken() {
    return status == BROKEN;
  }

  /** Refused in words that say, by the contract, that the same may be sent again. */
  boolean isRefusedForNow() {
    return AGAIN.contains(status) && !reason.isEmpty();
  }

  /** Nothing that a phone may send again, or may not know that it may. */
  boolean isFault() {
    return !isAnswered() && !isBroken() && !isRefusedForNow();
  }
}
