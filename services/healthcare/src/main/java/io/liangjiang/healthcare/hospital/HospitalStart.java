package io.liangjiang.healthcare.hospital;

import io.liangjiang.healthcare.slot.Slots;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Loads the hospitals' files at the start and keeps slots made for the days to come. */
@ApplicationScoped
class HospitalStart {
  private static final Logger LOG = Logger.getLogger(HospitalStart.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int ATTEMPTS = 60;

  private final HospitalFiles files;
  private final Slots slots;
  private volatile boolean ready;

  HospitalStart(HospitalFiles files, Slots slots) {
    this.files = files;
    this.slots = slots;
  }

  void start(@Observes StartupEvent event) {
    prepare()
        .onFailure()
        .retry()
        .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
        .atMost(ATTEMPTS)
        .subscribe()
        .with(
            made -> LOG.infof("hospitals are loaded, %d slots were made", made),
            failure -> LOG.error("hospitals cannot be loaded", failure));
  }

  /** Loads the files and makes the slots that are not there yet. */
  Uni<Integer> prepare() {
    return files.load().chain(slots::make).invoke(() -> ready = true);
  }

  @Scheduled(
      every = "{liangjiang.healthcare.make-slots-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> makeSlots() {
    return slots.make().replaceWithVoid();
  }

  /** Whether the files are loaded and slots are made. */
  boolean isReady() {
    return ready;
  }
}
