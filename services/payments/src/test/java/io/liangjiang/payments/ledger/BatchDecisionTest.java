package io.liangjiang.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.ledger.LedgerAccount.Guard;
import io.liangjiang.payments.ledger.LedgerAccount.Totals;
import io.liangjiang.payments.v1.Account.Kind;
import io.liangjiang.payments.v1.Transfer;
import io.liangjiang.platform.batch.Outcome;
import io.liangjiang.platform.errors.ErrorReason;
import io.liangjiang.platform.errors.PlatformReason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BatchDecisionTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");

  @Test
  void booksBothSides() {
    var decision = decision(account(1, true, 0, 100), account(2, true, 0, 0));

    var outcome = decision.decide(List.of(posting(1, 2, 60)));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(totals(decision))
        .containsExactlyInAnyOrderEntriesOf(Map.of(1L, "60/100", 2L, "0/60"));
  }

  @Test
  void refusesTransferBeyondBalance() {
    var decision = decision(account(1, true, 0, 100), account(2, true, 0, 0));

    assertThat(reason(decision.decide(List.of(posting(1, 2, 101)))))
        .isEqualTo(PaymentsReason.INSUFFICIENT_FUNDS);
    assertThat(decision.booked()).isEmpty();
    assertThat(decision.changed()).isEmpty();
  }

  @Test
  void onePoorPayerDoesNotFailTheOthers() {
    var decision =
        decision(account(1, true, 0, 10), account(2, true, 0, 10), account(3, true, 0, 0));

    var poor = decision.decide(List.of(posting(1, 3, 11)));
    var rich = decision.decide(List.of(posting(2, 3, 10)));

    assertThat(reason(poor)).isEqualTo(PaymentsReason.INSUFFICIENT_FUNDS);
    assertThat(rich).isInstanceOf(Outcome.Done.class);
    assertThat(decision.booked()).hasSize(1);
  }

  @Test
  void spendsWhatArrivedEarlierInTheBatch() {
    var decision =
        decision(account(1, true, 0, 10), account(2, true, 0, 0), account(3, true, 0, 0));

    decide(decision, posting(1, 2, 10));

    assertThat(decision.decide(List.of(posting(2, 3, 10)))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void groupIsAllOrNone() {
    var decision = decision(account(1, true, 0, 10), account(2, true, 0, 0));
    var first = posting(1, 2, 6);

    var outcome = decision.decide(List.of(first, posting(1, 2, 6)));

    assertThat(reason(outcome)).isEqualTo(PaymentsReason.INSUFFICIENT_FUNDS);
    assertThat(((Outcome.Refused<?>) outcome).refusal().metadata()).containsEntry("index", "1");
    assertThat(decision.booked()).isEmpty();
    assertThat(decision.decide(List.of(first))).isInstanceOf(Outcome.Done.class);
    assertThat(totals(decision)).containsEntry(1L, "6/10");
  }

  @Test
  void sameIdAndContentIsTheSameTransfer() {
    var decision = decision(account(1, true, 0, 10), account(2, true, 0, 0));
    var posting = posting(1, 2, 10);

    var first = decision.decide(List.of(posting));
    var second = decision.decide(List.of(posting));

    assertThat(second).isEqualTo(first);
    assertThat(decision.booked()).hasSize(1);
  }

  @Test
  void sameIdAndOtherContentIsRefused() {
    var decision = decision(account(1, true, 0, 10), account(2, true, 0, 0));
    var posting = posting(1, 2, 4);
    decide(decision, posting);
    var other =
        new Posting(posting.transferId(), 1, 2, 5, posting.currencyCode(), posting.reasonCode());

    assertThat(reason(decision.decide(List.of(other)))).isEqualTo(PlatformReason.REQUEST_ID_REUSED);
  }

  @Test
  void postingAllOfItIsTheSameAsNamingHowMuchThatIs() {
    var decision = decision(account(1, true, 0, 10), account(2, true, 0, 0));
    var pending = posting(1, 2, 4);
    decision.decide(List.of(new Reservation(pending, Duration.ofMinutes(1))));
    var all = Answer.inFull(UUID.randomUUID(), pending.transferId(), Transfer.Kind.POST);

    var first = decision.decide(List.of(all));

    assertThat(first).isInstanceOf(Outcome.Done.class);
    assertThat(decision.decide(List.of(named(all, 4)))).isEqualTo(first);
    assertThat(reason(decision.decide(List.of(named(all, 3)))))
        .isEqualTo(PlatformReason.REQUEST_ID_REUSED);
  }

  @Test
  void refusesUnknownAccountAndOtherCurrency() {
    var decision = decision(account(1, false, 0, 0), account(2, true, 0, 0));
    var dollars = new Posting(UUID.randomUUID(), 1, 2, 1, "USD", 0);

    assertThat(reason(decision.decide(List.of(posting(1, 9, 1)))))
        .isEqualTo(PaymentsReason.ACCOUNT_NOT_FOUND);
    assertThat(reason(decision.decide(List.of(dollars))))
        .isEqualTo(PaymentsReason.CURRENCY_MISMATCH);
  }

  @Test
  void refusesTotalsBeyondWhatJsonHolds() {
    var decision = decision(account(1, false, 0, 0), account(2, true, 0, Amounts.MAX_MINOR));

    assertThat(reason(decision.decide(List.of(posting(1, 2, 1)))))
        .isEqualTo(PaymentsReason.INVALID_AMOUNT);
  }

  private static void decide(BatchDecision decision, Posting posting) {
    assertThat(decision.decide(List.of(posting))).isInstanceOf(Outcome.Done.class);
  }

  private static Answer named(Answer all, long amountMinor) {
    return new Answer(all.transferId(), all.answeredId(), all.kind(), amountMinor);
  }

  private static BatchDecision decision(LedgerAccount... accounts) {
    return new BatchDecision(List.of(accounts), List.of(), NOW);
  }

  private static LedgerAccount account(long id, boolean guarded, long debits, long credits) {
    return new LedgerAccount(
        id,
        "test/" + id,
        Kind.LIABILITY,
        Amounts.CURRENCY,
        Guard.of(guarded, false),
        new Totals(debits, credits, 0, 0),
        NOW,
        null);
  }

  private static Posting posting(long debit, long credit, long amount) {
    return new Posting(UUID.randomUUID(), debit, credit, amount, Amounts.CURRENCY, 7);
  }

  private static Map<Long, String> totals(BatchDecision decision) {
    var totals = new HashMap<Long, String>();
    decision
        .changed()
        .forEach(
            a -> totals.put(a.id(), a.totals().debitsMinor() + "/" + a.totals().creditsMinor()));
    return totals;
  }

  private static ErrorReason reason(Outcome<?> outcome) {
    return ((Outcome.Refused<?>) outcome).refusal().reason();
  }
}
