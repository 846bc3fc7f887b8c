package io.liangjiang.identity.citizen;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.crypto.Sealed;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.sql.Rows;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.AssuranceLevel;
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
import java.util.UUID;

/** The tables citizen, sign_in_identity and citizen_phone. */
@ApplicationScoped
public class CitizenRepository {
  private static final String FIND = "select * from citizen where citizen_id = $1";
  private static final String LOCK =
      "select 1 from citizen where citizen_id = $1 for no key update";
  private static final String FIND_PHONE = "select * from citizen_phone where citizen_id = $1";
  private static final String LOCK_IDENTITY =
      "select pg_advisory_xact_lock(hashtextextended('sign_in_identity/' || $1 || '/' || $2, 0))";
  private static final String FIND_BY_IDENTITY =
      """
      select c.*, i.sign_in_method_id, i.level_ceiling
      from citizen c join sign_in_identity i using (citizen_id)
      where i.app_id = $1 and i.open_id = $2
      """;
  private static final String FIND_OPEN_ID =
      """
      select i.open_id
      from sign_in_identity i left join session s
        on s.session_id = $3 and s.account_id = i.citizen_id
          and s.sign_in_method_id = i.sign_in_method_id
      where i.citizen_id = $1 and i.app_id = $2
      order by (s.session_id is not null) desc, i.create_time desc, i.open_id limit 1
      """;
  private static final String LOCK_PHONE =
      "select pg_advisory_xact_lock(hashtextextended('citizen_phone/' || encode($1, 'hex'), 0))";
  private static final String FIND_BY_PHONE =
      """
      select c.*, p.sign_in_method_id, 'BASIC' as level_ceiling
      from citizen c join citizen_phone p using (citizen_id) where p.phone_hash = $1
      """;
  private static final String INSERT =
      "insert into citizen (citizen_id, assurance_level, create_time) values ($1, $2, $3)";
  private static final String INSERT_IDENTITY =
      """
      insert into sign_in_identity
        (app_id, open_id, union_id, citizen_id, sign_in_method_id, level_ceiling, create_time)
      values ($1, $2, nullif($3, ''), $4, $5, $6, $7)
      """;
  private static final String TAKE_PHONE =
      """
      with number as (
        delete from citizen_phone where citizen_id = $1 returning sign_in_method_id
      ), came_by_it as (
        delete from sign_in_identity i using citizen c
        where i.citizen_id = $1 and c.citizen_id = $1 and exists (select 1 from number)
          and i.level_ceiling = 'BASIC' and c.assurance_level <> 'BASIC'
        returning i.sign_in_method_id
      )
      select sign_in_method_id, 'PHONE' as kind from number
      union all select sign_in_method_id, 'MINI_PROGRAM' from came_by_it
      """;
  private static final String INSERT_PHONE =
      """
      insert into citizen_phone (citizen_id, phone_hash, phone_sealed, master_key_id, update_time)
      values ($1, $2, $3, $4, $5) returning sign_in_method_id
      """;
  private static final String SET_MASKED_PHONE =
      "update citizen set masked_phone = $2 where citizen_id = $1 returning *";
  private static final String SET_LEVEL =
      "update citizen set assurance_level = $2 where citizen_id = $1 returning *";
  private static final String SET_NAME =
      """
      update citizen set display_name = $2, assurance_level = $3 where citizen_id = $1 returning *
      """;

  /** The citizen. Errors: CITIZEN_NOT_FOUND. */
  public Uni<Citizen> require(SqlClient client, UUID citizenId) {
    return client.preparedQuery(FIND).execute(Tuple.of(citizenId)).map(CitizenRepository::one);
  }

  /** False when there is no such citizen. */
  Uni<Boolean> lock(SqlConnection tx, UUID citizenId) {
    return tx.preparedQuery(LOCK).execute(Tuple.of(citizenId)).map(Rows::isOne);
  }

  /** The citizen's phone number, sealed. */
  public Uni<Optional<Sealed>> findPhone(SqlClient client, UUID citizenId) {
    return client
        .preparedQuery(FIND_PHONE)
        .execute(Tuple.of(citizenId))
        .map(
            rows ->
                rows.iterator().hasNext()
                    ? Optional.of(phone(rows.iterator().next()))
                    : Optional.empty());
  }

  private static Sealed phone(Row row) {
    return new Sealed(row.getString("master_key_id"), Columns.bytes(row, "phone_sealed"));
  }

  /** Keeps other sign-ins of the same identity out until the transaction ends. */
  public Uni<Void> lockIdentity(SqlConnection tx, String appId, String openId) {
    return tx.preparedQuery(LOCK_IDENTITY).execute(Tuple.of(appId, openId)).replaceWithVoid();
  }

  /** The citizen whom a mini-program knows by this open id. */
  public Uni<Optional<Entry>> findByIdentity(SqlClient client, String appId, String openId) {
    return client
        .preparedQuery(FIND_BY_IDENTITY)
        .execute(Tuple.of(appId, openId))
        .map(CitizenRepository::entry);
  }

