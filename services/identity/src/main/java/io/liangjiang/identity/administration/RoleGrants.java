package io.liangjiang.identity.administration;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Gives roles: ordinary ones at once, powerful ones when somebody else approves. */
@ApplicationScoped
class RoleGrants {
  private static final Duration TIME_TO_DECIDE = Duration.ofDays(7);

  private final GrantRepository repository;
  private final AccountRepository accountRepository;
  private final Accounts accounts;
  private final AuditRecords audit;
  private final InstantSource clock;

  RoleGrants(
      GrantRepository repository,
      AccountRepository accountRepository,
      Accounts accounts,
      AuditRecords audit,
      InstantSource clock) {
    this.repository = repository;
    this.accountRepository = accountRepository;
    this.accounts = accounts;
    this.audit = audit;
    this.clock = clock;
  }

  /** Errors: STAFF_NOT_FOUND, ROLES_EXCLUDE_EACH_OTHER, ROLE_HELD. */
  Uni<Grant> grant(SqlConnection tx, UUID staffId, String role, String actor) {
    Instant now = Columns.now(clock);
    var proposed =
        new Grant(
            UUID.randomUUID(),
            staffId,
            role,
            Grant.State.PENDING,
            actor,
            "",
            now,
            now.plus(TIME_TO_DECIDE),
            null);
    return accountRepository
        .waitForTurn(tx)
        .chain(() -> StaffRoles.isPowerful(role) ? propose(tx, proposed) : give(tx, proposed, now));
  }

  private Uni<Grant> give(SqlConnection tx, Grant grant, Instant now) {
    return accounts
        .give(tx, grant.staffId(), grant.role(), grant.proposedBy())
        .chain(() -> repository.put(tx, grant.decided(Grant.State.GRANTED, "", now)));
  }

  private Uni<Grant> propose(SqlConnection tx, Grant grant) {
    return accounts
        .requireMayHold(tx, grant.staffId(), grant.role())
        .chain(() -> repository.isPending(tx, grant.staffId(), grant.role(), grant.createTime()))
        .invoke(RoleGrants::requireNone)
        .chain(() -> repository.put(tx, grant))
        .call(() -> note(tx, "staff.roleProposed", grant.proposedBy(), grant));
  }

  private static void requireNone(boolean pending) {
    if (pending) {
      throw new ServiceException(IdentityReason.ROLE_HELD, "the role is proposed already");
    }
  }

  /** Errors: ROLE_GRANT_NOT_FOUND, ROLE_GRANT_DECIDED, ROLE_GRANT_EXPIRED, FOUR_EYES_REQUIRED. */
  Uni<Grant> approve(SqlConnection tx, UUID id, String actor) {
    return accountRepository
        .waitForTurn(tx)
        .chain(() -> open(tx, id))
        .invoke(grant -> requireOther(grant, actor))
        .call(grant -> accounts.give(tx, grant.staffId(), grant.role(), actor))
        .chain(
            grant ->
                repository.put(tx, grant.decided(Grant.State.GRANTED, actor, Columns.now(clock))));
  }

  /** Errors: ROLE_GRANT_NOT_FOUND, ROLE_GRANT_DECIDED, ROLE_GRANT_EXPIRED. */
  Uni<Grant> reject(SqlConnection tx, UUID id, String actor) {
    return open(tx, id)
        .chain(
            grant ->
                repository.put(tx, grant.decided(Grant.State.REJECTED, actor, Columns.now(clock))))
        .call(grant -> note(tx, "staff.roleRejected", actor, grant));
  }

  /** A page of grants, newest first. */
  Uni<Page.Cut<Grant>> list(boolean pendingOnly, Page page) {
    return repository.list(accountRepository.client(), pendingOnly, page, Columns.now(clock));
  }

  private Uni<Grant> open(SqlConnection tx, UUID id) {
    return repository
        .lock(tx, id)
        .invoke(
            grant -> {
              if (grant.state() != Grant.State.PENDING) {
                throw new ServiceException(
                    IdentityReason.ROLE_GRANT_DECIDED, "the grant was decided before");
              }
              if (grant.isExpired(clock.instant())) {
                throw new ServiceException(
                    IdentityReason.ROLE_GRANT_EXPIRED, "nobody decided in time; propose it again");
              }
            });
  }

  private static void requireOther(Grant grant, String actor) {
    if (actor.equals(grant.proposedBy()) || actor.equals(grant.staffId().toString())) {
      throw new ServiceException(
          IdentityReason.FOUR_EYES_REQUIRED, "somebody else has to approve this");
    }
  }

  private Uni<Void> note(SqlConnection tx, String action, String actor, Grant grant) {
    return audit.append(tx, action, actor, grant.staffId().toString(), grant.role());
  }
}
