package io.liangjiang.citycode;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers which codes one reader has seen, so that it catches a copy without a network. Bounded:
 * it forgets codes that have expired, and the oldest ones when full. Copies shown to different
 * readers are found when taps are uploaded. Safe for many threads.
 */
public final class ReuseGuard {
  private final int capacity;
  private final Duration clockSkew;
  private final Map<Long, Instant> expireTimeByNonce = new LinkedHashMap<>();

  /**
   * A guard that has seen nothing.
   *
   * @param capacity codes remembered at most, 1 or more; 10,000 need about 1 MB
   * @param clockSkew the verifier's, as an expired code may pass that much longer
   */
  public ReuseGuard(int capacity, Duration clockSkew) {
    if (capacity < 1) {
      throw new IllegalArgumentException("The capacity is not positive");
    }
    this.capacity = capacity;
    this.clockSkew = clockSkew;
  }

  /**
   * Marks a verified code as used.
   *
   * @return true at the first use, false at every later one
   */
  public synchronized boolean firstUse(CityCodeClaims claims, Instant now) {
    forget(now);
    Instant forgetTime = claims.expireTime().plus(clockSkew);
    if (expireTimeByNonce.putIfAbsent(claims.nonce(), forgetTime) != null) {
      return false;
    }
    if (expireTimeByNonce.size() > capacity) {
      removeOldest();
    }
    return true;
  }

  /** Codes remembered now. */
  public synchronized int size() {
    return expireTimeByNonce.size();
  }

  private void forget(Instant now) {
    Iterator<Instant> oldestFirst = expireTimeByNonce.values().iterator();
    while (oldestFirst.hasNext() && !now.isBefore(oldestFirst.next())) {
      oldestFirst.remove();
    }
  }

  private void removeOldest() {
    Iterator<Long> oldestFirst = expireTimeByNonce.keySet().iterator();
    oldestFirst.next();
    oldestFirst.remove();
  }
}
