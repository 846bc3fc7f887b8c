package io.liangjiang.platform.test.architecture.planted.nothing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

final class HoldRepository {
  Uni<Hold> insert(SqlConnection tx, Hold hold) {
    return tx.preparedQuery("insert into hold values ($1)")
        .execute(Tuple.of(hold.holdId()))
        .replaceWith(hold);
  }
}
