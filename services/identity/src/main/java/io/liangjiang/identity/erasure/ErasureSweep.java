package io.liangjiang.identity.erasure;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.work.OneByOne;
import io.liangjiang.platform.data.Database;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Carries erasures on. Every step is kept before the next is taken, and a service answers the same
 * step alike, so a process may die anywhere.
 */
@ApplicationScoped
public class ErasureSweep {
  private static final Logger LOG = Logger.getLogger(ErasureSweep.class);
  private static final String ACTOR = "identity";
  private static final int AT_ONCE = 10;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration BLOCKED = Duration.ofHours(1);

  private final ErasureRepository repository;
  private final Services services;
  private final Accounts accounts;
  private final AuditRecords audit;
  private final Database database;
  private final InstantSource clock;
  private final Duration tokenWait;

  ErasureSweep(
      ErasureRepository repository,
      Services services,
      Accounts accounts,
      AuditRecords audit,
      Database database,
      InstantSource clock,
      IdentitySettings settings) {
    this.repository = repository;
    this.services = services;
    this.accounts = accounts;
    this.audit = audit;
    this.database = database;
    this.clock = clock;
    this.tokenWait = settings.erasureTokenWait();
  }

  @Scheduled(
      every = "${liangjiang.identity.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    Instant now = Columns.now(clock);
    return repository
        .takeDue(database.client(), now, now.plus(LEASE), AT_ONCE)
        .chain(due -> OneByOne.each(due, this::quietly));
  }

  private Uni<Void> quietly(Case erasure) {
    Uni<Void> next = erasure.state() == Case.State.REQUESTED ? begin(erasure) : erase(erasure);
    return next.onFailure()
        .invoke(e -> LOG.warnf("erasure %s waits: %s", erasure.id(), e.getMessage()))
        .onFailure()
        .recoverWithNull();
  }

  /** Closes the account once nothing is open anywhere; its last tokens run out before the rest. */
  private Uni<Void> begin(Case erasure) {
    return services
        .blockers(erasure.citizenId())
        .chain(
            blockers ->
                blockers.isEmpty()
                    ? database.inTransaction(tx -> close(tx, erasure))
                    : delay(erasure, blockers));
  }

  private Uni<Void> close(SqlConnection tx, Case taken) {
    return repository
        .lock(tx, taken.id())
        .chain(
            erasure ->
                erasure.state() == Case.State.REQUESTED
                    ? repository
                        .begin(tx, erasure, Columns.now(clock).plus(tokenWait))
                        .chain(() -> accounts.close(tx, erasure.citizenId(), ACTOR))
                    : Uni.createFrom().voidItem());
  }

  private Uni<Void> erase(Case erasure) {
    return repository
        .steps(database.client(), List.of(erasure.id()))
        .map(
            done ->
                done.of(erasure.id()).stream().map(Case.Step::service).collect(Collectors.toSet()))
        .map(done -> services.names().stream().filter(name -> !done.contains(name)).toList())
        .chain(left -> eraseAll(erasure, left))
        .chain(isDone -> isDone ? complete(erasure) : Uni.createFrom().voidItem());
  }

  private Uni<Boolean> eraseAll(Case erasure, List<String> left) {
    Uni<Boolean> goesOn = Uni.createFrom().item(true);
    for (String service : left) {
      goesOn =
          goesOn.chain(open -> open ? eraseAt(erasure, service) : Uni.createFrom().item(false));
    }
    return goesOn;
  }

  /** False when something is open there, which can only have come in on the way. */
  private Uni<Boolean> eraseAt(Case erasure, String service) {
    return services
        .erase(service, erasure.id(), erasure.citizenId())
        .map(answer -> new Case.Step(service, Columns.now(clock), answer.toByteArray()))
        .chain(step -> repository.insertStep(database.client(), erasure.id(), step))
        .replaceWith(true)
        .onFailure(Services::isBlocked)
        .recoverWithUni(
            () -> delay(erasure, List.of(service + "/ERASURE_BLOCKED")).replaceWith(false));
  }

  private Uni<Void> complete(Case erasure) {
    return database
        .inTransaction(
            tx ->
                repository
                    .complete(tx, erasure.id(), Columns.now(clock))
                    .call(
                        completed ->
                            completed
                                ? audit.append(
                                    tx,
                                    "erasure.completed",
                                    ACTOR,
                                    erasure.citizenId().toString(),
                                    erasure.id().toString())
                                : Uni.createFrom().voidItem()))
        .replaceWithVoid();
  }

  private Uni<Void> delay(Case erasure, List<String> blockers) {
    return repository.delay(
        database.client(), erasure.id(), blockers, Columns.now(clock).plus(BLOCKED));
  }
}
