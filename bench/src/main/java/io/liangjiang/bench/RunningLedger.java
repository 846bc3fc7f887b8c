package io.liangjiang.bench;

import com.google.protobuf.MessageLite;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import io.liangjiang.payments.v1.LedgerServiceGrpc.LedgerServiceFutureStub;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc.PaymentOrderServiceFutureStub;
import io.liangjiang.payments.v1.WalletServiceGrpc;
import io.liangjiang.payments.v1.WalletServiceGrpc.WalletServiceFutureStub;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.time.TimeOrderedId;
import io.liangjiang.platform.v1.Money;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** The packaged payments service on a database of its own, with a hot account and many others. */
final class RunningLedger implements AutoCloseable {
  /** How many accounts there are beside the hot one. */
  static final int ACCOUNTS = 10_000;

  private static final String SERVICE = TestTokens.service("bench");
  private static final InstantSource CLOCK = InstantSource.system();

  private final Postgres books = Postgres.create();
  private final Packaged payments;
  private final ManagedChannel channel;
  private final LedgerServiceFutureStub stub;
  private final long hot;
  private final long first;

  RunningLedger(Path checkout) {
    this.payments = Packaged.application(checkout, "services/payments", books.connection());
    this.channel =
        NettyChannelBuilder.forAddress("localhost", payments.grpcPort()).usePlaintext().build();
    this.stub = LedgerServiceGrpc.newFutureStub(channel).withInterceptors(as(SERVICE));
    this.hot = openHot();
    books.execute(
        "insert into account (code, kind, currency_code, guarded, create_time)"
            + " select 'bench/payer/' || n, 1, 'CNY', false, now() from generate_series(1, %d) as n"
                .formatted(ACCOUNTS));
    this.first =
        Long.parseLong(books.ask("select min(account_id) from account where code like 'bench/p%'"));
  }

  /** Calls of one method by the service. */
  WireLoad load(String method, Supplier<? extends MessageLite> requests) {
    return new WireLoad(payments.grpcPort(), method, SERVICE, requests);
  }

  LedgerServiceFutureStub stub() {
    return stub;
  }

  /** Orders as the service sees them. */
  PaymentOrderServiceFutureStub orders() {
    return orders(SERVICE);
  }

  /** Orders as the holder of a token sees them. */
  PaymentOrderServiceFutureStub orders(String token) {
    return PaymentOrderServiceGrpc.newFutureStub(channel).withInterceptors(as(token));
  }

  /** The wallet of the holder of a token. */
  WalletServiceFutureStub wallets(String token) {
    return WalletServiceGrpc.newFutureStub(channel).withInterceptors(as(token));
  }

  Postgres books() {
    return books;
  }

  Packaged payments() {
    return payments;
  }

  /** A fen from somebody into the hot account. */
  CreateTransferRequest intoHot() {
    return transfer(first + ThreadLocalRandom.current().nextInt(ACCOUNTS), hot);
  }

  /** A fen from somebody into the account of that code. */
  CreateTransferRequest into(String code) {
    String account = books.ask("select account_id from account where code = '%s'".formatted(code));
    return transfer(first + ThreadLocalRandom.current().nextInt(ACCOUNTS), Long.parseLong(account));
  }

  /** A fen from somebody to somebody else. */
  CreateTransferRequest betweenTwo() {
    var random = ThreadLocalRandom.current();
    int payer = random.nextInt(ACCOUNTS);
    return transfer(first + payer, first + (payer + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS);
  }

  /** Errors: IllegalStateException when money came or went. */
  void requireBalanced() {
    String difference = books.ask("select sum(debits_minor) - sum(credits_minor) from account");
    if (!"0".equals(difference)) {
      throw new IllegalStateException("the books are not zero: " + difference);
    }
  }

  /**
   * Errors: IllegalStateException when money came or went, or the kept totals are not the rows'.
   */
  void requireZero() {
    String difference =
        books.ask(
            "select sum(debits_minor) - sum(credits_minor) + (select count(*) from transfer)"
                + " - sum(debits_minor) from account");
    if (!"0".equals(difference)) {
      throw new IllegalStateException("the books are not zero: " + difference);
    }
  }

  /** Errors: IllegalStateException when a transfer was answered and not booked, or the reverse. */
  void requireBooked(long answered) {
    long booked = Long.parseLong(books.ask("select count(*) from transfer"));
    if (booked != answered) {
      throw new IllegalStateException(answered + " answered, " + booked + " booked");
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    payments.close();
  }

  private static CreateTransferRequest transfer(long payer, long payee) {
    return CreateTransferRequest.newBuilder()
        .setRequestId(TimeOrderedId.next(CLOCK).toString())
        .setDebitAccountId(Long.toString(payer))
        .setCreditAccountId(Long.toString(payee))
        .setAmount(Money.newBuilder().setAmountMinor(1).setCurrencyCode("CNY"))
        .build();
  }

  private long openHot() {
    var request =
        CreateAccountRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setCode("bench/hot")
            .setKind(Account.Kind.LIABILITY)
            .setCurrencyCode("CNY")
            .setDebitsMustNotExceedCredits(true)
            .build();
    try {
      return Long.parseLong(stub.createAccount(request).get().getAccountId());
    } catch (Exception e) {
      throw new IllegalStateException("the hot account could not be opened", e);
    }
  }

  private static ClientInterceptor as(String token) {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }
}
