package io.liangjiang.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.ledger.LedgerAccount.Totals;
import io.liangjiang.payments.ledger.LedgerSteps.Batch;
import io.liangjiang.payments.ledger.LedgerSteps.Step;
import io.liangjiang.payments.v1.Transfer.Kind;
import io.liangjiang.platform.batch.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever is asked in whatever order (create, reserve, post, void, expire, revert, again, under a
 * used id), in whatever batches, is decided as the slow model decides it. That this finds bugs is
 * shown by planting some.
 */
class LedgerModelTest {
  private static final Instant BEGIN = Instant.parse("2026-05-01T00:00:00Z");
  private static final Duration STEP = Duration.ofSeconds(1);
  private static final List<Long> ACCOUNTS =
      LongStream.rangeClosed(1, LedgerSteps.ACCOUNTS).boxed().toList();

  /** Each must have happened often enough for the comparison to mean something. */
  private static final List<String> DECISIONS =
      List.of(
          LedgerModel.BOOKED,
          "INSUFFICIENT_FUNDS",
          "REQUEST_ID_REUSED",
          "TRANSFER_NOT_FOUND",
          "TRANSFER_NOT_PENDING",
          "TRANSFER_NOT_REVERTIBLE",
          "TRANSFER_REVERTED",
          "PENDING_TRANSFER_ANSWERED",
          "PENDING_TRANSFER_EXPIRED",
          "AMOUNT_EXCEEDS_PENDING");

  private static final int MIN_OF_EACH = 10;

  /** Decides the groups of one batch and keeps what came of it. */
  private interface Decider {
    List<String> decide(KeptLedger kept, List<List<Instruction>> groups, Instant now);
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void decidesEverySequenceAsTheModel(@ForAll("batches") List<Batch> batches) {
    for (String decision : compare(batches, LedgerModelTest::decide)) {
      Statistics.label("decisions").collect(decision);
    }
    Statistics.label("decisions")
        .coverage(
            coverage ->
                DECISIONS.forEach(
                    decision -> coverage.check(decision).count(n -> n >= MIN_OF_EACH)));
  }

  @AddLifecycleHook(PlantedBugIsFound.class)
  @Property(edgeCases = EdgeCasesMode.NONE)
  void findsThatGroupsOfABatchDoNotSeeEachOther(@ForAll("batches") List<Batch> batches) {
    compare(
        batches,
        (kept, groups, now) -> {
          var apart = groups.stream().map(group -> kept.decision(now)).toList();
          List<String> decided = new ArrayList<>();
          for (int i = 0; i < groups.size(); i++) {
            decided.add(reason(apart.get(i).decide(groups.get(i))));
          }
          apart.forEach(kept::keep);
          return decided;
        });
  }

  @AddLifecycleHook(PlantedBugIsFound.class)
  @Property(edgeCases = EdgeCasesMode.NONE)
  void findsThatPartOfAGroupIsBooked(@ForAll("batches") List<Batch> batches) {
    compare(
        batches,
        (kept, groups, now) -> {
          var decision = kept.decision(now);
          var decided = groups.stream().map(group -> firstRefusal(decision, group)).toList();
          kept.keep(decision);
          return decided;
        });
  }

  @AddLifecycleHook(PlantedBugIsFound.class)
  @Property(edgeCases = EdgeCasesMode.NONE)
  void findsThatAnAnswerIsForgotten(@ForAll("batches") List<Batch> batches) {
    compare(
        batches,
        (kept, groups, now) -> {
          var decision = kept.decision(now);
          var decided = groups.stream().map(group -> reason(decision.decide(group))).toList();
          kept.keepAllButAnswers(decision);
          return decided;
        });
  }

  @Provide
  Arbitrary<List<Batch>> batches() {
    return LedgerSteps.batches();
  }

  private static List<String> decide(KeptLedger kept, List<List<Instruction>> groups, Instant now) {
    var decision = kept.decision(now);
    var decided = groups.stream().map(group -> reason(decision.decide(group))).toList();
    kept.keep(decision);
    return decided;
  }

  private static String firstRefusal(BatchDecision decision, List<Instruction> group) {
    for (Instruction one : group) {
      String reason = reason(decision.decide(List.of(one)));
      if (!reason.equals(LedgerModel.BOOKED)) {
        return reason;
      }
    }
    return LedgerModel.BOOKED;
  }

  /** Plays the batches to both, and says what was decided. */
  private static List<String> compare(List<Batch> batches, Decider decider) {
    var kept = new KeptLedger(ACCOUNTS, BEGIN);
    var model = new LedgerModel(ACCOUNTS.getFirst());
    var script = new LedgerScript(ACCOUNTS, STEP);
    List<String> all = new ArrayList<>();
    Instant now = BEGIN;
    for (Batch batch : batches) {
      now = now.plus(STEP.multipliedBy(batch.pausePercent()).dividedBy(100));
      if (batch.expires()) {
        expire(kept, now);
        model.expire(now);
      }
      List<List<Instruction>> groups = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      for (List<Step> steps : batch.groups()) {
        List<Instruction> group = script.read(steps);
        groups.add(group);
        expected.add(applied(model, script, group, now));
      }
      assertThat(decider.decide(kept, groups, now)).isEqualTo(expected);
      ACCOUNTS.forEach(id -> assertThat(kept.totals(id)).isEqualTo(totals(model, id)));
      all.addAll(expected);
    }
    return all;
  }

  private static String applied(
      LedgerModel model, LedgerScript script, List<Instruction> group, Instant now) {
    String decision = model.applyAll(group, now);
    if (!decision.equals(LedgerModel.BOOKED)) {
      script.refused(group);
    }
    return decision;
  }

  private static void expire(KeptLedger kept, Instant now) {
    var decision = kept.decision(now);
    for (LedgerTransfer transfer : kept.due(now)) {
      var answer = Answer.inFull(UUID.randomUUID(), transfer.id(), Kind.EXPIRE);
      assertThat(reason(decision.decide(List.of(answer)))).isEqualTo(LedgerModel.BOOKED);
    }
    kept.keep(decision);
  }

  private static Totals totals(LedgerModel model, long id) {
    return new Totals(
        model.debits(id), model.credits(id), model.pendingDebits(id), model.pendingCredits(id));
  }

  private static String reason(Outcome<?> outcome) {
    return outcome instanceof Outcome.Refused<?>(var refusal)
        ? refusal.reason().name()
        : LedgerModel.BOOKED;
  }
}
