package io.liangjiang.bench;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.GetTrialBalanceRequest;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import io.liangjiang.payments.v1.LedgerServiceGrpc.LedgerServiceBlockingStub;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.payments.v1.VerifyJournalRequest;
import io.liangjiang.platform.test.TestTokens;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Kills payments, its database, or both, in the middle of load, again and again, while clients send
 * again what was not answered. At the end every acknowledged transfer is there once and nothing
 * else is, the books are zero, and the journal's chain is whole.
 */
public final class LedgerCrash {
  private static final int PAYERS = 20;

  /** So many are under way again before the next strike, or it would hit nothing. */
  private static final int MIN_ACKNOWLEDGED = 100;

  private static final int LOAD_MILLIS_MIN = 500;
  private static final int LOAD_MILLIS_MAX = 2_000;

  private final Path checkout;
  private final CrashingPostgres postgres;
  private Packaged payments;
  private ManagedChannel channel;

  private LedgerCrash(Path checkout, CrashingPostgres postgres) {
    this.checkout = checkout;
    this.postgres = postgres;
    this.payments = launch();
    this.channel = connect();
  }

  /** Argument: how many rounds. System property: {@code checkout}. */
  public static void main(String[] arguments) throws Exception {
    Bench.logWarningsOnly();
    Path checkout = Path.of(System.getProperty("checkout", ".")).toAbsolutePath().normalize();
    System.out.println(run(checkout, Integer.parseInt(arguments[0])));
    System.exit(0); // clients' threads would keep the process for a while
  }

  /**
   * Runs so many rounds.
   *
   * @return what was survived, in one line
   * @throws IllegalStateException when something was lost or doubled
   */
  public static String run(Path checkout, int rounds) throws InterruptedException, SQLException {
    try (var postgres = CrashingPostgres.create()) {
      var crash = new LedgerCrash(checkout, postgres);
      try {
        return crash.survive(rounds);
      } finally {
        crash.channel.shutdownNow();
        crash.payments.close();
      }
    }
  }

  private String survive(int rounds) throws InterruptedException, SQLException {
    List<String> payers = new ArrayList<>();
    for (int i = 0; i < PAYERS; i++) {
      payers.add(open("crash/payer/" + i, false));
    }
    try (var clients = new CrashClients(ledger("service"), payers, open("crash/hot", true))) {
      clients.start();
      for (int round = 0; round < rounds; round++) {
        int before = clients.acknowledged().size();
        clients.awaitAcknowledged(before + MIN_ACKNOWLEDGED);
        Thread.sleep(ThreadLocalRandom.current().nextInt(LOAD_MILLIS_MIN, LOAD_MILLIS_MAX));
        strike(round);
        clients.moveTo(ledger("service"));
        System.out.printf(
            "crash round %d of %d: %d transfers acknowledged since the last%n",
            round + 1, rounds, clients.acknowledged().size() - before);
      }
      clients.finish();
      requireAllOnce(clients);
      return "survived %d crashes: %d transfers acknowledged, each booked once"
          .formatted(rounds, clients.acknowledged().size());
    }
  }

  /** The service, the database, or both at once. */
  private void strike(int round) throws InterruptedException {
    boolean service = round % 3 != 1;
    boolean database = round % 3 != 0;
    if (database) {
      postgres.crash();
    }
    if (service) {
      payments.kill();
    }
    if (database) {
      postgres.restart();
    }
    if (service) {
      payments = launch();
      channel.shutdownNow();
      channel = connect();
    } else {
      payments.awaitReady();
    }
  }

  private void requireAllOnce(CrashClients clients) throws SQLException {
    Set<String> answered = new HashSet<>();
    for (Transfer transfer : clients.acknowledged()) {
      require(answered.add(transfer.getTransferId()), "answered twice: ", transfer);
    }
    Set<String> booked = new HashSet<>();
    try (var connection = postgres.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select transfer_id from transfer")) {
      while (rows.next()) {
        require(booked.add(rows.getString(1)), "booked twice: ", rows.getString(1));
      }
    }
    require(booked.equals(answered), "booked and acknowledged differ: ", booked.size());
    var auditor = ledger("auditor");
    var balance = auditor.getTrialBalance(GetTrialBalanceRequest.getDefaultInstance());
    require(balance.getSumMinor() == 0, "the books are not zero: ", balance);
    require(balance.getBalancesMatchJournal(), "totals and journal differ: ", balance);
    requireWholeChain(auditor, booked.size());
  }

  private static void requireWholeChain(LedgerServiceBlockingStub auditor, long transfers) {
    long checked = 0;
    String token = "";
    do {
      var request = VerifyJournalRequest.newBuilder().setPageToken(token).build();
      var page = auditor.verifyJournal(request);
      require(!page.hasFault(), "the chain is broken: ", page.getFault());
      checked += page.getCheckedTransferCount();
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    require(checked == transfers, "transfers under the chain: ", checked);
  }

  private static void require(boolean condition, String message, Object what) {
    if (!condition) {
      throw new IllegalStateException(message + what);
    }
  }

  private Packaged launch() {
    return Packaged.application(
        checkout,
        "services/payments",
        Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            postgres.address(),
            "QUARKUS_DATASOURCE_JDBC_URL",
            "jdbc:" + postgres.address(),
            "QUARKUS_DATASOURCE_USERNAME",
            "postgres",
            "QUARKUS_DATASOURCE_PASSWORD",
            "postgres",
            "JDK_JAVA_OPTIONS", // it lives for seconds, and nothing is measured
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
  }

  private ManagedChannel connect() {
    return NettyChannelBuilder.forAddress("localhost", payments.grpcPort()).usePlaintext().build();
  }

  private LedgerServiceBlockingStub ledger(String role) {
    String token =
        role.equals("service") ? TestTokens.service("bench") : TestTokens.staff(role, "");
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return LedgerServiceGrpc.newBlockingStub(channel)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private String open(String code, boolean guarded) {
    return ledger("service")
        .createAccount(
            CreateAccountRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setCode(code)
                .setKind(Account.Kind.LIABILITY)
                .setCurrencyCode("CNY")
                .setDebitsMustNotExceedCredits(guarded)
                .build())
        .getAccountId();
  }
}
