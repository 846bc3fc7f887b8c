package io.liangjiang.identity.method;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.citizen.WaysIn;
import io.liangjiang.identity.session.Sessions;
import io.liangjiang.identity.session.StepUps;
import io.liangjiang.identity.v1.SignInMethod;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.identity.v1.UnlinkSignInMethodRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The caller's ways to sign in: which there are, one more, one less. */
@ApplicationScoped
class Methods {
  private static final int MAX_METHODS = 20;

  private final MethodRepository repository;
  private final StepUps stepUps;
  private final Sessions sessions;
  private final WaysIn waysIn;
  private final Idempotency idempotency;
  private final Database database;

  Methods(
      MethodRepository repository,
      StepUps stepUps,
      Sessions sessions,
      WaysIn waysIn,
      Idempotency idempotency,
      Database database) {
    this.repository = repository;
    this.stepUps = stepUps;
    this.sessions = sessions;
    this.waysIn = waysIn;
    this.idempotency = idempotency;
    this.database = database;
  }

  /** A page of the caller's. */
  Uni<Page.Cut<Method>> list(Caller caller, Page page) {
    if (!Violations.isUuid(caller.subject())) {
      return Uni.createFrom().item(new Page.Cut<>(List.of(), ""));
    }
    return repository
        .list(database.client(), Account.of(caller), page)
        .map(rows -> page.cut(rows, m -> List.of(m.createTime().toString(), m.id().toString())));
  }

  /**
   * Adds one in a transaction, and ends the sessions of those whose place it takes. Errors:
   * TOO_MANY_SIGN_IN_METHODS, and those of the work.
   *
   * @param work keeps it; its id, and whether it is new
   */
  Uni<SignInMethod> add(SqlConnection tx, Caller caller, Function<SqlConnection, Uni<Kept>> work) {
    Account account = Account.of(caller);
    return repository
        .lock(tx, account)
        .chain(() -> repository.count(tx, account))
        .invoke(Methods::requireRoom)
        .chain(() -> work.apply(tx))
        .chain(
            kept ->
                repository
                    .find(tx, account, kept.methodId())
                    .map(found -> found.orElseThrow(Methods::notFound))
                    .call(
                        method ->
                            kept.isNew()
                                ? waysIn.linked(tx, account.id(), way(method))
                                : Uni.createFrom().voidItem())
                    .call(() -> sessions.endOpenedWith(tx, caller, kept.outdated())))
        .map(MethodProto::method);
  }

  /**
   * What was kept.
   *
   * @param outdated methods whose place it takes
   */
  record Kept(UUID methodId, boolean isNew, List<UUID> outdated) {}

  /**
   * Removes one. Errors: STEP_UP_REQUIRED, SIGN_IN_METHOD_NOT_FOUND, LAST_SIGN_IN_METHOD,
   * REQUEST_ID_REUSED.
   */
  Uni<SignInMethod> unlink(Caller caller, UnlinkSignInMethodRequest request) {
    Account account = Account.of(caller);
    UUID methodId = UUID.fromString(request.getSignInMethodId());
    return stepUps
        .require(caller)
        .chain(
            () ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    SignInMethod.getDefaultInstance(),
                    tx -> unlink(tx, caller, account, methodId)));
  }

  private Uni<SignInMethod> unlink(
      SqlConnection tx, Caller caller, Account account, UUID methodId) {
    return repository
        .lock(tx, account)
        .chain(() -> repository.find(tx, account, methodId))
        .map(found -> found.orElseThrow(Methods::notFound))
        .call(() -> repository.count(tx, account).invoke(left -> requireOther(account, left)))
        .call(method -> repository.delete(tx, method))
        .call(method -> sessions.endOpenedWith(tx, caller, List.of(method.id())))
        .call(method -> waysIn.unlinked(tx, account.id(), way(method)))
        .map(MethodProto::method);
  }

  private static WaysIn.Way way(Method method) {
    return new WaysIn.Way(method.id(), SignInMethodKind.valueOf(method.kind().name()));
  }

  private static void requireRoom(long methods) {
    if (methods >= MAX_METHODS) {
      throw new ServiceException(
          IdentityReason.TOO_MANY_SIGN_IN_METHODS, "an account has 20 ways to sign in at most");
    }
  }

  /** Staff have their password besides. */
  private static void requireOther(Account account, long methods) {
    if (account.isCitizen() && methods <= 1) {
      throw new ServiceException(
          IdentityReason.LAST_SIGN_IN_METHOD, "it is the only way into the account");
    }
  }

  private static ServiceException notFound() {
    return new ServiceException(
        IdentityReason.SIGN_IN_METHOD_NOT_FOUND, "the caller has no such way to sign in");
  }
}
