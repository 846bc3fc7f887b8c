package io.liangjiang.identity.dependant;

import io.liangjiang.identity.crypto.Sealed;
import io.liangjiang.identity.crypto.Vault;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.sql.Rows;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table dependant; name and birth date are sealed on their way in and opened on their way out.
 */
@ApplicationScoped
class DependantRepository {
  private static final String COUNT = "select count(*) from dependant where citizen_id = $1";
  private static final String INSERT =
      """
      insert into dependant (dependant_id, citizen_id, request_id, name_sealed, birth_date_sealed,
        master_key_id, relation, create_time)
      values ($1, $2, $3, $4, $5, $6, $7, $8)
      """;
  private static final String FIND_BY_REQUEST =
      "select * from dependant where citizen_id = $1 and request_id = $2";
  private static final String FIND =
      "select * from dependant where citizen_id = $1 and dependant_id = $2";
  private static final String LIST =
      """
      select * from dependant where citizen_id = $1 and (create_time, dependant_id) > ($2, $3)
      order by create_time, dependant_id limit $4
      """;
  private static final String CHILDREN_BY_LAW =
      """
      select distinct citizen_id from delegation
      where delegate_id = $1 and basis = 'PARENT_BY_LAW' order by citizen_id limit $2
      """;
  private static final int MAX_CHILDREN = 50;
  private static final UUID FIRST_ID = new UUID(0, 0);

  private final Vault vault;

  DependantRepository(Vault vault) {
    this.vault = vault;
  }

  Uni<Long> count(SqlConnection tx, UUID citizenId) {
    return tx.preparedQuery(COUNT)
        .execute(Tuple.of(citizenId))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  Uni<Void> insert(SqlConnection tx, UUID citizenId, UUID requestId, Dependant dependant) {
    Sealed name = vault.seal(dependant.name(), place("name", dependant.id()));
    Sealed birthDate =
        vault.seal(dependant.birthDate().toString(), place("birth_date", dependant.id()));
    return tx.preparedQuery(INSERT)
        .execute(
            Tuple.from(
                List.of(
                    dependant.id(),
                    citizenId,
                    requestId,
                    Columns.buffer(name.bytes()),
                    Columns.buffer(birthDate.bytes()),
                    name.keyId(),
                    dependant.relation().name(),
                    ProtoTime.database(dependant.createTime()))))
        .replaceWithVoid();
  }

  Uni<Optional<Dependant>> findByRequest(SqlConnection tx, UUID citizenId, UUID requestId) {
    return tx.preparedQuery(FIND_BY_REQUEST)
        .execute(Tuple.of(citizenId, requestId))
        .map(rows -> Rows.first(rows, this::read));
  }

  Uni<Optional<Dependant>> find(SqlClient client, UUID citizenId, UUID dependantId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(citizenId, dependantId))
        .map(rows -> Rows.first(rows, this::read));
  }

  /** In the order in which they were added, one more than the page wants. */
  Uni<List<Dependant>> list(SqlClient client, UUID citizenId, Page page) {
    Instant after = page.isFirst() ? Instant.EPOCH : page.keyInstant(0);
    UUID afterId = page.isFirst() ? FIRST_ID : page.keyUuid(1);
    return client
        .preparedQuery(LIST)
        .execute(Tuple.of(citizenId, ProtoTime.database(after), afterId, page.limit()))
        .map(rows -> Rows.all(rows, this::read));
  }

  /** Accounts of children whose parent the citizen was proved to be, also when that has ended. */
  Uni<List<UUID>> childrenByLaw(SqlClient client, UUID citizenId) {
    return client
        .preparedQuery(CHILDREN_BY_LAW)
        .execute(Tuple.of(citizenId, MAX_CHILDREN))
        .map(rows -> Rows.all(rows, row -> row.getUUID("citizen_id")));
  }

  private Dependant read(Row row) {
    UUID id = row.getUUID("dependant_id");
    String keyId = row.getString("master_key_id");
    Sealed name = new Sealed(keyId, Columns.bytes(row, "name_sealed"));
    Sealed birthDate = new Sealed(keyId, Columns.bytes(row, "birth_date_sealed"));
    return new Dependant(
        id,
        vault.openText(name, place("name", id)),
        LocalDate.parse(vault.openText(birthDate, place("birth_date", id))),
        Dependant.Relation.valueOf(row.getString("relation")),
        Columns.instant(row, "create_time"));
  }

  private static String place(String column, UUID id) {
    return "dependant." + column + "/" + id;
  }
}
