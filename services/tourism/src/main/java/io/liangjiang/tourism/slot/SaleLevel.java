package io.liangjiang.tourism.slot;

import io.liangjiang.platform.reservation.PoolState;

/**
 * How full a slot or a site is, by the rule for approved capacity: warn at 80 %, divert at 90 %,
 * stop at 100 %.
 */
public enum SaleLevel {
  /** Below 80 %. */
  ON_SALE,
  /** From 80 %. */
  NEARLY_FULL,
  /** From 90 %. */
  DIVERTING,
  /** 100 %. */
  SOLD_OUT,
  /** The time is over. */
  ENDED;

  private static final int PERCENT = 100;
  private static final int WARN_PERCENT = 80;
  private static final int DIVERT_PERCENT = 90;

  /** The level of so many used out of a capacity above zero. */
  public static SaleLevel of(long used, long capacity) {
    long percentOfCapacity = used * PERCENT;
    if (percentOfCapacity >= capacity * PERCENT) {
      return SOLD_OUT;
    }
    if (percentOfCapacity >= capacity * DIVERT_PERCENT) {
      return DIVERTING;
    }
    return percentOfCapacity >= capacity * WARN_PERCENT ? NEARLY_FULL : ON_SALE;
  }

  /** The level of a pool. */
  public static SaleLevel of(PoolState pool) {
    return of((long) pool.held() + pool.booked(), pool.capacity());
  }

  /** The fuller of two. */
  public SaleLevel orWorse(SaleLevel other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
