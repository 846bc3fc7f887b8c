package io.liangjiang.payments.order;

import io.liangjiang.platform.measure.TableGauge;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Orders and refunds that are under way; those that ended are counted by their events. */
final class OrderGauges {
  @Produces
  @Singleton
  TableGauge openOrders() {
    return new TableGauge(
        "liangjiang.payments.orders.open",
        "payment orders that are not paid and not closed",
        "state",
        """
        select name, (select count(*) from payment_order where state in (1, 2) and state = number)
        from (values ('CREATED', 1), ('PENDING', 2)) as states (name, number)
        """);
  }

  @Produces
  @Singleton
  TableGauge openRefunds() {
    return new TableGauge(
        "liangjiang.payments.refunds.open",
        "refunds that the channel has not confirmed",
        "state",
        "select 'OPEN', count(*) from refund where state = 1");
  }
}
