package io.liangjiang.platform.reservation;

/**
 * How full one pool is.
 *
 * @param capacity places there are
 * @param held places held by somebody who may still book or let go
 * @param booked places that are taken
 */
public record PoolState(int capacity, int held, int booked) {

  /** Places that can be held now. */
  public int remaining() {
    return capacity - held - booked;
  }
}
