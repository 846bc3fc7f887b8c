package io.liangjiang.identity.method;

import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The view sign_in_method, and the tables under it where rows go away. */
@ApplicationScoped
class MethodRepository {
  private static final String LOCK_CITIZEN =
      "select 1 from citizen where citizen_id = $1 for no key update";
  private static final String LOCK_STAFF =
      "select 1 from staff where staff_id = $1 for no key update";
  private static final String SELECT =
      """
      select m.*, (select max(s.create_time) from session s
        where s.sign_in_method_id = m.sign_in_method_id) as last_use_time
      from sign_in_method m where m.account_kind = $1 and m.account_id = $2
      """;
  private static final String FIND = SELECT + " and m.sign_in_method_id = $3";
  private static final String LIST =
      SELECT
          + """
           and (m.create_time, m.sign_in_method_id) > ($3, $4)
          order by m.create_time, m.sign_in_method_id limit $5
          """;
  private static final String COUNT =
      "select count(*) from sign_in_method where account_kind = $1 and account_id = $2";
  private static final String DELETE_IDENTITY =
      "delete from sign_in_identity where sign_in_method_id = $1";
  private static final String DELETE_PHONE =
      """
      with gone as (delete from citizen_phone where sign_in_method_id = $1 returning citizen_id)
      update citizen set masked_phone = '' where citizen_id in (select citizen_id from gone)
      """;
  private static final String DELETE_PASSKEY = "delete from passkey where passkey_id = $1";
  private static final UUID FIRST_ID = new UUID(0, 0);

  /** Keeps other changes of the account's ways out until the transaction ends. */
  Uni<Void> lock(SqlConnection tx, Account account) {
    return tx.preparedQuery(account.isCitizen() ? LOCK_CITIZEN : LOCK_STAFF)
        .execute(Tuple.of(account.id()))
        .replaceWithVoid();
  }

  Uni<Long> count(SqlConnection tx, Account account) {
    return tx.preparedQuery(COUNT)
        .execute(Tuple.of(account.kind().name(), account.id()))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  Uni<Optional<Method>> find(SqlClient client, Account account, UUID methodId) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(account.kind().name(), account.id(), methodId))
        .map(
            rows ->
                rows.rowCount() == 0
                    ? Optional.empty()
                    : Optional.of(method(rows.iterator().next())));
  }

  /** Oldest first, one more than the page wants. */
  Uni<List<Method>> list(SqlClient client, Account account, Page page) {
    Instant after = page.isFirst() ? Instant.EPOCH : page.keyInstant(0);
    UUID afterId = page.isFirst() ? FIRST_ID : page.keyUuid(1);
    return client
        .preparedQuery(LIST)
        .execute(
            Tuple.of(
                account.kind().name(),
                account.id(),
                ProtoTime.database(after),
                afterId,
                page.limit()))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(MethodRepository::method)
                    .toList());
  }

  Uni<Void> delete(SqlConnection tx, Method method) {
    String statement =
        switch (method.kind()) {
          case MINI_PROGRAM -> DELETE_IDENTITY;
          case PHONE -> DELETE_PHONE;
          case PASSKEY -> DELETE_PASSKEY;
        };
    return tx.preparedQuery(statement).execute(Tuple.of(method.id())).replaceWithVoid();
  }

  private static Method method(Row row) {
    return new Method(
        row.getUUID("sign_in_method_id"),
        Method.Kind.valueOf(row.getString("kind")),
        row.getString("label"),
        Columns.instant(row, "create_time"),
        Columns.instantOrNull(row, "last_use_time"));
  }
}
