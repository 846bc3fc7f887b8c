package io.liangjiang.bench;

import io.liangjiang.platform.time.TimeOrderedId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The limit of any ledger on this machine: the rows of the journal alone, inserted by the thousand
 * on two connections, without accounts, decisions or callers.
 */
final class JournalLimit {
  private static final int CONNECTIONS = 2;
  private static final int ROWS = 1_000;
  private static final InstantSource CLOCK = InstantSource.system();
  private static final String SCHEMA =
      """
      create table transfer (
        transfer_id uuid primary key, debit_account_id bigint not null,
        credit_account_id bigint not null, amount_minor bigint not null,
        reason_code integer not null, create_time timestamptz not null, kind smallint,
        batch_id bigint not null)
      """;
  private static final String INSERT =
      """
      insert into transfer
        (transfer_id, debit_account_id, credit_account_id, amount_minor, reason_code, create_time,
         batch_id)
      select id, payer, 1, 1, 0, now(), 1 from unnest(?::uuid[], ?::bigint[]) as new (id, payer)
      """;

  private final Postgres database = Postgres.create();
  private final int seconds;

  JournalLimit(int seconds) {
    this.seconds = seconds;
    database.execute(SCHEMA);
  }

  Sample run() {
    long server = database.pid();
    double cpuBefore = CpuClock.seconds(server);
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    try (var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        running.add(threads.submit(() -> insertUntil(end)));
      }
      long rows = 0;
      for (Future<Long> one : running) {
        rows += one.get();
      }
      double took = (System.nanoTime() - begin) / 1e9;
      return new Sample(rows, took, CpuClock.seconds(server) - cpuBefore);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private long insertUntil(long end) throws SQLException {
    long rows = 0;
    try (Connection connection = database.connect();
        var insert = connection.prepareStatement(INSERT)) {
      while (System.nanoTime() < end) {
        var ids = new UUID[ROWS];
        var payers = new Long[ROWS];
        Arrays.setAll(ids, i -> TimeOrderedId.next(CLOCK));
        Arrays.setAll(payers, i -> 2 + ThreadLocalRandom.current().nextLong(10_000));
        insert.setArray(1, connection.createArrayOf("uuid", ids));
        insert.setArray(2, connection.createArrayOf("bigint", payers));
        rows += insert.executeUpdate();
      }
    }
    return rows;
  }
}
