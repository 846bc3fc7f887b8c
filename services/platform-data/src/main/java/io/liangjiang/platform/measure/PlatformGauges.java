package io.liangjiang.platform.measure;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Of the tables that every service has. */
final class PlatformGauges {
  @Produces
  @Singleton
  TableGauge parkedEvents() {
    return new TableGauge(
        "liangjiang.events.parked",
        "events whose effect failed every time, waiting for an operator",
        "group",
        """
        select event_cursor.consumer_group, count(event_id)
        from event_cursor left join parked_event
          on parked_event.consumer_group = event_cursor.consumer_group and end_time is null
        group by 1
        """);
  }

  @Produces
  @Singleton
  TableGauge holds() {
    return new TableGauge(
        "liangjiang.reservation.holds",
        "lines of places that are held and not booked; overdue: that should have been freed",
        "state",
        """
        select 'held', count(*) from reservation where not booked
        union all
        select 'overdue', count(*) from reservation where not booked and expire_time < now() - interval '1 minute'
        """);
  }
}
