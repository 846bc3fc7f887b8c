package io.liangjiang.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.ledger.LedgerSteps.Batch;
import io.liangjiang.payments.ledger.LedgerSteps.Step;
import io.liangjiang.payments.v1.Account;
import io.liangjiang.payments.v1.LedgerService;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sequences as {@link LedgerModelTest} plays them, against the database. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class LedgerModelWireTest {
  private static final int BATCHES = 60;

  /** Steps so large that the time the test itself takes decides nothing. */
  private static final Duration STEP = Duration.ofHours(1);

  @GrpcClient("self")
  LedgerService self;

  @Inject MutableClock clock;
  @Inject Database database;
  @Inject Journal journal;
  @Inject PendingSweep sweep;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void databaseKeepsWhatTheModelKeeps(long seed) {
    var calls = new LedgerCalls(TestCalls.as(self, TestTokens.service("tourism")));
    Map<Long, Account> accounts =
        List.of(calls.bank(), calls.wallet(), calls.wallet(), calls.wallet()).stream()
            .collect(Collectors.toMap(a -> Long.valueOf(a.getAccountId()), Function.identity()));
    var ids = accounts.keySet().stream().sorted().toList();
    var model = new LedgerModel(ids.getFirst());
    var script = new LedgerScript(ids, STEP);

    for (Batch batch : LedgerSteps.drawn(seed, BATCHES)) {
      if (batch.expires()) {
        clock.advance(STEP.plusMinutes(1));
        model.expire(clock.instant());
        LedgerCalls.await(sweep.sweep());
      }
      for (List<Step> steps : batch.groups()) {
        List<Instruction> group = script.read(steps);
        String expected = model.applyAll(group, clock.instant());
        assertThat(book(group)).isEqualTo(expected);
        if (!expected.equals(LedgerModel.BOOKED)) {
          script.refused(group);
        }
      }
    }

    accounts.forEach((id, account) -> assertKept(calls.read(account), model, id));
  }

  private String book(List<Instruction> group) {
    return LedgerCalls.await(
        database
            .inTransaction(tx -> journal.post(tx, group))
            .map(done -> LedgerModel.BOOKED)
            .onFailure(ServiceException.class)
            .recoverWithItem(refusal -> ((ServiceException) refusal).reason().name()));
  }

  private static void assertKept(Account account, LedgerModel model, long id) {
    assertThat(account.getDebitsPostedMinor()).isEqualTo(model.debits(id));
    assertThat(account.getCreditsPostedMinor()).isEqualTo(model.credits(id));
    assertThat(account.getDebitsPendingMinor()).isEqualTo(model.pendingDebits(id));
    assertThat(account.getCreditsPendingMinor()).isEqualTo(model.pendingCredits(id));
  }
}
