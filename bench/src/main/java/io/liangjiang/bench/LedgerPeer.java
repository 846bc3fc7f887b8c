package io.liangjiang.bench;

import java.util.Arrays;
import java.util.Comparator;

/**
 * What the database does alone when a function moves the money, on lean tables, with the number of
 * clients that suits it best.
 */
final class LedgerPeer {
  private static final int[] CLIENTS = {1, 8, 32, 100};
  private static final int TRIAL_SECONDS = 3;

  private static final String SCHEMA =
      """
      create table account (
        account_id bigint primary key, debits bigint not null default 0,
        credits bigint not null default 0) with (fillfactor = 50);
      create table transfer (
        transfer_id uuid primary key, debit_account_id bigint not null,
        credit_account_id bigint not null, amount bigint not null,
        create_time timestamptz not null default now());
      insert into account (account_id) select generate_series(1, 10001);
      create function move(payer bigint, payee bigint, amount bigint) returns void language plpgsql as $$
      begin
        perform 1 from account where account_id in (payer, payee) order by account_id for no key update;
        insert into transfer (transfer_id, debit_account_id, credit_account_id, amount)
          values (uuidv7(), payer, payee, amount);
        update account set debits = debits + amount where account_id = payer;
        update account set credits = credits + amount where account_id = payee;
      end
      $$;
      """;
  private static final String HOT = "\\set payer random(2, 10001)\nselect move(:payer, 1, 1);\n";
  private static final String UNIFORM =
      """
      \\set payer random(1, 10000)
      \\set step random(1, 9999)
      select move(:payer, 1 + (:payer - 1 + :step) % 10000, 1);
      """;

  private final Pgbench pgbench;
  private final int clients;
  private final int seconds;

  LedgerPeer(boolean uniform, int seconds) {
    Postgres database = Postgres.create();
    database.execute(SCHEMA);
    this.pgbench = new Pgbench(database, uniform ? UNIFORM : HOT);
    this.seconds = seconds;
    this.clients =
        Arrays.stream(CLIENTS)
            .boxed()
            .max(Comparator.comparingDouble(count -> pgbench.run(count, TRIAL_SECONDS).rate()))
            .orElseThrow();
  }

  Sample run() {
    return pgbench.run(clients, seconds);
  }

  String description() {
    return "pgbench, PL/pgSQL function, " + clients + " clients";
  }
}
