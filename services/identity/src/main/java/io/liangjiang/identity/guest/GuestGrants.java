package io.liangjiang.identity.guest;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.guestclient.Clients;
import io.liangjiang.identity.guestclient.GuestScopes;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.GrantGuestRequest;
import io.liangjiang.identity.v1.Guest;
import io.liangjiang.identity.v1.SessionRevoked;
import io.liangjiang.identity.v1.WithdrawGuestRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What citizens grant to guests: given, seen and taken back. */
@ApplicationScoped
public class GuestGrants {
  private static final int MAX_SCOPES = 20;

  private final GuestGrantRepository repository;
  private final GuestSessions sessions;
  private final Clients clients;
  private final Database database;
  private final Idempotency idempotency;
  private final AuditRecords audit;
  private final InstantSource clock;

  GuestGrants(
      GuestGrantRepository repository,
      GuestSessions sessions,
      Clients clients,
      Database database,
      Idempotency idempotency,
      AuditRecords audit,
      InstantSource clock) {
    this.repository = repository;
    this.sessions = sessions;
    this.clients = clients;
    this.database = database;
    this.idempotency = idempotency;
    this.audit = audit;
    this.clock = clock;
  }

  /** What the citizen grants the guest, with the client's registration not looked at. */
  public Uni<List<String>> scopes(UUID citizenId, String clientId) {
    return repository.scopes(database.client(), citizenId, clientId);
  }

  /** Grants in the transaction of the citizen's decision, with the purposes of today. */
  public Uni<Void> grant(
      SqlConnection tx, UUID citizenId, RegisteredClient client, List<String> scopes) {
    return repository
        .grant(tx, citizenId, client.id(), client.scopesOf(scopes), Columns.now(clock))
        .chain(
            () ->
                audit.append(
                    tx,
                    "guest.granted",
                    citizenId.toString(),
                    citizenId.toString(),
                    client.id() + " " + String.join(" ", scopes)));
  }

  /** Errors: GUEST_NOT_FOUND. */
  Uni<Guest> get(UUID citizenId, String clientId) {
    return clients
        .find(clientId)
        .map(found -> found.orElseThrow(GuestGrants::notFound))
        .chain(() -> repository.find(database.client(), citizenId, clientId))
        .map(found -> found.orElseThrow(GuestGrants::notFound));
  }

  Uni<Page.Cut<Guest>> list(UUID citizenId, Page page) {
    return repository
        .list(database.client(), citizenId, page.isFirst() ? "" : page.keyText(0), page.limit())
        .map(rows -> page.cut(rows, guest -> List.of(guest.getClientId())));
  }

  /** Errors: GUEST_NOT_FOUND, INVALID_ARGUMENT. */
  Uni<Guest> grant(Caller caller, GrantGuestRequest request) {
    UUID citizenId = UUID.fromString(caller.subject());
    return clients
        .find(request.getClientId())
        .map(GuestGrants::miniProgram)
        .invoke(client -> requireOffered(client, request.getScopesList()))
        .chain(
            client ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    Guest.getDefaultInstance(),
                    tx ->
                        grant(tx, citizenId, client, request.getScopesList())
                            .chain(() -> repository.find(tx, citizenId, client.id()))
                            .map(found -> found.orElseThrow(GuestGrants::notFound))));
  }

  /** Errors: GUEST_NOT_FOUND. */
  Uni<Guest> withdraw(Caller caller, WithdrawGuestRequest request) {
    UUID citizenId = UUID.fromString(caller.subject());
    return clients
        .find(request.getClientId())
        .map(found -> found.orElseThrow(GuestGrants::notFound).id())
        .chain(
            clientId ->
                idempotency.once(
                    caller,
                    request.getRequestId(),
                    request,
                    Guest.getDefaultInstance(),
                    tx -> withdraw(tx, citizenId, clientId)));
  }

  private Uni<Guest> withdraw(SqlConnection tx, UUID citizenId, String clientId) {
    return repository
        .find(tx, citizenId, clientId)
        .map(found -> found.orElseThrow(GuestGrants::notFound))
        .call(() -> repository.withdraw(tx, citizenId, clientId).invoke(GuestGrants::requireSome))
        .call(() -> sessions.endAll(tx, citizenId, clientId, SessionRevoked.Reason.GUEST_WITHDRAWN))
        .call(
            () ->
                audit.append(
                    tx, "guest.withdrawn", citizenId.toString(), citizenId.toString(), clientId))
        .map(guest -> guest.toBuilder().clearGrantedScopes().clearGrantTime().build());
  }

  private static void requireSome(boolean withdrawn) {
    if (!withdrawn) {
      throw notFound();
    }
  }

  private static RegisteredClient miniProgram(Optional<RegisteredClient> found) {
    return found
        .filter(client -> client.isActive())
        .filter(client -> client.registration().getKind() == Client.Kind.MINI_PROGRAM)
        .orElseThrow(GuestGrants::notFound);
  }

  private static void requireOffered(RegisteredClient client, List<String> scopes) {
    boolean ok =
        !scopes.isEmpty()
            && scopes.size() <= MAX_SCOPES
            && scopes.contains(GuestScopes.OPENID)
            && new HashSet<>(client.scopes()).containsAll(scopes);
    new Violations()
        .require(ok, "scopes", "must be scopes that the guest offers, with openid among them")
        .throwIfAny();
  }

  private static ServiceException notFound() {
    return new ServiceException(IdentityReason.GUEST_NOT_FOUND, "no such guest");
  }
}
