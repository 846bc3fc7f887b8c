package io.liangjiang.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.ledger.JournalAudit.Place;
import io.liangjiang.payments.ledger.JournalAudit.Walk;
import io.liangjiang.platform.test.SharedPostgres;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was booked before there was a chain is under it afterwards. */
class JournalMigrationTest {
  private static final String BOOK =
      """
      insert into transfer (transfer_id, debit_account_id, credit_account_id, amount_minor, reason_code,
        create_time, kind)
      select gen_random_uuid(), n, n + 1, 100 + n, n % 7,
        timestamptz '2026-05-01 00:00:00.123456Z' + n * interval '1.000001 second',
        case when n % 10 = 0 then 2 when n % 10 = 1 then 3 end
      from generate_series(1, 2500) as n
      """;
  private static final String RESERVE =
      """
      insert into pending_transfer (transfer_id, expire_time, open)
      select transfer_id, create_time + interval '1 hour', false from transfer where kind = 2
      """;
  private static final String ANSWER =
      """
      insert into transfer_answer (answered_id, transfer_id)
      select pending.transfer_id, post.transfer_id
      from (select *, row_number() over () as n from transfer where kind = 2) as pending
        join (select *, row_number() over () as n from transfer where kind = 3) as post using (n)
      """;

  @Test
  void oldTransfersAreChainedUp() throws SQLException, IOException {
    var database = SharedPostgres.create();
    try (var connection = DriverManager.getConnection(database.jdbcUrl(), "postgres", "postgres");
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String sql :
          List.of(
              migration("V1__ledger"),
              migration("V4__two_phase_transfers"),
              BOOK,
              RESERVE,
              ANSWER,
              migration("V5__journal_chain"))) {
        statement.execute(sql);
      }
      connection.commit();
    }

    Walk walk = walk(database.reactiveUrl());
    assertThat(walk.fault()).isNull();
    assertThat(walk.records()).isEqualTo(2_500);
    assertThat(walk.batches()).isEqualTo(3);
  }

  private static String migration(String name) throws IOException {
    String path = "/db/migration/" + name + ".sql";
    try (var file = JournalMigrationTest.class.getResourceAsStream(path)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @SuppressWarnings("NullAway") // a step alone opens no transaction
  private static Walk walk(String url) {
    var vertx = Vertx.vertx();
    var options = PgConnectOptions.fromUri(url).setUser("postgres").setPassword("postgres");
    var pool = Pool.newInstance(PgBuilder.pool().connectingTo(options).using(vertx).build());
    var audit = new JournalAudit(null, new ChainRepository(), new PhaseRepository());
    try {
      Walk walk = Walk.from(ChainEnd.START, Place.START);
      while (!walk.isOver()) {
        walk = LedgerCalls.await(audit.step(pool, walk));
      }
      return walk;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
