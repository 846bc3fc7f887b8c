package io.liangjiang.platform.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.batch.OnceEach.Claimed;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.RequestClaim;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.v1.AccessRecord;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.Money;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class OnceEachTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ServiceException REFUSAL =
      new ServiceException(PlatformReason.INTERNAL, "an odd amount");

  @Inject OnceEach once;
  @Inject Idempotency idempotency;
  @Inject Database database;

  private final Caller caller =
      new Caller(
          UUID.randomUUID().toString(),
          Set.of("citizen"),
          AssuranceLevel.BASIC,
          null,
          null,
          "session",
          "token");

  /** Amounts whose effect ran. */
  private final List<Long> effects = new ArrayList<>();

  @Test
  void copiesShareAnOutcomeAndOneEffect() {
    var first = request(id(), 2);
    var other = request(id(), 4);

    var outcomes = run(first, other, first);

    assertThat(outcomes).hasSize(3);
    assertThat(outcomes.get(2)).isEqualTo(outcomes.getFirst());
    assertThat(outcomes.get(1)).isNotEqualTo(outcomes.getFirst());
    assertThat(effects).containsExactly(2L, 4L);
  }

  @Test
  void whatHappenedBeforeIsAnsweredAgain() {
    var request = request(id(), 2);
    var before = run(request).getFirst();

    assertThat(run(request(id(), 6), request).get(1)).isEqualTo(before);
    assertThat(effects).containsExactly(2L, 6L);
  }

  @Test
  void otherContentUnderAnIdIsRefused() {
    String id = id();
    assertThat(reasons(run(request(id, 2), request(id, 4))))
        .containsExactly(null, PlatformReason.REQUEST_ID_REUSED);
    assertThat(reasons(run(request(id, 6), request(id(), 8))))
        .containsExactly(PlatformReason.REQUEST_ID_REUSED, null);
    assertThat(effects).containsExactly(2L, 8L);
  }

  @Test
  void aRefusalTouchesNoOtherAndMayBeTriedAgain() {
    var odd = request(id(), 3);
    var even = request(id(), 2);

    assertThat(reasons(run(odd, even, odd)))
        .containsExactly(PlatformReason.INTERNAL, null, PlatformReason.INTERNAL);
    assertThat(reasons(run(odd))).containsExactly(PlatformReason.INTERNAL);
    assertThat(effects).containsExactly(3L, 2L, 3L);
  }

  @Test
  void knowsWhatHappenedAlone() {
    var request = request(id(), 2);
    var alone =
        await(
            idempotency.once(
                caller,
                request.claim().requestId().toString(),
                request.item(),
                AccessRecord.getDefaultInstance(),
                tx -> Uni.createFrom().item(answer(request.item()))));

    assertThat(run(request)).containsExactly(Outcome.done(alone));
    assertThat(effects).isEmpty();
  }

  @Test
  void failsAsAWholeWhenAnotherWasFirstMeanwhile() {
    var contested = request(id(), 2);
    var other = request(id(), 4);

    var failure =
        catchThrowable(
            () ->
                await(
                    database.inTransaction(
                        tx ->
                            once.run(
                                tx,
                                List.of(other, contested),
                                AccessRecord.getDefaultInstance(),
                                amounts ->
                                    apply(List.of(contested)).chain(() -> effect(amounts))))));

    assertThat(OnceEach.isKnownMeanwhile(failure)).isTrue();
    assertThat(reasons(run(other, contested))).containsExactly(null, null);
    assertThat(effects).containsExactly(2L, 4L, 2L, 4L);
  }

  private Claimed<Money> request(String id, long minor) {
    var amount = Money.newBuilder().setAmountMinor(minor).setCurrencyCode("CNY").build();
    return new Claimed<>(RequestClaim.of(caller, id, amount), amount);
  }

  @SafeVarargs
  private List<Outcome<AccessRecord>> run(Claimed<Money>... requests) {
    return await(apply(List.of(requests)));
  }

  private Uni<List<Outcome<AccessRecord>>> apply(List<Claimed<Money>> requests) {
    return database.inTransaction(
        tx -> once.run(tx, requests, AccessRecord.getDefaultInstance(), this::effect));
  }

  private Uni<List<Outcome<AccessRecord>>> effect(List<Money> amounts) {
    amounts.forEach(amount -> effects.add(amount.getAmountMinor()));
    return Uni.createFrom()
        .item(
            amounts.stream()
                .map(
                    amount ->
                        amount.getAmountMinor() % 2 == 0
                            ? Outcome.done(answer(amount))
                            : Outcome.<AccessRecord>refused(REFUSAL))
                .toList());
  }

  private static AccessRecord answer(Money amount) {
    return AccessRecord.newBuilder()
        .setAccessRecordId(UUID.randomUUID().toString())
        .setPurpose(String.valueOf(amount.getAmountMinor()))
        .build();
  }

  private static List<Object> reasons(List<Outcome<AccessRecord>> outcomes) {
    List<Object> reasons = new ArrayList<>();
    for (Outcome<AccessRecord> outcome : outcomes) {
      reasons.add(
          outcome instanceof Outcome.Refused<AccessRecord>(var refusal) ? refusal.reason() : null);
    }
    return reasons;
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(LIMIT);
  }
}
