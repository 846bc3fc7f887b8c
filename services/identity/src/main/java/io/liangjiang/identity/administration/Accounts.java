package io.liangjiang.identity.administration;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.organisation.Organisations;
import io.liangjiang.identity.session.Sessions;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What administrators do to accounts, each inside the transaction of its request. Whoever loses a
 * power loses the sessions that carry it.
 */
@ApplicationScoped
class Accounts {
  private final AccountRepository repository;
  private final Organisations organisations;
  private final Sessions sessions;
  private final AuditRecords audit;

  Accounts(
      AccountRepository repository,
      Organisations organisations,
      Sessions sessions,
      AuditRecords audit) {
    this.repository = repository;
    this.organisations = organisations;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** Errors: ORGANISATION_NOT_FOUND, ROLES_EXCLUDE_EACH_OTHER, USERNAME_TAKEN. */
  Uni<Account> open(SqlConnection tx, Account account, String passwordHash, String actor) {
    String organisation = account.organisationId();
    if (!account.roles().isEmpty() && organisation.isEmpty()) {
      throw excluded("these roles are held for an organisation");
    }
    Uni<?> known =
        organisation.isEmpty() ? Uni.createFrom().voidItem() : organisations.get(tx, organisation);
    return known
        .chain(() -> repository.insert(tx, account, passwordHash))
        .chain(() -> note(tx, "staff.created", actor, account, account.roles() + organisation))
        .replaceWith(account);
  }

  /**
   * Gives a role that may be held. Errors: STAFF_NOT_FOUND, ROLE_HELD, ROLES_EXCLUDE_EACH_OTHER.
   */
  Uni<Account> give(SqlConnection tx, UUID staffId, String role, String actor) {
    return requireMayHold(tx, staffId, role)
        .chain(
            account -> {
              List<String> roles = new ArrayList<>(account.roles());
              roles.add(role);
              return repository
                  .setRoles(tx, staffId, roles)
                  .chain(() -> note(tx, "staff.roleGranted", actor, account, role));
            })
        .chain(() -> repository.get(tx, staffId));
  }

  /** The account, for which the role is possible. Errors as {@link #give}. */
  Uni<Account> requireMayHold(SqlConnection tx, UUID staffId, String role) {
    return repository
        .get(tx, staffId)
        .invoke(
            account -> {
              if (account.roles().contains(role)) {
                throw new ServiceException(IdentityReason.ROLE_HELD, "the role is held already");
              }
              if (!StaffRoles.mayHold(account.roles(), account.organisationId(), role)) {
                throw excluded("the role cannot be held beside " + account.roles());
              }
            });
  }

  /** Errors: STAFF_NOT_FOUND, ROLE_NOT_HELD, LAST_ADMINISTRATOR. */
  Uni<Account> withdraw(SqlConnection tx, UUID staffId, String role, String actor) {
    return repository
        .waitForTurn(tx)
        .chain(() -> repository.get(tx, staffId))
        .chain(
            account -> {
              if (!account.roles().contains(role)) {
                throw new ServiceException(IdentityReason.ROLE_NOT_HELD, "the role is not held");
              }
              List<String> left = account.roles().stream().filter(r -> !r.equals(role)).toList();
              return requireSuccessors(tx, account, List.of(role))
                  .chain(() -> repository.setRoles(tx, staffId, left))
                  .chain(() -> sessions.endAll(tx, staffId, actor))
                  .chain(() -> note(tx, "staff.roleWithdrawn", actor, account, role));
            })
        .chain(() -> repository.get(tx, staffId));
  }

  /** Errors: STAFF_NOT_FOUND, LAST_ADMINISTRATOR. */
  Uni<Account> suspend(SqlConnection tx, UUID staffId, String actor) {
    return repository
        .waitForTurn(tx)
        .chain(() -> repository.get(tx, staffId))
        .chain(
            account ->
                account.suspended()
                    ? Uni.createFrom().voidItem()
                    : requireSuccessors(tx, account, account.roles())
                        .chain(() -> repository.setSuspended(tx, staffId, true))
                        .chain(() -> sessions.endAll(tx, staffId, actor))
                        .chain(() -> note(tx, "staff.suspended", actor, account, "")))
        .chain(() -> repository.get(tx, staffId));
  }

  /** Errors: STAFF_NOT_FOUND. */
  Uni<Account> resume(SqlConnection tx, UUID staffId, String actor) {
    return repository
        .get(tx, staffId)
        .chain(
            account ->
                account.suspended()
                    ? repository
                        .setSuspended(tx, staffId, false)
                        .chain(() -> note(tx, "staff.resumed", actor, account, ""))
                    : Uni.createFrom().voidItem())
        .chain(() -> repository.get(tx, staffId));
  }

  /** Errors: STAFF_NOT_FOUND, OWN_ACCOUNT. */
  Uni<Account> reset(
      SqlConnection tx, UUID staffId, String passwordHash, UUID requestId, String actor) {
    if (actor.equals(staffId.toString())) {
      throw new ServiceException(IdentityReason.OWN_ACCOUNT, "change your own password instead");
    }
    return repository
        .get(tx, staffId)
        .chain(
            account ->
                repository
                    .givePassword(tx, staffId, passwordHash, requestId)
                    .chain(() -> sessions.endAll(tx, staffId, actor))
                    .chain(() -> note(tx, "staff.passwordReset", actor, account, "")))
        .chain(() -> repository.get(tx, staffId));
  }

  /** Its own member changed the password. */
  Uni<Account> changePassword(SqlConnection tx, UUID staffId, String passwordHash) {
    String self = staffId.toString();
    return repository
        .changePassword(tx, staffId, passwordHash)
        .chain(() -> sessions.endAll(tx, staffId, self))
        .chain(() -> repository.get(tx, staffId))
        .call(account -> note(tx, "staff.passwordChanged", self, account, ""));
  }

  /** Somebody else must be left in each needed role that the account loses. */
  private Uni<Void> requireSuccessors(SqlConnection tx, Account account, List<String> lost) {
    Uni<Void> checked = Uni.createFrom().voidItem();
    if (account.suspended()) {
      return checked;
    }
    for (String role : lost) {
      if (StaffRoles.isNeeded(role)) {
        checked =
            checked
                .chain(() -> repository.countHolders(tx, role))
                .invoke(Accounts::requireMore)
                .replaceWithVoid();
      }
    }
    return checked;
  }

  private static void requireMore(long holders) {
    if (holders <= 1) {
      throw new ServiceException(
          IdentityReason.LAST_ADMINISTRATOR, "nobody else would be left in this role");
    }
  }

  private Uni<Void> note(
      SqlConnection tx, String action, String actor, Account account, String detail) {
    return audit.append(tx, action, actor, account.id().toString(), detail);
  }

  private static ServiceException excluded(String message) {
    return new ServiceException(IdentityReason.ROLES_EXCLUDE_EACH_OTHER, message);
  }
}
