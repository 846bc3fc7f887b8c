package io.liangjiang.identity.administration;

import com.google.protobuf.Message;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.staff.StaffMembers;
import io.liangjiang.identity.v1.RoleGrant;
import io.liangjiang.identity.v1.StaffAccount;
import io.liangjiang.identity.v1.StaffCredentials;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Requests of administrators, each done once. */
@ApplicationScoped
class Administration {
  /** A request of somebody. */
  record Order(Caller caller, String requestId, Message request) {
    String actor() {
      return caller.subject();
    }
  }

  private final Idempotency idempotency;
  private final Database database;
  private final StaffMembers members;
  private final AccountRepository repository;
  private final Accounts accounts;
  private final InitialPasswords passwords;
  private final InstantSource clock;

  @SuppressWarnings("checkstyle:ParameterNumber") // where the parts of a request meet
  Administration(
      Idempotency idempotency,
      Database database,
      StaffMembers members,
      AccountRepository repository,
      Accounts accounts,
      InitialPasswords passwords,
      InstantSource clock) {
    this.idempotency = idempotency;
    this.database = database;
    this.members = members;
    this.repository = repository;
    this.accounts = accounts;
    this.passwords = passwords;
    this.clock = clock;
  }

  /** Opens an account with a password to be handed over. */
  Uni<StaffCredentials> open(
      Order order, String username, List<String> roles, String organisationId) {
    UUID requestId = UUID.fromString(order.requestId);
    var account =
        new Account(
            UUID.randomUUID(),
            username,
            roles,
            organisationId,
            false,
            true,
            requestId,
            Columns.now(clock));
    return members
        .hash(passwords.of(account.id(), requestId))
        .chain(hash -> change(order, tx -> accounts.open(tx, account, hash, order.actor())))
        .chain(opened -> credentials(opened, requestId));
  }

  /** Replaces a password by one to be handed over. */
  Uni<StaffCredentials> reset(Order order, UUID staffId) {
    UUID requestId = UUID.fromString(order.requestId);
    return members
        .hash(passwords.of(staffId, requestId))
        .chain(
            hash ->
                change(order, tx -> accounts.reset(tx, staffId, hash, requestId, order.actor())))
        .chain(account -> credentials(account, requestId));
  }

  /** Errors: STAFF_NOT_FOUND. */
  Uni<Account> get(UUID staffId) {
    return repository.get(database.client(), staffId);
  }

  /** A page of accounts, by user name. */
  Uni<Page.Cut<Account>> list(Page page) {
    return repository.list(page);
  }

  /** Changes an account once a request. */
  Uni<StaffAccount> change(Order order, Function<SqlConnection, Uni<Account>> effect) {
    return idempotency.once(
        order.caller,
        order.requestId,
        order.request,
        StaffAccount.getDefaultInstance(),
        tx -> effect.apply(tx).map(StaffProto::account));
  }

  /** Decides about a grant once a request. */
  Uni<RoleGrant> decide(Order order, Function<SqlConnection, Uni<Grant>> effect) {
    return idempotency.once(
        order.caller,
        order.requestId,
        order.request,
        RoleGrant.getDefaultInstance(),
        tx -> effect.apply(tx).map(grant -> StaffProto.grant(grant, clock.instant())));
  }

  /**
   * A member changes their own password. Errors: INVALID_CREDENTIALS, PASSWORD_TOO_WEAK,
   * STAFF_SUSPENDED, TOO_MANY_ATTEMPTS.
   */
  Uni<StaffAccount> changePassword(
      String username, String password, String newPassword, String address) {
    return members
        .authenticateToChange(username, password, newPassword, address)
        .chain(change -> changePassword(change, password, newPassword))
        .map(StaffProto::account);
  }

  private Uni<Account> changePassword(
      StaffMembers.Change change, String password, String newPassword) {
    var member = change.member();
    if (change.isDone()) {
      return get(member.id());
    }
    if (!PasswordRule.accepts(member.username(), password, newPassword)) {
      throw new ServiceException(
              IdentityReason.PASSWORD_TOO_WEAK, "the new password is too easy to guess")
          .violation(
              "new_password",
              "must have 12 to 128 characters, 5 of them different, be new and not hold the user"
                  + " name");
    }
    return members
        .hash(newPassword)
        .chain(
            hash -> database.inTransaction(tx -> accounts.changePassword(tx, member.id(), hash)));
  }

  /**
   * The answer never stores the password: it is worked out again as long as it is the account's.
   */
  private Uni<StaffCredentials> credentials(StaffAccount answered, UUID requestId) {
    UUID staffId = UUID.fromString(answered.getStaffId());
    return repository
        .get(database.client(), staffId)
        .map(
            account ->
                StaffCredentials.newBuilder()
                    .setAccount(answered)
                    .setInitialPassword(
                        account.hasPasswordOf(requestId) ? passwords.of(staffId, requestId) : "")
                    .build());
  }
}
