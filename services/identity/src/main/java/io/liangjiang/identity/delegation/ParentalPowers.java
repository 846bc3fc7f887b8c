package io.liangjiang.identity.delegation;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.delegation.Delegation.Basis;
import io.liangjiang.identity.profile.Parenthoods;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.citizenid.CitizenIdNumber;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the law lets parents do for children with an own account, and where the child is asked. */
@ApplicationScoped
class ParentalPowers {
  private final DelegationRepository repository;
  private final Parenthoods parenthoods;
  private final Ages ages;
  private final ActingRevocations revocations;
  private final AuditRecords audit;
  private final Database database;
  private final InstantSource clock;

  ParentalPowers(
      DelegationRepository repository,
      Parenthoods parenthoods,
      Ages ages,
      ActingRevocations revocations,
      AuditRecords audit,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.parenthoods = parenthoods;
    this.ages = ages;
    this.revocations = revocations;
    this.audit = audit;
    this.database = database;
    this.clock = clock;
  }

  /**
   * Gives a proved parent all powers; the same again answers with the same. Errors: see the
   * contract.
   */
  Uni<Delegation> prove(UUID parentId, String childName, CitizenIdNumber childNumber) {
    Instant now = Columns.now(clock);
    if (ages.borders().isOfAge(childNumber.birthDate(), now)) {
      throw new ServiceException(
          IdentityReason.CHILD_OF_AGE, "who is of age gives a delegation, or none");
    }
    return parenthoods
        .childOf(parentId, childName, childNumber)
        .chain(
            childId ->
                database.inTransaction(
                    tx ->
                        repository
                            .insertByLaw(tx, childId, parentId, Powers.ALL, now)
                            .chain(() -> repository.liveByLaw(tx, childId, parentId))
                            .map(kept -> kept.orElseThrow(Refusals::noDelegation))
                            .call(kept -> note(tx, "delegation.by-law", parentId, kept))));
  }

  /** Sets what a child consents to. Errors: see the contract. */
  Uni<Delegation> consent(UUID childId, UUID delegationId, List<String> powers) {
    Instant now = Columns.now(clock);
    return ages.birthDate(childId)
        .chain(
            birthDate ->
                database.inTransaction(
                    tx ->
                        repository
                            .lock(tx, delegationId, childId)
                            .map(found -> found.filter(d -> isOver(d, childId)))
                            .map(found -> found.orElseThrow(Refusals::noDelegation))
                            .invoke(found -> requireChoice(found, birthDate, powers, now))
                            .chain(found -> consent(tx, childId, found, powers))));
  }

  private static boolean isOver(Delegation delegation, UUID childId) {
    return delegation.basis() == Basis.PARENT_BY_LAW && delegation.isGivenBy(childId);
  }

  private void requireChoice(
      Delegation delegation, Optional<LocalDate> birthDate, List<String> powers, Instant now) {
    var standing = Standing.of(delegation, birthDate, ages.borders(), now);
    if (standing.state() != Standing.State.ACTIVE) {
      throw Refusals.ended();
    }
    boolean mayChoose =
        powers.stream()
            .allMatch(
                power ->
                    standing.awaitingConsent().contains(power)
                        || delegation.consented().contains(power));
    if (!mayChoose) {
      throw Refusals.tooYoung("the law gives this power without the child's consent");
    }
  }

  private Uni<Delegation> consent(
      SqlConnection tx, UUID childId, Delegation before, List<String> powers) {
    List<String> sorted = Powers.sorted(powers);
    if (sorted.equals(before.consented())) {
      return Uni.createFrom().item(before);
    }
    return repository
        .consent(tx, before.id(), sorted)
        .chain(() -> revocations.append(tx, before))
        .chain(() -> note(tx, "delegation.consent", childId, before))
        .chain(() -> repository.lock(tx, before.id(), childId))
        .map(kept -> kept.orElseThrow(Refusals::noDelegation));
  }

  private Uni<Void> note(SqlConnection tx, String action, UUID actor, Delegation delegation) {
    return audit.append(
        tx,
        action,
        actor.toString(),
        delegation.parties().citizenId().toString(),
        delegation.id().toString());
  }
}
