package io.liangjiang.transit.tap;

import io.liangjiang.platform.batch.BatchWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Taps by what was answered, and how many uploads wait. */
@Singleton
final class TapMeters {
  private final MeterRegistry meters;
  private final Map<TapAnswer.Outcome, Counter> taps = new EnumMap<>(TapAnswer.Outcome.class);

  TapMeters(MeterRegistry meters) {
    this.meters = meters;
    for (TapAnswer.Outcome outcome : TapAnswer.Outcome.values()) {
      taps.put(
          outcome,
          Counter.builder("liangjiang.transit.taps")
              .description("taps taken in, by outcome")
              .tag("outcome", outcome.name())
              .register(meters));
    }
  }

  void watch(BatchWriter<?, ?> writer) {
    Gauge.builder("liangjiang.batch.queue", writer, BatchWriter::queued)
        .description("items that wait for the next batch")
        .tag("writer", "taps")
        .register(meters);
  }

  void answered(List<TapAnswer> answers) {
    for (TapAnswer answer : answers) {
      count(answer.outcome());
    }
  }

  private void count(TapAnswer.Outcome outcome) {
    Counter counter = taps.get(outcome);
    if (counter != null) {
      counter.increment();
    }
  }
}
