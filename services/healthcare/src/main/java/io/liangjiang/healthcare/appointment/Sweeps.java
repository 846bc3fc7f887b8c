package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.appointment.Appointment.Fee;
import io.liangjiang.healthcare.appointment.Appointment.PaymentTask;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What becomes of appointments by themselves: holds run out, days end, and what payments did not
 * answer is asked again. Each run does a bounded part, and replicas take different rows.
 */
@ApplicationScoped
class Sweeps {
  private static final Logger LOG = Logger.getLogger(Sweeps.class);
  private static final int EXPIRED_A_RUN = 100;
  private static final int CLOSED_A_RUN = 1_000;
  private static final int DRIVEN_A_RUN = 100;
  private static final int DRIVEN_AT_ONCE = 8;
  private static final Duration DRIVE_AGAIN_AFTER = Duration.ofMinutes(1);

  private final Database database;
  private final DueRepository repository;
  private final Transitions transitions;
  private final Fees fees;
  private final InstantSource clock;

  Sweeps(
      Database database,
      DueRepository repository,
      Transitions transitions,
      Fees fees,
      InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.transitions = transitions;
    this.fees = fees;
    this.clock = clock;
  }

  @Scheduled(
      every = "{liangjiang.healthcare.sweep-every}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return closeDays().chain(this::expireHolds).chain(this::driveFees);
  }

  /** Marks who did not come when the day is over, and who was seen when the session is. */
  Uni<Void> closeDays() {
    return repository.closeDays(database.client(), clock.instant(), CLOSED_A_RUN).replaceWithVoid();
  }

  /** Cancels what was not paid in time. */
  Uni<Void> expireHolds() {
    return database.inTransaction(
        tx ->
            repository
                .lockExpired(tx, clock.instant(), EXPIRED_A_RUN)
                .chain(expired -> cancelAll(tx, expired)));
  }

  /** Asks payments for what it did not answer yet. */
  Uni<Void> driveFees() {
    Instant now = clock.instant();
    return database
        .inTransaction(tx -> repository.claim(tx, now, now.plus(DRIVE_AGAIN_AFTER), DRIVEN_A_RUN))
        .chain(this::driveAll);
  }

  private Uni<Void> cancelAll(SqlConnection tx, List<Appointment> expired) {
    return Multi.createFrom()
        .iterable(expired)
        .onItem()
        .transformToUniAndConcatenate(appointment -> cancel(tx, appointment))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> cancel(SqlConnection tx, Appointment appointment) {
    var fee =
        appointment.isFree()
            ? Fee.NONE
            : new Fee(appointment.fee().paymentOrderId(), PaymentTask.CLOSE);
    return transitions.cancel(tx, appointment, CancelReason.NOT_PAID, fee);
  }

  private Uni<Void> driveAll(List<Appointment> claimed) {
    return Multi.createFrom()
        .iterable(claimed)
        .onItem()
        .transformToUni(this::drive)
        .merge(DRIVEN_AT_ONCE)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> drive(Appointment appointment) {
    return fees.drive(appointment)
        .onFailure()
        .invoke(
            failure ->
                LOG.warnf(
                    "%s of the fee of appointment %s waits: %s",
                    appointment.fee().task(), appointment.appointmentId(), failure.getMessage()))
        .onFailure()
        .recoverWithNull();
  }
}
