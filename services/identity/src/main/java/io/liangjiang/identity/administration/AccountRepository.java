package io.liangjiang.identity.administration;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table staff, for those who administer it. */
@ApplicationScoped
class AccountRepository {
  /** Changes of accounts are few: one after the other, so that the last administrator stays. */
  private static final String ONE_AT_A_TIME =
      "select pg_advisory_xact_lock(hashtextextended('identity.staff', 0))";

  private static final String INSERT =
      """
      insert into staff (staff_id, username, password_hash, roles, organisation_id, origin, create_time,
        password_change_required, password_request_id)
      values ($1, $2, $3, $4, $5, 'ADMINISTRATION', $6, true, $7)
      """;
  private static final String INSERT_FIRST =
      """
      insert into staff (staff_id, username, password_hash, roles, organisation_id, origin, create_time,
        password_change_required)
      values ($1, $2, $3, $4, $5, 'ADMINISTRATION', $6, true)
      on conflict do nothing
      """;
  private static final String FIND = "select * from staff where staff_id = $1";
  private static final String LIST =
      "select * from staff where username > $1 order by username limit $2";
  private static final String SET_ROLES = "update staff set roles = $2 where staff_id = $1";
  private static final String SET_STATE = "update staff set state = $2 where staff_id = $1";
  private static final String GIVE_PASSWORD =
      """
      update staff set password_hash = $2, password_change_required = true, password_request_id = $3
      where staff_id = $1
      """;
  private static final String CHANGE_PASSWORD =
      """
      update staff set password_hash = $2, password_change_required = false, password_request_id = null
      where staff_id = $1
      """;
  private static final String COUNT_HOLDERS =
      "select count(*) from staff where $1 = any (roles) and state = 'ACTIVE'";

  private final Database database;

  AccountRepository(Database database) {
    this.database = database;
  }

  SqlClient client() {
    return database.client();
  }

  Uni<Void> waitForTurn(SqlConnection tx) {
    return tx.query(ONE_AT_A_TIME).execute().replaceWithVoid();
  }

  /** Errors: USERNAME_TAKEN. */
  Uni<Void> insert(SqlConnection tx, Account account, String passwordHash) {
    return tx.preparedQuery(INSERT)
        .execute(values(account, passwordHash).addValue(account.passwordRequestId()))
        .replaceWithVoid()
        .onFailure(e -> DatabaseErrors.isUniqueViolation(e, "staff_username_key"))
        .transform(
            e -> new ServiceException(IdentityReason.USERNAME_TAKEN, "the user name is taken"));
  }

  /** Unless the name is there already. */
  Uni<Void> insertFirst(SqlConnection tx, Account account, String passwordHash) {
    return tx.preparedQuery(INSERT_FIRST).execute(values(account, passwordHash)).replaceWithVoid();
  }

  /** Errors: STAFF_NOT_FOUND. */
  Uni<Account> get(SqlClient client, UUID staffId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(staffId))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new ServiceException(IdentityReason.STAFF_NOT_FOUND, "no such account");
              }
              return account(rows.iterator().next());
            });
  }

  Uni<Page.Cut<Account>> list(Page page) {
    return client()
        .preparedQuery(LIST)
        .execute(Tuple.of(page.isFirst() ? "" : page.keyText(0), page.limit()))
        .map(AccountRepository::accounts)
        .map(rows -> page.cut(rows, account -> List.of(account.username())));
  }

  Uni<Void> setRoles(SqlConnection tx, UUID staffId, List<String> roles) {
    return tx.preparedQuery(SET_ROLES)
        .execute(Tuple.of(staffId, roles.toArray(String[]::new)))
        .replaceWithVoid();
  }

  Uni<Void> setSuspended(SqlConnection tx, UUID staffId, boolean suspended) {
    return tx.preparedQuery(SET_STATE)
        .execute(Tuple.of(staffId, suspended ? "SUSPENDED" : "ACTIVE"))
        .replaceWithVoid();
  }

  Uni<Void> givePassword(SqlConnection tx, UUID staffId, String hash, UUID requestId) {
    return tx.preparedQuery(GIVE_PASSWORD)
        .execute(Tuple.of(staffId, hash, requestId))
        .replaceWithVoid();
  }

  Uni<Void> changePassword(SqlConnection tx, UUID staffId, String hash) {
    return tx.preparedQuery(CHANGE_PASSWORD).execute(Tuple.of(staffId, hash)).replaceWithVoid();
  }

  /** How many active accounts hold a role. */
  Uni<Long> countHolders(SqlClient client, String role) {
    return client
        .preparedQuery(COUNT_HOLDERS)
        .execute(Tuple.of(role))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static Tuple values(Account account, String passwordHash) {
    return Tuple.tuple()
        .addUUID(account.id())
        .addString(account.username())
        .addString(passwordHash)
        .addArrayOfString(account.roles().toArray(String[]::new))
        .addString(account.organisationId())
        .addOffsetDateTime(ProtoTime.database(account.createTime()));
  }

  private static List<Account> accounts(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(AccountRepository::account).toList();
  }

  private static Account account(Row row) {
    return new Account(
        row.getUUID("staff_id"),
        row.getString("username"),
        List.of(row.getArrayOfStrings("roles")),
        row.getString("organisation_id"),
        row.getString("state").equals("SUSPENDED"),
        row.getBoolean("password_change_required"),
        row.getUUID("password_request_id"),
        Columns.instant(row, "create_time"));
  }
}
