package io.liangjiang.identity.delegation;

import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.delegation.Delegation.Basis;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Delegations that citizens give each other: offered, accepted, listed, ended. */
@ApplicationScoped
public class Delegations {
  private static final AttemptLimit CODES =
      new AttemptLimit("invitation", 20, Duration.ofMinutes(15));
  private static final Duration LISTED_AFTER_THE_END = Duration.ofDays(90);

  private final DelegationRepository repository;
  private final Ages ages;
  private final AttemptLimits limits;
  private final ActingRevocations revocations;
  private final AuditRecords audit;
  private final Database database;
  private final InstantSource clock;

  Delegations(
      DelegationRepository repository,
      Ages ages,
      AttemptLimits limits,
      ActingRevocations revocations,
      AuditRecords audit,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.ages = ages;
    this.limits = limits;
    this.revocations = revocations;
    this.audit = audit;
    this.database = database;
    this.clock = clock;
  }

  /** Keeps an offer, once a request. Errors: TOO_YOUNG, TOO_MANY_DELEGATIONS, REQUEST_ID_REUSED. */
  Uni<Delegation> offer(Offer offer) {
    Instant now = Columns.now(clock);
    return ages.requireOfAge(offer.citizenId(), now)
        .chain(() -> database.inTransaction(tx -> offer(tx, offer, now)));
  }

  private Uni<Delegation> offer(SqlConnection tx, Offer offer, Instant now) {
    return repository
        .lockCitizen(tx, offer.citizenId())
        .chain(() -> same(tx, offer))
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(known.get())
                    : insert(tx, offer, now)
                        .chain(() -> same(tx, offer))
                        .map(kept -> kept.orElseThrow(Refusals::noDelegation)));
  }

  private Uni<Optional<Delegation>> same(SqlConnection tx, Offer offer) {
    return repository.byRequest(tx, offer.citizenId(), offer.requestId(), offer.requestSha256());
  }

  private Uni<Void> insert(SqlConnection tx, Offer offer, Instant now) {
    String giver = offer.citizenId().toString();
    return repository
        .countLive(tx, offer.citizenId(), now)
        .invoke(
            count -> {
              if (count >= Refusals.MAX_LIVE) {
                throw Refusals.tooMany();
              }
            })
        .chain(() -> repository.insert(tx, offer))
        .chain(() -> audit.append(tx, "delegation.offered", giver, giver, offer.id().toString()));
  }

  /**
   * Makes the caller the delegate of an offer. Errors: INVITATION_NOT_FOUND, OWN_INVITATION,
   * TOO_YOUNG, TOO_MANY_ATTEMPTS.
   */
  Uni<Delegation> accept(UUID caller, byte[] codeHash) {
    Instant now = Columns.now(clock);
    return limits
        .acquire(CODES, caller.toString())
        .chain(() -> ages.requireOfAge(caller, now))
        .chain(() -> database.inTransaction(tx -> accept(tx, caller, codeHash, now)))
        .call(() -> limits.giveBack(CODES, caller.toString()));
  }

  private Uni<Delegation> accept(SqlConnection tx, UUID caller, byte[] codeHash, Instant now) {
    return repository
        .lockByCode(tx, codeHash)
        .map(found -> found.orElseThrow(Refusals::noInvitation))
        .chain(
            offer -> {
              if (offer.isHeldBy(caller)) {
                return Uni.createFrom().item(offer); // the answer was lost
              }
              var standing = Standing.of(offer, Optional.empty(), ages.borders(), now);
              if (standing.state() != Standing.State.OFFERED) {
                throw Refusals.noInvitation();
              }
              if (offer.isGivenBy(caller)) {
                throw Refusals.ownInvitation();
              }
              return repository
                  .accept(tx, offer.id(), caller)
                  .chain(() -> note(tx, "delegation.accepted", caller, offer))
                  .chain(() -> repository.lock(tx, offer.id(), caller))
                  .map(kept -> kept.orElseThrow(Refusals::noDelegation));
            });
  }

  /** Ends one, by either side. Errors: DELEGATION_NOT_FOUND, GIVEN_BY_LAW. */
  Uni<Delegation> end(UUID caller, UUID delegationId) {
    Instant now = Columns.now(clock);
    return database.inTransaction(
        tx ->
            repository
                .lock(tx, delegationId, caller)
                .map(found -> found.orElseThrow(Refusals::noDelegation))
                .chain(
                    found ->
                        found.times().ended() != null
                            ? Uni.createFrom().item(found)
                            : end(tx, caller, found, now)));
  }

  /** Ends all that the citizen gave or holds, with the account. */
  public Uni<Void> endAll(SqlConnection tx, UUID citizenId) {
    Instant now = Columns.now(clock);
    return repository
        .lockLive(tx, citizenId)
        .onItem()
        .transformToMulti(live -> Multi.createFrom().iterable(live))
        .onItem()
        .transformToUniAndConcatenate(
            live ->
                repository
                    .end(tx, live.id(), now, citizenId)
                    .chain(() -> revocations.append(tx, live)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Delegation> end(SqlConnection tx, UUID caller, Delegation delegation, Instant now) {
    if (delegation.basis() == Basis.PARENT_BY_LAW && delegation.isGivenBy(caller)) {
      throw Refusals.givenByLaw();
    }
    return repository
        .end(tx, delegation.id(), now, caller)
        .chain(() -> revocations.append(tx, delegation))
        .chain(() -> note(tx, "delegation.ended", caller, delegation))
        .chain(() -> repository.lock(tx, delegation.id(), caller))
        .map(kept -> kept.orElseThrow(Refusals::noDelegation));
  }

  /** One that the citizen gave or holds. Errors: DELEGATION_NOT_FOUND. */
  Uni<Delegation> get(UUID citizenId, UUID delegationId) {
    return repository
        .find(database.client(), delegationId, citizenId)
        .map(found -> found.orElseThrow(Refusals::noDelegation));
  }

  /** A page of what the citizen gave. */
  Uni<Page.Cut<Delegation>> given(UUID citizenId, Page page) {
    return repository
        .given(database.client(), citizenId, page, listedAfter())
        .map(rows -> cut(page, rows));
  }

  /** A page of what the citizen holds. */
  Uni<Page.Cut<Delegation>> held(UUID citizenId, Page page) {
    return repository
        .held(database.client(), citizenId, page, listedAfter())
        .map(rows -> cut(page, rows));
  }

  private Instant listedAfter() {
    return clock.instant().minus(LISTED_AFTER_THE_END);
  }

  private static Page.Cut<Delegation> cut(Page page, List<Delegation> rows) {
    return page.cut(rows, d -> List.of(d.times().created().toString(), d.id().toString()));
  }

  private Uni<Void> note(SqlConnection tx, String action, UUID caller, Delegation delegation) {
    return audit.append(
        tx,
        action,
        caller.toString(),
        delegation.parties().citizenId().toString(),
        delegation.id().toString());
  }
}
