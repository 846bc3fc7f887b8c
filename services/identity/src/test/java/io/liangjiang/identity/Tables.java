package io.liangjiang.identity;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.StreamSupport;

/** Looks into the tables past the service. */
@ApplicationScoped
public class Tables {
  @Inject Pool pool;

  public long count(String sql, Object... parameters) {
    return query(sql, parameters).iterator().next().getLong(0);
  }

  public List<Row> rows(String sql, Object... parameters) {
    return StreamSupport.stream(query(sql, parameters).spliterator(), false).toList();
  }

  private RowSet<Row> query(String sql, Object... parameters) {
    return SignedIn.await(pool.preparedQuery(sql).execute(Tuple.from(List.of(parameters))));
  }
}
