package io.liangjiang.payments.reconcile;

import io.liangjiang.payments.v1.ReconciliationBreak;
import io.liangjiang.platform.measure.TableGauge;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Differences between the channels' bills and the books that nobody has explained. */
final class BreakGauges {
  @Produces
  @Singleton
  TableGauge openBreaks() {
    return new TableGauge(
        "liangjiang.payments.breaks.open",
        "reconciliation breaks that are open",
        "type",
        """
        select name, count(break_id)
        from (values %s) as types (name, number)
        left join reconciliation_break on type = number and state = 1
        group by 1
        """
            .formatted(names()));
  }

  private static String names() {
    return Arrays.stream(ReconciliationBreak.Type.values())
        .filter(type -> type != ReconciliationBreak.Type.UNRECOGNIZED)
        .filter(type -> type != ReconciliationBreak.Type.TYPE_UNSPECIFIED)
        .map(type -> "('%s', %d)".formatted(type.name(), type.getNumber()))
        .collect(Collectors.joining(", "));
  }
}
