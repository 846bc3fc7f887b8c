package io.liangjiang.tourism.slot;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes slots at the start of the process and from time to time. */
@ApplicationScoped
public class SlotSchedule {
  private final TimeSlots timeSlots;

  SlotSchedule(TimeSlots timeSlots) {
    this.timeSlots = timeSlots;
  }

  @Scheduled(
      every = "${liangjiang.tourism.slots.every:1h}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> run() {
    return timeSlots.generate();
  }
}
