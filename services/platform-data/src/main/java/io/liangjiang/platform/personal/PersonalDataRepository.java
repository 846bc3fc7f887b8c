package io.liangjiang.platform.personal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Runs what the catalogue says. */
@ApplicationScoped
class PersonalDataRepository {
  /** A record with its key. */
  record Item(String key, String json) {}

  Uni<Long> count(SqlClient client, PersonalDataKind kind, UUID citizenId) {
    return client
        .preparedQuery("select count(*) from (" + kind.query() + ") kept")
        .execute(Tuple.of(citizenId))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  Uni<List<Item>> read(
      SqlClient client, PersonalDataKind kind, UUID citizenId, String after, int limit) {
    String sql =
        "select item_key, item::text as item from ("
            + kind.query()
            + ") kept where item_key collate \"C\" > $2 order by item_key collate \"C\" limit $3";
    return client
        .preparedQuery(sql)
        .execute(Tuple.of(citizenId, after, limit))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> item(kind, row))
                    .toList());
  }

  Uni<Long> countOpen(SqlClient client, PersonalDataBlocker blocker, UUID citizenId, Instant now) {
    return client
        .preparedQuery(blocker.query())
        .execute(Tuple.of(citizenId, now.atOffset(ZoneOffset.UTC)))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** How many rows the kind's statements touched. */
  Uni<Long> erase(SqlConnection tx, PersonalDataKind kind, UUID citizenId) {
    return Multi.createFrom()
        .iterable(kind.erasures())
        .onItem()
        .transformToUniAndConcatenate(
            sql -> tx.preparedQuery(sql).execute(Tuple.of(citizenId)).map(rows -> rows.rowCount()))
        .collect()
        .with(Collectors.summingLong(Integer::longValue));
  }

  private static Item item(PersonalDataKind kind, Row row) {
    return new Item(row.getString("item_key"), kind.reader().apply(row.getString("item")));
  }
}
