package io.liangjiang.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.Account.Kind;
import io.liangjiang.payments.v1.BatchCreateTransfersRequest;
import io.liangjiang.payments.v1.CreateAccountRequest;
import io.liangjiang.payments.v1.CreateTransferRequest;
import io.liangjiang.payments.v1.GetAccountRequest;
import io.liangjiang.payments.v1.GetTransferRequest;
import io.liangjiang.payments.v1.GetTrialBalanceRequest;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.payments.v1.TrialBalance;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.Money;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger over gRPC on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class LedgerWireTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** So many call at the same time. */
  private static final int CLIENTS = 1_000;

  @GrpcClient("self")
  LedgerService self;

  @Inject Pool pool;

  private LedgerService ledger;
  private Account bank;
  private Account shop;

  @BeforeEach
  void openAccounts() {
    ledger = TestCalls.as(self, TestTokens.service("tourism"));
    bank = open(Kind.ASSET, false);
    shop = open(Kind.LIABILITY, true);
  }

  @Test
  void booksTransferAndKeepsTotals() {
    Transfer made = await(ledger.createTransfer(request(bank, shop, 250)));

    assertThat(made.getAmount().getAmountMinor()).isEqualTo(250);
    assertThat(read(bank).getDebitsPostedMinor()).isEqualTo(250);
    assertThat(read(shop).getCreditsPostedMinor()).isEqualTo(250);
    assertThat(await(ledger.getTransfer(transferId(made.getTransferId())))).isEqualTo(made);
  }

  @Test
  void repeatedRequestAnswersWithTheFirstTransfer() {
    var request = request(bank, shop, 70);

    Transfer first = await(ledger.createTransfer(request));
    Transfer again = await(ledger.createTransfer(request));

    assertThat(again).isEqualTo(first);
    assertThat(read(shop).getCreditsPostedMinor()).isEqualTo(70);
  }

  @Test
  void otherContentUnderUsedIdIsRefused() {
    var request = request(bank, shop, 70);
    await(ledger.createTransfer(request));
    var other = request.toBuilder().setAmount(cny(71)).build();

    assertThat(reasonOf(ledger.createTransfer(other))).isEqualTo("REQUEST_ID_REUSED");
    assertThat(read(shop).getCreditsPostedMinor()).isEqualTo(70);
  }

  @Test
  void hotAccountUnderConcurrencyLosesAndDoublesNothing() {
    int payers = 8;
    int requests = CLIENTS;
    List<Account> wallets =
        IntStream.range(0, payers).mapToObj(i -> open(Kind.LIABILITY, true)).toList();
    wallets.forEach(wallet -> await(ledger.createTransfer(request(bank, wallet, 100))));
    var refused = new AtomicInteger();

    Multi.createFrom()
        .range(0, requests)
        .map(i -> request(wallets.get(i % payers), shop, 1))
        .onItem()
        .transformToIterable(request -> List.of(request, request))
        .onItem()
        .transformToUni(
            request ->
                ledger.createTransfer(request).onFailure().recoverWithUni(e -> count(refused, e)))
        .merge(CLIENTS)
        .collect()
        .last()
        .await()
        .atMost(LIMIT);

    assertThat(read(shop).getCreditsPostedMinor()).isEqualTo(payers * 100L);
    assertThat(refused.get()).isEqualTo(2 * (requests - payers * 100));
    assertThat(trialBalance().getSumMinor()).isZero();
    assertThat(trialBalance().getBalancesMatchJournal()).isTrue();
  }

  @Test
  void batchIsAllOrNone() {
    var wallet = open(Kind.LIABILITY, true);
    var batch =
        BatchCreateTransfersRequest.newBuilder()
            .addRequests(request(bank, wallet, 10))
            .addRequests(request(wallet, shop, 11))
            .build();

    assertThat(reasonOf(ledger.batchCreateTransfers(batch))).isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(read(wallet).getCreditsPostedMinor()).isZero();
  }

  @Test
  void wrongInputIsNamedAndWritesNothing() {
    var good = request(bank, shop, 5);

    assertThat(reasonOf(ledger.createTransfer(good.toBuilder().setRequestId("x").build())))
        .isEqualTo("INVALID_REQUEST_ID");
    assertThat(reasonOf(ledger.createTransfer(good.toBuilder().setAmount(cny(0)).build())))
        .isEqualTo("INVALID_AMOUNT");
    assertThat(reasonOf(ledger.createTransfer(good.toBuilder().setAmount(cny(1L << 53)).build())))
        .isEqualTo("INVALID_AMOUNT");
    assertThat(reasonOf(ledger.createTransfer(request(bank, bank, 5)))).isEqualTo("SAME_ACCOUNT");
    assertThat(reasonOf(ledger.createTransfer(good.toBuilder().setDebitAccountId("a").build())))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reasonOf(
                ledger.createTransfer(good.toBuilder().setCreditAccountId("999999999").build())))
        .isEqualTo("ACCOUNT_NOT_FOUND");
    assertThat(
            reasonOf(ledger.batchCreateTransfers(BatchCreateTransfersRequest.getDefaultInstance())))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(read(shop).getCreditsPostedMinor()).isZero();
  }

  @Test
  void accountCodeDecidesWhatIsThereAlready() {
    var request = accountRequest(Kind.INCOME, false);

    Account first = await(ledger.createAccount(request));

    assertThat(await(ledger.createAccount(request))).isEqualTo(first);
    assertThat(reasonOf(ledger.createAccount(request.toBuilder().setKind(Kind.EXPENSE).build())))
        .isEqualTo("ACCOUNT_CODE_TAKEN");
    assertThat(reasonOf(ledger.createAccount(request.toBuilder().setCode("ä").build())))
        .isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void onlyServicesMoveMoneyAndOnlyAuditorsReadTheBalance() {
    var citizen =
        TestCalls.as(self, TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.REAL_NAME));
    var auditor = TestCalls.as(self, TestTokens.staff("auditor", ""));

    assertThat(reasonOf(citizen.createTransfer(request(bank, shop, 1))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(reasonOf(auditor.createTransfer(request(bank, shop, 1))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(reasonOf(ledger.getTrialBalance(GetTrialBalanceRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(trialBalance().getSumMinor()).isZero();
  }

  @Test
  void trialBalanceFindsTotalsThatSomebodyChanged() {
    String plant = "update account set credits_minor = credits_minor + %d where account_id = %s";
    try {
      pool.query(plant.formatted(1, shop.getAccountId())).executeAndAwait();

      assertThat(trialBalance().getSumMinor()).isEqualTo(-1);
      assertThat(trialBalance().getBalancesMatchJournal()).isFalse();
    } finally {
      pool.query(plant.formatted(-1, shop.getAccountId())).executeAndAwait();
    }
  }

  @Test
  void transfersCannotBeChangedByHand() {
    await(ledger.createTransfer(request(bank, shop, 3)));

    assertThat(
            catchThrowable(
                () -> pool.query("update transfer set amount_minor = 4").executeAndAwait()))
        .hasMessageContaining("a transfer is final");
  }

  private static Uni<Transfer> count(AtomicInteger refused, Throwable failure) {
    assertThat(TestCalls.reason(failure)).isEqualTo("INSUFFICIENT_FUNDS");
    refused.incrementAndGet();
    return Uni.createFrom().nullItem();
  }

  private TrialBalance trialBalance() {
    var auditor = TestCalls.as(self, TestTokens.staff("auditor", ""));
    return await(auditor.getTrialBalance(GetTrialBalanceRequest.getDefaultInstance()));
  }

  private Account open(Kind kind, boolean guarded) {
    return await(ledger.createAccount(accountRequest(kind, guarded)));
  }

  private static CreateAccountRequest accountRequest(Kind kind, boolean guarded) {
    return CreateAccountRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setCode("test/" + UUID.randomUUID())
        .setKind(kind)
        .setCurrencyCode("CNY")
        .setDebitsMustNotExceedCredits(guarded)
        .build();
  }

  private Account read(Account account) {
    return await(
        ledger.getAccount(
            GetAccountRequest.newBuilder().setAccountId(account.getAccountId()).build()));
  }

  private static CreateTransferRequest request(Account debit, Account credit, long amountMinor) {
    return CreateTransferRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setDebitAccountId(debit.getAccountId())
        .setCreditAccountId(credit.getAccountId())
        .setAmount(cny(amountMinor))
        .build();
  }

  private static GetTransferRequest transferId(String id) {
    return GetTransferRequest.newBuilder().setTransferId(id).build();
  }

  private static Money cny(long amountMinor) {
    return Money.newBuilder().setAmountMinor(amountMinor).setCurrencyCode("CNY").build();
  }

  private static <T> T await(Uni<T> call) {
    return call.await().atMost(LIMIT);
  }

  private static String reasonOf(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }
}
