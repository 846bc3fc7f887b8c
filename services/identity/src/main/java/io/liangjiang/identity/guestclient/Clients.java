package io.liangjiang.identity.guestclient;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.ClientScope;
import io.liangjiang.identity.v1.RegisterClientRequest;
import io.liangjiang.identity.v1.ResumeClientRequest;
import io.liangjiang.identity.v1.SuspendClientRequest;
import io.liangjiang.identity.v1.UpdateClientRequest;
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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Guests: registered, changed, shut out and let in again by operators, and looked up. */
@ApplicationScoped
public class Clients {
  private final ClientRepository repository;
  private final Database database;
  private final Idempotency idempotency;
  private final AuditRecords audit;
  private final InstantSource clock;

  Clients(
      ClientRepository repository,
      Database database,
      Idempotency idempotency,
      AuditRecords audit,
      InstantSource clock) {
    this.repository = repository;
    this.database = database;
    this.idempotency = idempotency;
    this.audit = audit;
    this.clock = clock;
  }

  /** The guest of that id, also a suspended one. */
  public Uni<Optional<RegisteredClient>> find(String clientId) {
    return ClientRules.isId(clientId)
        ? repository.find(database.client(), clientId)
        : Uni.createFrom().item(Optional.empty());
  }

  /** Errors: CLIENT_NOT_FOUND. */
  Uni<Client> get(String clientId) {
    return find(clientId).map(Clients::registration);
  }

  Uni<Page.Cut<Client>> list(Page page) {
    return repository
        .list(database.client(), page.isFirst() ? "" : page.keyText(0), page.limit())
        .map(rows -> rows.stream().map(RegisteredClient::registration).toList())
        .map(rows -> page.cut(rows, client -> List.of(client.getClientId())));
  }

  /** Errors: INVALID_ARGUMENT, CLIENT_ID_TAKEN. */
  Uni<Client> register(Caller operator, RegisterClientRequest request) {
    Client client = request.getClient();
    ClientRules.check(client);
    return idempotency.once(
        operator,
        request.getRequestId(),
        request,
        Client.getDefaultInstance(),
        tx ->
            repository
                .insert(tx, client, Columns.now(clock))
                .map(registered -> registered.orElseThrow(Clients::taken).registration())
                .call(() -> note(tx, "client.registered", operator, client, scopes(client))));
  }

  /** Errors: INVALID_ARGUMENT, CLIENT_NOT_FOUND. */
  Uni<Client> update(Caller operator, UpdateClientRequest request) {
    Client after = request.getClient().toBuilder().setClientId(request.getClientId()).build();
    return idempotency.once(
        operator,
        request.getRequestId(),
        request,
        Client.getDefaultInstance(),
        tx ->
            locked(tx, request.getClientId())
                .invoke(() -> ClientRules.check(after))
                .invoke(before -> ClientRules.checkChange(before, after))
                .chain(() -> repository.update(tx, after, Columns.now(clock)))
                .map(Clients::registration)
                .call(() -> note(tx, "client.updated", operator, after, scopes(after))));
  }

  /** Errors: CLIENT_NOT_FOUND. */
  Uni<Client> suspend(Caller operator, SuspendClientRequest request) {
    return idempotency.once(
        operator,
        request.getRequestId(),
        request,
        Client.getDefaultInstance(),
        tx ->
            lockState(
                tx,
                request.getClientId(),
                Client.State.SUSPENDED,
                client ->
                    repository
                        .suspend(tx, client.getClientId(), Columns.now(clock))
                        .map(Clients::registration)
                        .call(
                            () ->
                                note(
                                    tx,
                                    "client.suspended",
                                    operator,
                                    client,
                                    request.getReason()))));
  }

  /** Errors: CLIENT_NOT_FOUND. */
  Uni<Client> resume(Caller operator, ResumeClientRequest request) {
    return idempotency.once(
        operator,
        request.getRequestId(),
        request,
        Client.getDefaultInstance(),
        tx ->
            lockState(
                tx,
                request.getClientId(),
                Client.State.ACTIVE,
                client ->
                    repository
                        .resume(tx, client.getClientId(), Columns.now(clock))
                        .map(Clients::registration)
                        .call(() -> note(tx, "client.resumed", operator, client, ""))));
  }

  /** Brings the guest into a state, unless it is there. */
  private Uni<Client> lockState(
      SqlConnection tx,
      String clientId,
      Client.State wanted,
      Function<Client, Uni<Client>> change) {
    return locked(tx, clientId)
        .chain(
            client ->
                client.getState() == wanted ? Uni.createFrom().item(client) : change.apply(client));
  }

  private Uni<Client> locked(SqlConnection tx, String clientId) {
    Uni<Optional<RegisteredClient>> found =
        ClientRules.isId(clientId)
            ? repository.lock(tx, clientId)
            : Uni.createFrom().item(Optional.empty());
    return found.map(Clients::registration);
  }

  private Uni<Void> note(
      SqlConnection tx, String action, Caller operator, Client client, String detail) {
    return audit.append(tx, action, operator.subject(), client.getClientId(), detail);
  }

  private static String scopes(Client client) {
    return client.getScopesList().stream()
        .map(ClientScope::getScope)
        .collect(Collectors.joining(" "));
  }

  private static Client registration(Optional<RegisteredClient> found) {
    return found
        .orElseThrow(() -> new ServiceException(IdentityReason.CLIENT_NOT_FOUND, "no such guest"))
        .registration();
  }

  private static ServiceException taken() {
    return new ServiceException(
        IdentityReason.CLIENT_ID_TAKEN, "the client id names another guest");
  }
}
