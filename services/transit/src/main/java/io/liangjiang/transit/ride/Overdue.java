package io.liangjiang.transit.ride;

/**
 * What a citizen owes for rides.
 *
 * @param rideCount number of rides
 * @param amountMinor minor units
 * @param currencyCode ISO 4217
 */
record Overdue(int rideCount, long amountMinor, String currencyCode) {}
