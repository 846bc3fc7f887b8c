package io.liangjiang.transit.ride;

import io.liangjiang.platform.measure.TableGauge;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Rides whose money is not here yet. */
final class RideGauges {
  @Produces
  @Singleton
  TableGauge unpaidRides() {
    return new TableGauge(
        "liangjiang.transit.rides.unpaid",
        "rides to be charged, and rides in arrears",
        "state",
        """
        select 'DUE', count(*) from ride where next_attempt_time is not null
        union all
        select 'PAY_FAIL', count(*) from ride where state = 'PAY_FAIL'
        """);
  }
}
