package io.liangjiang.identity.authorization;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.authorization.PendingAuthorization.Decision;
import io.liangjiang.identity.authorization.PendingAuthorization.State;
import io.liangjiang.identity.guest.GuestGrants;
import io.liangjiang.identity.guestclient.Clients;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** What a citizen decides in the app about a request that the page in a browser shows. */
@ApplicationScoped
class Authorizations {
  /** Codes that name no request, by citizen. */
  static final AttemptLimit BY_CITIZEN =
      new AttemptLimit("authorization-code", 50, Duration.ofMinutes(10));

  /** A request with what the deciding citizen sees beside it. */
  record Seen(PendingAuthorization request, RegisteredClient client, List<String> granted) {}

  private final AuthorizationRepository repository;
  private final Clients clients;
  private final GuestGrants grants;
  private final AttemptLimits limits;
  private final Database database;
  private final InstantSource clock;

  Authorizations(
      AuthorizationRepository repository,
      Clients clients,
      GuestGrants grants,
      AttemptLimits limits,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.clients = clients;
    this.grants = grants;
    this.limits = limits;
    this.database = database;
    this.clock = clock;
  }

  /** Errors: AUTHORIZATION_REQUEST_NOT_FOUND, TOO_MANY_ATTEMPTS. */
  Uni<Seen> get(UUID citizenId, String typed) {
    return limited(
            citizenId,
            () ->
                repository
                    .find(database.client(), requestCode(typed))
                    .map(found -> visible(found, citizenId)))
        .chain(request -> seen(request, citizenId));
  }

  /** Errors: as the contract says. */
  Uni<Seen> approve(Caller caller, String typed, List<String> scopes) {
    UUID citizenId = UUID.fromString(caller.subject());
    return limited(
            citizenId,
            () ->
                database.inTransaction(
                    tx ->
                        repository
                            .lock(tx, requestCode(typed))
                            .map(found -> visible(found, citizenId))
                            .chain(request -> approve(tx, caller, request, scopes))))
        .chain(request -> seen(request, citizenId));
  }

  /** Errors: as the contract says. */
  Uni<Seen> deny(Caller caller, String typed) {
    UUID citizenId = UUID.fromString(caller.subject());
    return limited(
            citizenId,
            () ->
                database.inTransaction(
                    tx ->
                        repository
                            .lock(tx, requestCode(typed))
                            .map(found -> visible(found, citizenId))
                            .chain(request -> deny(tx, caller, request))))
        .chain(request -> seen(request, citizenId));
  }

  private Uni<PendingAuthorization> approve(
      SqlConnection tx, Caller caller, PendingAuthorization request, List<String> scopes) {
    List<String> wanted = scopes.isEmpty() ? request.ask().scopes() : scopes;
    requireAsked(request, wanted);
    Decision before = request.decision();
    if (before != null) {
      boolean same =
          request.state() == State.APPROVED
              && new HashSet<>(before.scopes()).equals(new HashSet<>(wanted));
      return same ? Uni.createFrom().item(request) : Uni.createFrom().failure(decided());
    }
    requireLevel(request, caller);
    var decision =
        new Decision(
            UUID.fromString(caller.subject()),
            GuestScopes.common(request.ask().scopes(), wanted),
            caller.assuranceLevel(),
            Columns.now(clock));
    return clients
        .find(request.ask().clientId())
        .map(client -> honoured(client, request))
        .call(() -> repository.decide(tx, request.code(), State.APPROVED, decision))
        .call(client -> grants.grant(tx, decision.citizenId(), client, decision.scopes()))
        .chain(() -> repository.find(tx, request.code()))
        .map(Optional::orElseThrow);
  }

  private Uni<PendingAuthorization> deny(
      SqlConnection tx, Caller caller, PendingAuthorization request) {
    if (request.decision() != null) {
      return request.state() == State.DENIED
          ? Uni.createFrom().item(request)
          : Uni.createFrom().failure(decided());
    }
    var decision =
        new Decision(
            UUID.fromString(caller.subject()),
            List.of(),
            caller.assuranceLevel(),
            Columns.now(clock));
    return repository
        .decide(tx, request.code(), State.DENIED, decision)
        .chain(() -> repository.find(tx, request.code()))
        .map(Optional::orElseThrow);
  }

  private Uni<Seen> seen(PendingAuthorization request, UUID citizenId) {
    String clientId = request.ask().clientId();
    return clients
        .find(clientId)
        .map(Optional::orElseThrow)
        .chain(
            client ->
                grants
                    .scopes(citizenId, clientId)
                    .map(granted -> GuestScopes.common(request.ask().scopes(), granted))
                    .map(granted -> new Seen(request, client, granted)));
  }

  private PendingAuthorization visible(Optional<PendingAuthorization> found, UUID citizenId) {
    return found
        .filter(request -> request.isOpen(clock.instant()))
        .filter(request -> request.isVisibleTo(citizenId))
        .orElseThrow(Authorizations::notFound);
  }

  /** Looks up only while the citizen has not guessed too often, and counts what names nothing. */
  private <T> Uni<T> limited(UUID citizenId, Supplier<Uni<T>> lookUp) {
    return limits
        .requireOpen(BY_CITIZEN, citizenId.toString())
        .chain(() -> lookUp.get())
        .onFailure(Authorizations::isNotFound)
        .call(() -> limits.acquire(BY_CITIZEN, citizenId.toString()));
  }

  private static String requestCode(String typed) {
    return AuthorizationCodes.requestOf(typed).orElseThrow(Authorizations::notFound);
  }

  private static RegisteredClient honoured(
      Optional<RegisteredClient> found, PendingAuthorization request) {
    return found
        .filter(client -> client.honours(request.createTime()))
        .orElseThrow(
            () -> new ServiceException(IdentityReason.CLIENT_SUSPENDED, "the guest was shut out"));
  }

  private static void requireAsked(PendingAuthorization request, List<String> scopes) {
    new Violations()
        .require(
            new HashSet<>(request.ask().scopes()).containsAll(scopes)
                && scopes.contains(GuestScopes.OPENID),
            "scopes",
            "must be a part of what is asked for, with openid among them")
        .throwIfAny();
  }

  private static void requireLevel(PendingAuthorization request, Caller caller) {
    if (caller.assuranceLevel().getNumber() < request.ask().requiredLevel().getNumber()) {
      throw new ServiceException(
              PlatformReason.ASSURANCE_LEVEL_TOO_LOW, "the citizen must prove who they are first")
          .with("requiredLevel", request.ask().requiredLevel());
    }
  }

  private static boolean isNotFound(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == IdentityReason.AUTHORIZATION_REQUEST_NOT_FOUND;
  }

  private static ServiceException notFound() {
    return new ServiceException(
        IdentityReason.AUTHORIZATION_REQUEST_NOT_FOUND, "no such request, or it has expired");
  }

  private static ServiceException decided() {
    return new ServiceException(
        IdentityReason.AUTHORIZATION_REQUEST_DECIDED, "the request was decided otherwise before");
  }
}
