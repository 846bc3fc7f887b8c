package io.liangjiang.bench;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.BulkCreateTransfersRequest;
import io.liangjiang.payments.v1.BulkCreateTransfersResponse;
import io.liangjiang.payments.v1.BulkCreateTransfersResponse.Result;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import io.liangjiang.payments.v1.LedgerServiceGrpc.LedgerServiceFutureStub;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.time.TimeOrderedId;
import io.liangjiang.platform.v1.Money;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Durable transfers through the gRPC door, one a call or a thousand, into one hot account or
 * between many, beside a peer on the same server.
 */
final class LedgerFigure {
  private static final int ACCOUNTS = 10_000;
  private static final int BULK = 1_000;
  private static final int CALLS_IN_FLIGHT = 1_500;
  private static final int BULKS_IN_FLIGHT = 6;
  private static final InstantSource CLOCK = InstantSource.system();

  /** What is measured. */
  enum Shape {
    /** One transfer a call into one account. */
    HOT("ledger.hot", false, 1),
    /** A thousand transfers a call into one account. */
    BULK_HOT("ledger.bulk", false, BULK),
    /** One transfer a call between many accounts. */
    UNIFORM("ledger.uniform", true, 1),
    /** A thousand transfers a call between many accounts. */
    BULK_UNIFORM("ledger.uniform-bulk", true, BULK),
    /** A thousand transfers a call, beside the rows of the journal alone. */
    LIMIT("ledger.limit", false, BULK);

    private final String figure;
    private final boolean uniform;
    private final int transfers;

    Shape(String figure, boolean uniform, int transfers) {
      this.figure = figure;
      this.uniform = uniform;
      this.transfers = transfers;
    }

    String figure() {
      return figure;
    }
  }

  private final Path checkout;
  private final Shape shape;
  private final int rounds;
  private final int seconds;

  LedgerFigure(Path checkout, Shape shape, int rounds, int seconds) {
    this.checkout = checkout;
    this.shape = shape;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  Figure run() {
    Postgres books = Postgres.create();
    try (var payments = Packaged.application(checkout, "services/payments", settings(books))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("localhost", payments.port()).usePlaintext().build();
      try {
        return measure(books, payments, stub(channel));
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

  private Figure measure(Postgres books, Packaged payments, LedgerServiceFutureStub ledger) {
    long hot = Long.parseLong(open(ledger, "bench/hot"));
    books.execute(
        "insert into account (code, kind, currency_code, guarded, create_time)"
            + " select 'bench/payer/' || n, 1, 'CNY', false, now() from generate_series(1, %d) as n"
                .formatted(ACCOUNTS));
    long first =
        Long.parseLong(books.ask("select min(account_id) from account where code like 'bench/p%'"));
    // the first seconds show the compiler at work, not the service
    Sample warmUp = load(ledger, first, hot, 3 * seconds, payments.pid());
    System.out.printf("%s warm-up: %.0f/s%n", shape.figure, warmUp.rate());
    Map<String, String> facts = books.facts();
    Supplier<Sample> peer = peer(facts);
    facts.put("accounts", String.valueOf(ACCOUNTS));
    facts.put("load", inFlight() + " calls of " + shape.transfers + " in flight");
    facts.put("cpu", "product: service and database; peer: database");
    Figure figure =
        Rounds.run(
            shape.figure,
            rounds,
            () -> load(ledger, first, hot, seconds, payments.pid(), books.pid()),
            peer,
            facts);
    facts.put("residentMegabytes", String.valueOf(payments.residentMegabytes()));
    requireZero(books);
    return figure;
  }

  private Supplier<Sample> peer(Map<String, String> facts) {
    if (shape == Shape.LIMIT) {
      facts.put("peer", "the journal's rows alone, 1,000 an insert, 2 connections");
      return new JournalLimit(seconds)::run;
    }
    var peer = new LedgerPeer(shape.uniform, seconds);
    facts.put("peer", peer.description());
    return peer::run;
  }

  private int inFlight() {
    return shape.transfers == 1 ? CALLS_IN_FLIGHT : BULKS_IN_FLIGHT;
  }

  private Sample load(
      LedgerServiceFutureStub ledger, long first, long hot, double forSeconds, long... pids) {
    Sample calls = new GrpcLoad(inFlight(), forSeconds).run(i -> call(ledger, first, hot), pids);
    return new Sample(calls.operations() * shape.transfers, calls.seconds(), calls.cpuSeconds());
  }

  private ListenableFuture<?> call(LedgerServiceFutureStub ledger, long first, long hot) {
    if (shape.transfers == 1) {
      return ledger.createTransfer(transfer(first, hot));
    }
    var bulk = BulkCreateTransfersRequest.newBuilder();
    for (int i = 0; i < shape.transfers; i++) {
      bulk.addRequests(transfer(first, hot));
    }
    return Futures.transform(
        ledger.bulkCreateTransfers(bulk.build()),
        LedgerFigure::requireAllBooked,
        MoreExecutors.directExecutor());
  }

  private static Integer requireAllBooked(BulkCreateTransfersResponse response) {
    for (Result result : response.getResultsList()) {
      if (!result.hasTransfer()) {
        throw new IllegalStateException("refused: " + result.getRefusal());
      }
    }
    return response.getResultsCount();
  }

  private CreateTransferRequest transfer(long first, long hot) {
    var random = ThreadLocalRandom.current();
    int payer = random.nextInt(ACCOUNTS);
    long payee =
        shape.uniform ? first + (payer + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS : hot;
    return CreateTransferRequest.newBuilder()
        .setRequestId(TimeOrderedId.next(CLOCK).toString())
        .setDebitAccountId(Long.toString(first + payer))
        .setCreditAccountId(Long.toString(payee))
        .setAmount(Money.newBuilder().setAmountMinor(1).setCurrencyCode("CNY"))
        .build();
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
}
