package io.liangjiang.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.ledger.LedgerAccount.Guard;
import io.liangjiang.payments.ledger.LedgerAccount.Totals;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.batch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sequences of create, reserve, post, void, expire and revert, in random batches, decided as
 * the slow model decides them. What a database would keep between batches is kept in maps.
 */
class LedgerModelTest {
  private static final int BATCHES = 150;
  private static final List<Long> ACCOUNTS = List.of(1L, 2L, 3L, 4L);

  private final Map<Long, LedgerAccount> accounts = new HashMap<>();
  private final Map<UUID, LedgerTransfer> transfers = new HashMap<>();
  private final LedgerModel model = new LedgerModel(1);
  private Instant now = Instant.parse("2026-05-01T00:00:00Z");
  private int booked;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void decidesEverySequenceAsTheModel(long seed) {
    var instructions = new RandomInstructions(seed, ACCOUNTS, Duration.ofSeconds(1));
    ACCOUNTS.forEach(id -> accounts.put(id, account(id)));

    for (int i = 0; i < BATCHES; i++) {
      now = now.plusMillis(instructions.random().nextInt(1_500));
      if (instructions.random().nextInt(4) == 0) {
        expire();
      }
      decideBatch(instructions);
      assertThat(totals()).isEqualTo(totalsOfModel());
    }
    assertThat(booked).isGreaterThan(BATCHES / 4);
  }

  private void decideBatch(RandomInstructions instructions) {
    var decision = new BatchDecision(accounts.values(), transfers.values(), now);
    for (int i = instructions.random().nextInt(4); i >= 0; i--) {
      List<Instruction> group = new ArrayList<>();
      for (int j = instructions.random().nextInt(3); j >= 0; j--) {
        group.add(instructions.next());
      }
      assertThat(reason(decision.decide(group))).isEqualTo(model.applyAll(group, now));
    }
    keep(decision);
  }

  private void expire() {
    var due =
        transfers.values().stream()
            .filter(t -> t.kind() == Kind.PENDING && t.links().answeringId() == null)
            .filter(t -> t.isExpired(now))
            .toList();
    var decision = new BatchDecision(accounts.values(), transfers.values(), now);
    for (LedgerTransfer transfer : due) {
      var answer = Answer.inFull(UUID.randomUUID(), transfer.id(), Kind.EXPIRE);
      assertThat(reason(decision.decide(List.of(answer)))).isEmpty();
    }
    keep(decision);
    model.expire(now);
  }

  private void keep(BatchDecision decision) {
    decision.changed().forEach(account -> accounts.put(account.id(), account));
    for (LedgerTransfer made : decision.booked()) {
      booked++;
      transfers.merge(made.id(), made, (answeredBefore, same) -> same);
      UUID answered = made.links().answeredId();
      if (answered != null) {
        transfers.computeIfPresent(answered, (id, transfer) -> transfer.answeredBy(made.id()));
      }
    }
  }

  private Map<Long, String> totals() {
    var all = new HashMap<Long, String>();
    accounts.forEach((id, account) -> all.put(id, account.totals().toString()));
    return all;
  }

  private Map<Long, String> totalsOfModel() {
    var all = new HashMap<Long, String>();
    ACCOUNTS.forEach(
        id ->
            all.put(
                id,
                new Totals(
                        model.debits(id),
                        model.credits(id),
                        model.pendingDebits(id),
                        model.pendingCredits(id))
                    .toString()));
    return all;
  }

  private LedgerAccount account(long id) {
    return new LedgerAccount(
        id,
        "test/" + id,
        Account.Kind.LIABILITY,
        Amounts.CURRENCY,
        Guard.of(id != 1, false),
        Totals.ZERO,
        now,
        null);
  }

  private static String reason(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?>(var refusal)
        ? refusal.reason().name()
        : LedgerModel.BOOKED;
  }
}
