package io.liangjiang.payments.ledger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** How much waits for the ledger. Looked up at a scrape: booking itself counts nothing. */
@Singleton
final class LedgerMeters {
  private final Transfers transfers;
  private final MeterRegistry meters;

  LedgerMeters(Transfers transfers, MeterRegistry meters) {
    this.transfers = transfers;
    this.meters = meters;
  }

  void begin(@Observes StartupEvent event) {
    Gauge.builder("liangjiang.batch.queue", transfers, Transfers::queued)
        .description("items that wait for the next batch")
        .tag("writer", "ledger")
        .register(meters);
  }
}
