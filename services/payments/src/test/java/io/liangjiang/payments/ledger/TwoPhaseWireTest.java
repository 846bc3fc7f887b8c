package io.liangjiang.payments.ledger;

import static io.liangjiang.payments.ledger.LedgerCalls.await;
import static io.liangjiang.payments.ledger.LedgerCalls.reasonOf;
import static io.liangjiang.payments.ledger.LedgerCalls.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.BulkCreateTransfersRequest;
import io.liangjiang.payments.v1.BulkCreateTransfersResponse.Result;
import io.liangjiang.payments.v1.CloseAccountRequest;
import io.liangjiang.payments.v1.GetTrialBalanceRequest;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pending transfers, reversals, guards, closed accounts and bulk, over gRPC on PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class TwoPhaseWireTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @GrpcClient("self")
  LedgerService self;

  @Inject MutableClock clock;
  @Inject PendingSweep sweep;

  private LedgerService ledger;
  private LedgerCalls calls;
  private Account bank;
  private Account wallet;
  private Account shop;

  @BeforeEach
  void openAccounts() {
    ledger = TestCalls.as(self, TestTokens.service("tourism"));
    calls = new LedgerCalls(ledger);
    bank = calls.bank();
    wallet = calls.wallet();
    shop = calls.wallet();
    calls.move(bank, wallet, 100);
  }

  @AfterEach
  void booksAreStillRight() {
    clock.reset();
    var auditor = TestCalls.as(self, TestTokens.staff("auditor", ""));
    var balance = await(auditor.getTrialBalance(GetTrialBalanceRequest.getDefaultInstance()));
    assertThat(balance.getSumMinor()).isZero();
    assertThat(balance.getBalancesMatchJournal()).isTrue();
  }

  @Test
  void reservedMoneyCannotBeSpent() {
    Transfer pending = calls.reserve(wallet, shop, 80, MINUTE);

    assertThat(pending.getKind()).isEqualTo(Transfer.Kind.PENDING);
    assertThat(pending.getExpireTime().getSeconds())
        .isEqualTo(pending.getCreateTime().getSeconds() + 60);
    assertThat(calls.read(wallet).getDebitsPendingMinor()).isEqualTo(80);
    assertThat(calls.read(shop).getCreditsPendingMinor()).isEqualTo(80);
    assertThat(reasonOf(ledger.createTransfer(request(wallet, shop, 21))))
        .isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(reasonOf(ledger.createTransfer(request(shop, wallet, 1))))
        .isEqualTo("INSUFFICIENT_FUNDS");
    calls.move(wallet, shop, 20);
  }

  @Test
  void postsPartAndReleasesTheRest() {
    Transfer pending = calls.reserve(wallet, shop, 80, MINUTE);
    var post = LedgerCalls.post(pending, 50);

    Transfer posted = await(ledger.postPendingTransfer(post));

    assertThat(posted.getKind()).isEqualTo(Transfer.Kind.POST);
    assertThat(posted.getAnsweredTransferId()).isEqualTo(pending.getTransferId());
    assertThat(calls.read(wallet).getDebitsPostedMinor()).isEqualTo(50);
    assertThat(calls.read(wallet).getDebitsPendingMinor()).isZero();
    assertThat(calls.read(shop).getCreditsPostedMinor()).isEqualTo(50);
    assertThat(calls.read(shop).getCreditsPendingMinor()).isZero();
    assertThat(calls.read(pending).getAnsweringTransferId()).isEqualTo(posted.getTransferId());
    assertThat(await(ledger.postPendingTransfer(post))).isEqualTo(posted);
  }

  @Test
  void pendingTransferIsAnsweredOnce() {
    Transfer pending = calls.reserve(wallet, shop, 80, MINUTE);
    var post = LedgerCalls.postAll(pending);
    await(ledger.postPendingTransfer(post));

    assertThat(reasonOf(ledger.postPendingTransfer(LedgerCalls.postAll(pending))))
        .isEqualTo("PENDING_TRANSFER_ANSWERED");
    assertThat(reasonOf(ledger.voidPendingTransfer(LedgerCalls.voiding(pending))))
        .isEqualTo("PENDING_TRANSFER_ANSWERED");
    var other = post.toBuilder().setAmount(LedgerCalls.cny(79)).build();
    assertThat(reasonOf(ledger.postPendingTransfer(other))).isEqualTo("REQUEST_ID_REUSED");
    assertThat(calls.read(shop).getCreditsPostedMinor()).isEqualTo(80);
  }

  @Test
  void manyWhoAnswerAtOnceAnswerOnce() {
    Transfer pending = calls.reserve(wallet, shop, 80, MINUTE);
    var done = new AtomicInteger();

    Multi.createFrom()
        .range(0, 40)
        .onItem()
        .transformToUni(
            i ->
                (i % 2 == 0
                        ? ledger.postPendingTransfer(LedgerCalls.postAll(pending))
                        : ledger.voidPendingTransfer(LedgerCalls.voiding(pending)))
                    .invoke(done::incrementAndGet)
                    .onFailure()
                    .recoverWithNull())
        .merge(40)
        .collect()
        .last()
        .await()
        .atMost(LedgerCalls.LIMIT);

    assertThat(done.get()).isEqualTo(1);
    assertThat(calls.read(wallet).getDebitsPendingMinor()).isZero();
  }

  @Test
  void voidReleasesAll() {
    Transfer pending = calls.reserve(wallet, shop, 80, MINUTE);

    Transfer voided = await(ledger.voidPendingTransfer(LedgerCalls.voiding(pending)));

    assertThat(voided.getKind()).isEqualTo(Transfer.Kind.VOID);
    calls.move(wallet, shop, 100);
  }

  @Test
  void expiredTransferCannotBePostedAndIsReleasedBySweep() {
    Transfer pending = calls.reserve(wallet, shop, 80, MINUTE);
    clock.advance(MINUTE.plusSeconds(1));

    String reason = reasonOf(ledger.postPendingTransfer(LedgerCalls.postAll(pending)));
    await(sweep.sweep());
    await(sweep.sweep());

    // the scheduled sweep may have come first
    assertThat(reason).isIn("PENDING_TRANSFER_EXPIRED", "PENDING_TRANSFER_ANSWERED");
    assertThat(calls.read(wallet).getDebitsPendingMinor()).isZero();
    assertThat(calls.read(wallet).getDebitsPostedMinor()).isZero();
    assertThat(reasonOf(ledger.voidPendingTransfer(LedgerCalls.voiding(pending))))
        .isEqualTo("PENDING_TRANSFER_ANSWERED");
    Transfer expiry =
        calls.read(
            Transfer.newBuilder()
                .setTransferId(calls.read(pending).getAnsweringTransferId())
                .build());
    assertThat(expiry.getKind()).isEqualTo(Transfer.Kind.EXPIRE);
  }

  @Test
  void transferIsRevertedOnceByAnother() {
    Transfer paid = calls.move(wallet, shop, 60);
    var revert = LedgerCalls.revert(paid);

    Transfer reverted = await(ledger.revertTransfer(revert));

    assertThat(reverted.getDebitAccountId()).isEqualTo(shop.getAccountId());
    assertThat(reverted.getCreditAccountId()).isEqualTo(wallet.getAccountId());
    assertThat(reverted.getAmount()).isEqualTo(LedgerCalls.cny(60));
    assertThat(await(ledger.revertTransfer(revert))).isEqualTo(reverted);
    assertThat(reasonOf(ledger.revertTransfer(LedgerCalls.revert(paid))))
        .isEqualTo("TRANSFER_REVERTED");
    assertThat(reasonOf(ledger.revertTransfer(LedgerCalls.revert(reverted))))
        .isEqualTo("TRANSFER_NOT_REVERTIBLE");
    assertThat(calls.read(shop).getDebitsPostedMinor()).isEqualTo(60);
    assertThat(calls.read(paid).getAnsweringTransferId()).isEqualTo(reverted.getTransferId());
  }

  @Test
  void whatWasSpentCannotBeReverted() {
    Transfer paid = calls.move(wallet, shop, 60);
    calls.move(shop, bank, 10);

    assertThat(reasonOf(ledger.revertTransfer(LedgerCalls.revert(paid))))
        .isEqualTo("INSUFFICIENT_FUNDS");
  }

  @Test
  void onlyWhatFitsIsAnswered() {
    Transfer pending = calls.reserve(wallet, shop, 80, MINUTE);
    Transfer plain = calls.move(wallet, shop, 5);
    Transfer nobody = Transfer.newBuilder().setTransferId(UUID.randomUUID().toString()).build();

    assertThat(reasonOf(ledger.postPendingTransfer(LedgerCalls.post(pending, 81))))
        .isEqualTo("AMOUNT_EXCEEDS_PENDING");
    assertThat(reasonOf(ledger.postPendingTransfer(LedgerCalls.post(pending, 0))))
        .isEqualTo("INVALID_AMOUNT");
    assertThat(reasonOf(ledger.revertTransfer(LedgerCalls.revert(pending))))
        .isEqualTo("TRANSFER_NOT_REVERTIBLE");
    assertThat(reasonOf(ledger.voidPendingTransfer(LedgerCalls.voiding(plain))))
        .isEqualTo("TRANSFER_NOT_PENDING");
    assertThat(reasonOf(ledger.voidPendingTransfer(LedgerCalls.voiding(nobody))))
        .isEqualTo("TRANSFER_NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-1,0", "7776001,0", "5,1", "5,-1"})
  void wrongTtlIsRefused(long seconds, int nanos) {
    var ttl = com.google.protobuf.Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();
    var wrong = request(wallet, shop, 1).toBuilder().setPendingTtl(ttl).build();

    assertThat(reasonOf(ledger.createTransfer(wrong))).isEqualTo("INVALID_ARGUMENT");
    assertThat(calls.read(wallet).getDebitsPendingMinor()).isZero();
  }

  @Test
  void accountThatMayNotBeOwedRefusesCreditsBeyondItsDebits() {
    Account advance = calls.open(Account.Kind.ASSET, false, true);
    calls.move(advance, wallet, 30);

    calls.reserve(wallet, advance, 20, MINUTE);

    assertThat(reasonOf(ledger.createTransfer(request(wallet, advance, 11))))
        .isEqualTo("CREDIT_LIMIT_EXCEEDED");
    calls.move(wallet, advance, 10);
  }

  @Test
  void closedAccountTakesPartInNothing() {
    var close =
        CloseAccountRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setAccountId(wallet.getAccountId())
            .build();
    assertThat(reasonOf(ledger.closeAccount(close))).isEqualTo("ACCOUNT_NOT_EMPTY");
    Transfer last = calls.move(wallet, shop, 100);

    Account closed = await(ledger.closeAccount(close));

    assertThat(closed.hasCloseTime()).isTrue();
    assertThat(await(ledger.closeAccount(close))).isEqualTo(closed);
    assertThat(reasonOf(ledger.createTransfer(request(bank, wallet, 1))))
        .isEqualTo("ACCOUNT_CLOSED");
    assertThat(reasonOf(ledger.revertTransfer(LedgerCalls.revert(last))))
        .isEqualTo("ACCOUNT_CLOSED");
  }

  @Test
  void bulkAnswersEachForItself() {
    var good = request(wallet, shop, 40);
    var bulk =
        BulkCreateTransfersRequest.newBuilder()
            .addRequests(good)
            .addRequests(request(wallet, shop, 90))
            .addRequests(request(wallet, shop, 0))
            .addRequests(good)
            .addRequests(LedgerCalls.reservation(wallet, shop, 60, MINUTE))
            .build();

    List<Result> results = await(ledger.bulkCreateTransfers(bulk)).getResultsList();

    assertThat(results.stream().map(r -> r.getRefusal().getReason()))
        .containsExactly("", "INSUFFICIENT_FUNDS", "INVALID_AMOUNT", "", "");
    assertThat(results.get(3).getTransfer()).isEqualTo(results.get(0).getTransfer());
    assertThat(results.get(1).getRefusal().getMetadataMap())
        .containsEntry("accountId", wallet.getAccountId());
    assertThat(calls.read(shop).getCreditsPostedMinor()).isEqualTo(40);
    assertThat(calls.read(shop).getCreditsPendingMinor()).isEqualTo(60);
    var empty = BulkCreateTransfersRequest.getDefaultInstance();
    assertThat(reasonOf(ledger.bulkCreateTransfers(empty))).isEqualTo("INVALID_ARGUMENT");
  }
}
