package io.liangjiang.identity.guest;

import io.liangjiang.identity.v1.ClientScope;
import io.liangjiang.identity.v1.Guest;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table guest_grant. */
@ApplicationScoped
class GuestGrantRepository {
  private static final String GRANT =
      """
      insert into guest_grant (citizen_id, client_id, scope, purpose, grant_time)
      select $1, $2, scope, purpose, $5 from unnest($3::text[], $4::text[]) as n (scope, purpose)
      order by scope
      on conflict (citizen_id, client_id, scope) do update set purpose = excluded.purpose
      """;
  private static final String SCOPES =
      "select scope from guest_grant where citizen_id = $1 and client_id = $2 order by scope";
  private static final String LOCK_SCOPES = SCOPES + " for share";
  private static final String WITHDRAW =
      "delete from guest_grant where citizen_id = $1 and client_id = $2";
  private static final String GUEST =
      """
      select c.client_id, c.display_name, c.purpose, c.scopes, c.scope_purposes,
        array_agg(g.scope order by g.scope) filter (where g.scope is not null) as granted,
        array_agg(g.purpose order by g.scope) filter (where g.scope is not null)
          as granted_purposes,
        min(g.grant_time) as grant_time
      from guest_client c
        %s join guest_grant g on g.client_id = c.client_id and g.citizen_id = $1
      where %s
      group by c.client_id order by c.client_id limit $3
      """;
  private static final String LIST = GUEST.formatted("", "c.client_id > $2");
  private static final String FIND =
      GUEST.formatted(
          "left",
          "c.client_id = $2 and c.kind <> 'MACHINE' and (c.state = 'ACTIVE' or g.scope is not"
              + " null)");

  Uni<Void> grant(
      SqlConnection tx, UUID citizenId, String clientId, List<ClientScope> scopes, Instant now) {
    return tx.preparedQuery(GRANT)
        .execute(
            Tuple.from(
                List.of(
                    citizenId,
                    clientId,
                    scopes.stream().map(ClientScope::getScope).toArray(String[]::new),
                    scopes.stream().map(ClientScope::getPurpose).toArray(String[]::new),
                    ProtoTime.database(now))))
        .replaceWithVoid();
  }

  /** What the citizen grants the guest. */
  Uni<List<String>> scopes(SqlClient client, UUID citizenId, String clientId) {
    return client
        .preparedQuery(SCOPES)
        .execute(Tuple.of(citizenId, clientId))
        .map(GuestGrantRepository::names);
  }

  /** The same, kept from being withdrawn until the transaction ends. */
  Uni<List<String>> lockScopes(SqlConnection tx, UUID citizenId, String clientId) {
    return tx.preparedQuery(LOCK_SCOPES)
        .execute(Tuple.of(citizenId, clientId))
        .map(GuestGrantRepository::names);
  }

  /** Takes all back; false when there was nothing. */
  Uni<Boolean> withdraw(SqlConnection tx, UUID citizenId, String clientId) {
    return tx.preparedQuery(WITHDRAW)
        .execute(Tuple.of(citizenId, clientId))
        .map(rows -> rows.rowCount() > 0);
  }

  /** Guests to which the citizen granted something, by client id, at most so many. */
  Uni<List<Guest>> list(SqlClient client, UUID citizenId, String after, int limit) {
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(citizenId, after, limit))
        .map(GuestGrantRepository::guests);
  }

  /** A guest that is let in, or to which something is granted. */
  Uni<Optional<Guest>> find(SqlClient client, UUID citizenId, String clientId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(citizenId, clientId, 1))
        .map(rows -> guests(rows).stream().findFirst());
  }

  private static List<String> names(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(row -> row.getString("scope"))
        .toList();
  }

  private static List<Guest> guests(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false)
        .map(GuestGrantRepository::guest)
        .toList();
  }

  private static Guest guest(Row row) {
    var guest =
        Guest.newBuilder()
            .setClientId(row.getString("client_id"))
            .setDisplayName(row.getString("display_name"))
            .setPurpose(row.getString("purpose"))
            .addAllOfferedScopes(scopes(row, "scopes", "scope_purposes"));
    OffsetDateTime granted = row.getOffsetDateTime("grant_time");
    if (granted != null) {
      guest
          .addAllGrantedScopes(scopes(row, "granted", "granted_purposes"))
          .setGrantTime(ProtoTime.timestamp(granted));
    }
    return guest.build();
  }

  private static List<ClientScope> scopes(Row row, String names, String purposes) {
    String[] name = row.getArrayOfStrings(names);
    String[] purpose = row.getArrayOfStrings(purposes);
    List<ClientScope> scopes = new ArrayList<>();
    for (int i = 0; i < name.length; i++) {
      scopes.add(ClientScope.newBuilder().setScope(name[i]).setPurpose(purpose[i]).build());
    }
    return scopes;
  }
}
