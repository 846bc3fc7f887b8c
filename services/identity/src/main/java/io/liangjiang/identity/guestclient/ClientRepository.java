package io.liangjiang.identity.guestclient;

import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.Client;
import io.liangjiang.identity.v1.ClientScope;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The table guest_client. */
@ApplicationScoped
class ClientRepository {
  private static final String INSERT =
      """
      insert into guest_client (client_id, display_name, purpose, kind, redirect_uris,
        post_logout_redirect_uris, jwks, scopes, scope_purposes, audiences, serves, sector,
        requests_per_minute, requests_per_day, state, create_time, update_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'ACTIVE', $15, $15)
      on conflict do nothing returning *
      """;
  private static final String UPDATE =
      """
      update guest_client set display_name = $2, purpose = $3, kind = $4, redirect_uris = $5,
        post_logout_redirect_uris = $6, jwks = $7, scopes = $8, scope_purposes = $9,
        audiences = $10, serves = $11, sector = $12, requests_per_minute = $13,
        requests_per_day = $14, update_time = $15
      where client_id = $1 returning *
      """;
  private static final String SUSPEND =
      """
      update guest_client set state = 'SUSPENDED', suspend_time = $2, update_time = $2
      where client_id = $1 returning *
      """;
  private static final String RESUME =
      """
      update guest_client set state = 'ACTIVE', update_time = $2 where client_id = $1 returning *
      """;
  private static final String FIND = "select * from guest_client where client_id = $1";
  private static final String LOCK = FIND + " for update";
  private static final String LIST =
      "select * from guest_client where client_id > $1 order by client_id limit $2";

  /** Registers it; nothing when the id is taken. */
  Uni<Optional<RegisteredClient>> insert(SqlConnection tx, Client client, Instant now) {
    return tx.preparedQuery(INSERT).execute(values(client, now)).map(ClientRepository::first);
  }

  /** Replaces what is registered under the client's id. */
  Uni<Optional<RegisteredClient>> update(SqlConnection tx, Client client, Instant now) {
    return tx.preparedQuery(UPDATE).execute(values(client, now)).map(ClientRepository::first);
  }

  Uni<Optional<RegisteredClient>> suspend(SqlConnection tx, String clientId, Instant now) {
    return tx.preparedQuery(SUSPEND)
        .execute(Tuple.of(clientId, ProtoTime.database(now)))
        .map(ClientRepository::first);
  }

  Uni<Optional<RegisteredClient>> resume(SqlConnection tx, String clientId, Instant now) {
    return tx.preparedQuery(RESUME)
        .execute(Tuple.of(clientId, ProtoTime.database(now)))
        .map(ClientRepository::first);
  }

  Uni<Optional<RegisteredClient>> find(SqlClient client, String clientId) {
    return client.preparedQuery(FIND).execute(Tuple.of(clientId)).map(ClientRepository::first);
  }

  /** The client, kept from changing until the transaction ends. */
  Uni<Optional<RegisteredClient>> lock(SqlConnection tx, String clientId) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(clientId)).map(ClientRepository::first);
  }

  /** Clients by id, at most so many. */
  Uni<List<RegisteredClient>> list(SqlClient client, String after, int limit) {
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(after, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(ClientRepository::read)
                    .toList());
  }

  private static Tuple values(Client client, Instant now) {
    return Tuple.from(
        List.of(
            client.getClientId(),
            client.getDisplayName(),
            client.getPurpose(),
            client.getKind().name(),
            client.getRedirectUrisList().toArray(String[]::new),
            client.getPostLogoutRedirectUrisList().toArray(String[]::new),
            client.getJwks(),
            client.getScopesList().stream().map(ClientScope::getScope).toArray(String[]::new),
            client.getScopesList().stream().map(ClientScope::getPurpose).toArray(String[]::new),
            client.getAudiencesList().toArray(String[]::new),
            client.getServesList().toArray(String[]::new),
            client.getSector(),
            client.getRequestsPerMinute(),
            client.getRequestsPerDay(),
            ProtoTime.database(now)));
  }

  private static Optional<RegisteredClient> first(RowSet<Row> rows) {
    var iterator = rows.iterator();
    return iterator.hasNext() ? Optional.of(read(iterator.next())) : Optional.empty();
  }

  private static RegisteredClient read(Row row) {
    var client =
        Client.newBuilder()
            .setClientId(row.getString("client_id"))
            .setDisplayName(row.getString("display_name"))
            .setPurpose(row.getString("purpose"))
            .setKind(Client.Kind.valueOf(row.getString("kind")))
            .addAllRedirectUris(texts(row, "redirect_uris"))
            .addAllPostLogoutRedirectUris(texts(row, "post_logout_redirect_uris"))
            .setJwks(row.getString("jwks"))
            .addAllAudiences(texts(row, "audiences"))
            .addAllServes(texts(row, "serves"))
            .setSector(row.getString("sector"))
            .setRequestsPerMinute(row.getInteger("requests_per_minute"))
            .setRequestsPerDay(row.getInteger("requests_per_day"))
            .setState(Client.State.valueOf(row.getString("state")))
            .setCreateTime(ProtoTime.timestamp(row.getOffsetDateTime("create_time")))
            .setUpdateTime(ProtoTime.timestamp(row.getOffsetDateTime("update_time")));
    List<String> purposes = texts(row, "scope_purposes");
    List<String> scopes = texts(row, "scopes");
    for (int i = 0; i < scopes.size(); i++) {
      client.addScopes(
          ClientScope.newBuilder().setScope(scopes.get(i)).setPurpose(purposes.get(i)));
    }
    return new RegisteredClient(client.build(), Columns.instantOrNull(row, "suspend_time"));
  }

  private static List<String> texts(Row row, String column) {
    return List.of(row.getArrayOfStrings(column));
  }
}
