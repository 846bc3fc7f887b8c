package io.liangjiang.bench;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import io.liangjiang.payments.v1.LedgerServiceGrpc.LedgerServiceFutureStub;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.time.TimeOrderedId;
import io.liangjiang.platform.v1.Money;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Durable transfers into one hot account from many others, one transfer a unary call through the
 * gRPC door; beside it what the database does alone when a function moves the money, with the
 * number of clients that suits it best.
 */
final class LedgerHot {
  private static final int PAYERS = 10_000;
  private static final int IN_FLIGHT = 1_500;
  private static final int[] PEER_CLIENTS = {1, 8, 32};
  private static final InstantSource CLOCK = InstantSource.system();

  private static final String PEER_SCHEMA =
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
  private static final String PEER_SCRIPT =
      "\\set payer random(2, 10001)\nselect move(:payer, 1, 1);\n";

  private final Path checkout;
  private final int rounds;
  private final int seconds;

  LedgerHot(Path checkout, int rounds, int seconds) {
    this.checkout = checkout;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  Figure run() {
    Postgres books = Postgres.create();
    Postgres peerDatabase = Postgres.create();
    peerDatabase.execute(PEER_SCHEMA);
    var pgbench = new Pgbench(peerDatabase, PEER_SCRIPT);
    int clients = bestClients(pgbench);
    try (var payments = Packaged.application(checkout, "services/payments", settings(books))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("localhost", payments.port()).usePlaintext().build();
      try {
        return measure(
            books, payments, stub(channel), () -> pgbench.run(clients, seconds), clients);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static Map<String, String> settings(Postgres books) {
    return Map.of(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        books.database().reactiveUrl(),
        "QUARKUS_DATASOURCE_JDBC_URL",
        books.database().jdbcUrl(),
        "QUARKUS_DATASOURCE_USERNAME",
        "postgres",
        "QUARKUS_DATASOURCE_PASSWORD",
        "postgres");
  }

  private Figure measure(
      Postgres books,
      Packaged payments,
      LedgerServiceFutureStub ledger,
      java.util.function.Supplier<Sample> peer,
      int clients) {
    String hot = open(ledger, "bench/hot");
    books.execute(
        "insert into account (code, kind, currency_code, guarded, create_time)"
            + " select 'bench/payer/' || n, 1, 'CNY', false, now() from generate_series(1, %d) as n"
                .formatted(PAYERS));
    long first =
        Long.parseLong(books.ask("select min(account_id) from account where code like 'bench/p%'"));
    var load = new GrpcLoad(IN_FLIGHT, seconds);
    // the first seconds show the compiler at work, not the service
    var warmUp =
        new GrpcLoad(IN_FLIGHT, 3.0 * seconds)
            .run(i -> ledger.createTransfer(transfer(first, hot)), payments.pid());
    System.out.printf("ledger.hot warm-up: %.0f/s%n", warmUp.rate());
    Map<String, String> settings = books.facts();
    settings.put("payers", String.valueOf(PAYERS));
    settings.put("load", "unary calls, " + IN_FLIGHT + " in flight");
    settings.put("peer", "pgbench, PL/pgSQL function, " + clients + " clients");
    settings.put("cpu", "product: service and database; peer: database");
    Figure figure =
        Rounds.run(
            "ledger.hot",
            rounds,
            () ->
                load.run(
                    i -> ledger.createTransfer(transfer(first, hot)), payments.pid(), books.pid()),
            peer,
            settings);
    requireZero(books);
    return figure;
  }

  private static void requireZero(Postgres books) {
    String difference =
        books.ask(
            "select sum(debits_minor) - sum(credits_minor) + (select count(*) from transfer)"
                + " - sum(debits_minor) from account");
    if (!"0".equals(difference)) {
      throw new IllegalStateException("the books are not zero: " + difference);
    }
  }

  private int bestClients(Pgbench pgbench) {
    return Arrays.stream(PEER_CLIENTS)
        .boxed()
        .max(Comparator.comparingDouble(clients -> pgbench.run(clients, 3).rate()))
        .orElseThrow();
  }

  private static LedgerServiceFutureStub stub(ManagedChannel channel) {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + TestTokens.service("bench"));
    return LedgerServiceGrpc.newFutureStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static String open(LedgerServiceFutureStub ledger, String code) {
    var request =
        CreateAccountRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setCode(code)
            .setKind(Account.Kind.LIABILITY)
            .setCurrencyCode("CNY")
            .setDebitsMustNotExceedCredits(true)
            .build();
    try {
      return ledger.createAccount(request).get().getAccountId();
    } catch (Exception e) {
      throw new IllegalStateException("the hot account could not be opened", e);
    }
  }

  private static CreateTransferRequest transfer(long firstPayer, String hot) {
    long payer = firstPayer + ThreadLocalRandom.current().nextInt(PAYERS);
    return CreateTransferRequest.newBuilder()
        .setRequestId(TimeOrderedId.next(CLOCK).toString())
        .setDebitAccountId(Long.toString(payer))
        .setCreditAccountId(hot)
        .setAmount(Money.newBuilder().setAmountMinor(1).setCurrencyCode("CNY"))
        .build();
  }
}