  /**
   * The open id by which a mini-program knows a citizen: that of the session if it began there,
   * else the newest.
   */
  public Uni<Optional<String>> findOpenId(
      SqlClient client, UUID citizenId, String appId, UUID sessionId) {
    return client
        .preparedQuery(FIND_OPEN_ID)
        .execute(Tuple.of(citizenId, appId, sessionId))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getString("open_id")));
  }

  /** Keeps other sign-ins with the same number out until the transaction ends. */
  public Uni<Void> lockPhone(SqlConnection tx, byte[] phoneHash) {
    return tx.preparedQuery(LOCK_PHONE)
        .execute(Tuple.of(Columns.buffer(phoneHash)))
        .replaceWithVoid();
  }

  /** The citizen to whom a number belongs. */
  public Uni<Optional<Entry>> findByPhone(SqlClient client, byte[] phoneHash) {
    return client
        .preparedQuery(FIND_BY_PHONE)
        .execute(Tuple.of(Columns.buffer(phoneHash)))
        .map(CitizenRepository::entry);
  }

  /** Opens an account. */
  public Uni<Citizen> insert(SqlConnection tx, UUID citizenId, Instant now) {
    return tx.preparedQuery(INSERT)
        .execute(Tuple.of(citizenId, AssuranceLevel.BASIC.name(), ProtoTime.database(now)))
        .replaceWith(new Citizen(citizenId, AssuranceLevel.BASIC, "", "", now));
  }

  /** Notes how the citizen signs in from a mini-program. */
  public Uni<Entry> insertIdentity(
      SqlConnection tx, Entry entry, Citizens.SignInIdentity identity, Instant now) {
    return tx.preparedQuery(INSERT_IDENTITY)
        .execute(
            Tuple.from(
                List.of(
                    identity.appId(),
                    identity.openId(),
                    identity.unionId(),
                    entry.citizen().id(),
                    entry.methodId(),
                    entry.ceiling().name(),
                    ProtoTime.database(now))))
        .replaceWith(entry);
  }

  /**
   * Takes the number away, and of an account that has proved more than a number also the
   * mini-programs that nothing but a number brought in; what was taken.
   */
  Uni<List<WaysIn.Way>> takePhone(SqlConnection tx, UUID citizenId) {
    return tx.preparedQuery(TAKE_PHONE)
        .execute(Tuple.of(citizenId))
        .map(rows -> Rows.all(rows, CitizenRepository::way));
  }

  private static WaysIn.Way way(Row row) {
    return new WaysIn.Way(
        row.getUUID("sign_in_method_id"), SignInMethodKind.valueOf(row.getString("kind")));
  }

  /** Keeps the citizen's phone number; answers the id of the sign-in method that it is. */
  Uni<UUID> insertPhone(SqlConnection tx, UUID citizenId, byte[] hash, Sealed sealed, Instant now) {
    return tx.preparedQuery(INSERT_PHONE)
        .execute(
            Tuple.of(
                citizenId,
                Columns.buffer(hash),
                Columns.buffer(sealed.bytes()),
                sealed.keyId(),
                ProtoTime.database(now)))
        .map(rows -> rows.iterator().next().getUUID("sign_in_method_id"));
  }

  /** Keeps what is shown of the citizen's phone number. */
  public Uni<Citizen> setMaskedPhone(SqlConnection tx, UUID citizenId, String masked) {
    return tx.preparedQuery(SET_MASKED_PHONE)
        .execute(Tuple.of(citizenId, masked))
        .map(CitizenRepository::one);
  }

  /** Keeps what is shown of the proved name, and the level. */
  public Uni<Citizen> setName(
      SqlConnection tx, UUID citizenId, String displayName, AssuranceLevel level) {
    return tx.preparedQuery(SET_NAME)
        .execute(Tuple.from(List.of(citizenId, displayName, level.name())))
        .map(CitizenRepository::one);
  }

  /** Sets the level that the citizen has proved. */
  Uni<Citizen> setLevel(SqlConnection tx, UUID citizenId, AssuranceLevel level) {
    return tx.preparedQuery(SET_LEVEL)
        .execute(Tuple.of(citizenId, level.name()))
        .map(CitizenRepository::one);
  }

  private static Optional<Entry> entry(RowSet<Row> rows) {
    if (rows.rowCount() == 0) {
      return Optional.empty();
    }
    Row row = rows.iterator().next();
    return Optional.of(
        new Entry(
            one(rows),
            row.getUUID("sign_in_method_id"),
            AssuranceLevel.valueOf(row.getString("level_ceiling"))));
  }

  private static Citizen one(RowSet<Row> rows) {
    if (!rows.iterator().hasNext()) {
      throw new ServiceException(IdentityReason.CITIZEN_NOT_FOUND, "no such citizen");
    }
    Row row = rows.iterator().next();
    return new Citizen(
        row.getUUID("citizen_id"),
        AssuranceLevel.valueOf(row.getString("assurance_level")),
        row.getString("display_name"),
        row.getString("masked_phone"),
        Columns.instant(row, "create_time"));
  }
}
