package io.liangjiang.payments.ledger;

import static io.liangjiang.payments.ledger.LedgerCalls.await;
import static io.liangjiang.payments.ledger.LedgerCalls.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.BatchCreateTransfersRequest;
import io.liangjiang.payments.v1.BulkCreateTransfersRequest;
import io.liangjiang.payments.v1.JournalVerification;
import io.liangjiang.payments.v1.JournalVerification.Difference;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.payments.v1.VerifyJournalRequest;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody with a password of the database changes the journal, and the audit names it. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class JournalAuditWireTest {
  @GrpcClient("self")
  LedgerService self;

  @Inject Pool pool;
  @Inject JournalSealing sealing;

  private LedgerService auditor;
  private LedgerCalls calls;
  private List<Transfer> booked;

  @BeforeEach
  void book() {
    var ledger = TestCalls.as(self, TestTokens.service("tourism"));
    auditor = TestCalls.as(self, TestTokens.staff("auditor", ""));
    calls = new LedgerCalls(ledger);
    Account bank = calls.bank();
    Account wallet = calls.wallet();
    var batch = BatchCreateTransfersRequest.newBuilder();
    for (int i = 0; i < 5; i++) {
      batch.addRequests(LedgerCalls.request(bank, wallet, 10 + i));
    }
    booked = new ArrayList<>(await(ledger.batchCreateTransfers(batch.build())).getTransfersList());
    booked.sort(java.util.Comparator.comparing(Transfer::getTransferId));
    Transfer pending = calls.reserve(wallet, bank, 5, Duration.ofMinutes(5));
    await(ledger.postPendingTransfer(LedgerCalls.post(pending, 3)));
  }

  @Test
  void findsNothingWhereNothingIsWrong() {
    long before = walk().getCheckedTransferCount();
    sealAll();

    var verification = walk();

    assertThat(verification.hasFault()).isFalse();
    assertThat(verification.getCheckedTransferCount()).isEqualTo(before);
    assertThat(number("select count(*) from journal_seal")).isPositive();
    assertThat(number("select count(*) from transfer")).isGreaterThanOrEqualTo(before);
    assertThat(verification.getSha256()).matches("[0-9a-f]{64}").isNotEqualTo("0".repeat(64));
    assertThat(verification.getLastBatchId())
        .isEqualTo(number("select max(last_batch_id) from journal_seal"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void namesTheTransferThatWasChanged(boolean chained) {
    sealIf(chained);
    String id = booked.get(2).getTransferId();
    String change = "update transfer set amount_minor = amount_minor + %d where transfer_id = '%s'";

    withoutGuard(change.formatted(1, id));
    var fault = walk().getFault();
    withoutGuard(change.formatted(-1, id));

    assertThat(fault.getDifference()).isEqualTo(Difference.CHANGED);
    assertThat(fault.getTransferId()).isEqualTo(id);
    assertThat(fault.getPosition()).isEqualTo(3);
    assertThat(walk().hasFault()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void namesThePlaceOfTheTransferThatWasRemoved(boolean chained) {
    sealIf(chained);
    String id = booked.get(1).getTransferId();
    long batch = number("select batch_id from transfer where transfer_id = '" + id + "'");

    withoutGuard("create table removed as select * from transfer where transfer_id = '" + id + "'");
    withoutGuard("delete from transfer where transfer_id = '" + id + "'");
    var fault = walk().getFault();
    withoutGuard("insert into transfer select * from removed");
    withoutGuard("drop table removed");

    assertThat(fault.getDifference()).isEqualTo(Difference.REMOVED);
    assertThat(fault.getBatchId()).isEqualTo(batch);
    assertThat(fault.getPosition()).isEqualTo(2);
    assertThat(walk().hasFault()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"batch_id", "0", "9999999999", "-1"})
  void namesTheTransferThatWasInserted(String batch) {
    sealAll();
    String id = UUID.randomUUID().toString();

    withoutGuard(
        """
        insert into transfer (transfer_id, debit_account_id, credit_account_id, amount_minor,
          reason_code, create_time, batch_id)
        select '%s', debit_account_id, credit_account_id, 99, 0, create_time, %s
        from transfer where transfer_id = '%s'
        """
            .formatted(id, batch, booked.getFirst().getTransferId()));
    var fault = walk().getFault();
    withoutGuard("delete from transfer where transfer_id = '" + id + "'");

    assertThat(fault.getDifference()).isEqualTo(Difference.INSERTED);
    assertThat(fault.getTransferId()).isEqualTo(id);
  }

  @Test
  void namesThePendingTransferWhoseExpiryWasChanged() {
    String change =
        "update pending_transfer set expire_time = expire_time %s interval '1 day'"
            + " where transfer_id = (select transfer_id from transfer where kind = 2"
            + " order by batch_id desc limit 1)";
    withoutGuard(change.formatted("+"));
    var fault = walk().getFault();
    withoutGuard(change.formatted("-"));

    assertThat(fault.getDifference()).isEqualTo(Difference.CHANGED);
    assertThat(walk().hasFault()).isFalse();
  }

  @Test
  void noticesThatABatchWasTakenOutWithItsTransfers() {
    sealAll();
    long batch =
        number(
            "select batch_id from transfer where transfer_id = '%s'"
                .formatted(booked.getFirst().getTransferId()));
    withoutGuard("create table gone as select * from transfer where batch_id = " + batch);
    withoutGuard(
        "create table gone_batch as select * from journal_batch where batch_id = " + batch);
    withoutGuard("delete from transfer where batch_id = " + batch);
    withoutGuard("delete from journal_batch where batch_id = " + batch);
    var fault = walk().getFault();
    withoutGuard("insert into transfer select * from gone");
    withoutGuard("insert into journal_batch overriding system value select * from gone_batch");
    withoutGuard("drop table gone, gone_batch");

    assertThat(fault.getDifference()).isEqualTo(Difference.REMOVED);
    assertThat(fault.getBatchId()).isGreaterThan(batch);
    assertThat(walk().hasFault()).isFalse();
  }

  @Test
  void longJournalIsWalkedInPages() {
    var ledger = TestCalls.as(self, TestTokens.service("tourism"));
    Account bank = calls.bank();
    Account wallet = calls.wallet();
    for (int i = 0; i < 27; i++) {
      var bulk = BulkCreateTransfersRequest.newBuilder();
      for (int j = 0; j < 1_000; j++) {
        bulk.addRequests(LedgerCalls.request(bank, wallet, 1));
      }
      await(ledger.bulkCreateTransfers(bulk.build()));
    }

    var first = await(auditor.verifyJournal(VerifyJournalRequest.getDefaultInstance()));

    assertThat(first.getNextPageToken()).isNotEmpty();
    assertThat(first.getCheckedTransferCount()).isBetween(25_000L, 32_000L);
    assertThat(walk().hasFault()).isFalse();
    sealAll();
    assertThat(walk().hasFault()).isFalse();
    assertThat(walk().getCheckedTransferCount()).isEqualTo(number("select count(*) from transfer"));
  }

  @Test
  void madeUpPageTokenIsRefused() {
    var request = VerifyJournalRequest.newBuilder().setPageToken("bm90aGluZw").build();

    assertThat(reasonOf(auditor.verifyJournal(request))).isEqualTo("INVALID_PAGE_TOKEN");
  }

  /** All pages, added up; the last one's fault and hash. */
  private JournalVerification walk() {
    JournalVerification page =
        await(auditor.verifyJournal(VerifyJournalRequest.getDefaultInstance()));
    long transfers = page.getCheckedTransferCount();
    while (!page.getNextPageToken().isEmpty()) {
      var next = VerifyJournalRequest.newBuilder().setPageToken(page.getNextPageToken()).build();
      page = await(auditor.verifyJournal(next));
      transfers += page.getCheckedTransferCount();
    }
    return page.toBuilder().setCheckedTransferCount(transfers).build();
  }

  private void sealIf(boolean wanted) {
    if (wanted) {
      sealAll();
    }
  }

  /** The scheduled step may be under way too; they keep out of each other's way. */
  private void sealAll() {
    long last = number("select max(batch_id) from journal_batch");
    while (number("select coalesce(max(last_batch_id), 0) from journal_seal") < last) {
      await(sealing.step());
    }
  }

  /** With triggers off, for this transaction alone. */
  private void withoutGuard(String sql) {
    await(
        pool.withTransaction(
            tx ->
                tx.query("set local session_replication_role = replica")
                    .execute()
                    .chain(() -> tx.query(sql).execute())));
  }

  private long number(String sql) {
    return await(pool.query(sql).execute()).iterator().next().getLong(0);
  }
}
