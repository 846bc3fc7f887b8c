package io.liangjiang.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.v1.AccessRecord;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.Money;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class IdempotencyTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Inject Idempotency idempotency;
  @Inject Database database;

  private final Caller caller = caller(UUID.randomUUID().toString());
  private final String requestId = UUID.randomUUID().toString();

  @BeforeEach
  void makeTable() {
    await(database.client().query("drop table if exists effect").execute());
    await(database.client().query("create table effect (request text)").execute());
  }

  @Test
  void effectHappensOnceUnderConcurrentCopies() {
    var answers =
        Multi.createFrom()
            .range(0, 32)
            .onItem()
            .transformToUni(i -> once(caller, amount(7)))
            .merge(32)
            .collect()
            .asList()
            .await()
            .atMost(LIMIT);

    assertThat(answers).hasSize(32).containsOnly(answers.getFirst());
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void otherContentIsRefused() {
    await(once(caller, amount(7)));

    assertThat(reason(once(caller, amount(8)))).isEqualTo(PlatformReason.REQUEST_ID_REUSED);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void anotherCallerMayUseTheSameId() {
    await(once(caller, amount(7)));
    await(once(caller("somebody-else"), amount(8)));

    assertThat(effects()).isEqualTo(2);
  }

  @Test
  void aDelegateNeverMeetsTheRequestsOfTheCitizen() {
    await(once(caller, amount(7)));
    var acting = new Caller.Acting(UUID.randomUUID().toString(), "d.0", Set.of("tourism.book"));
    var delegate =
        new Caller(
            caller.subject(), Set.of("citizen"), AssuranceLevel.BASIC, null, acting, "s", "t");
    await(once(delegate, amount(8)));
    await(once(delegate, amount(8)));

    assertThat(effects()).isEqualTo(2);
  }

  @Test
  void refusalLeavesNothingAndMayBeTriedAgain() {
    var refused =
        idempotency.once(
            caller,
            requestId,
            amount(7),
            AccessRecord.getDefaultInstance(),
            tx ->
                write(tx)
                    .chain(
                        () ->
                            Uni.createFrom()
                                .failure(new ServiceException(PlatformReason.INTERNAL, "no"))));
    assertThat(reason(refused)).isEqualTo(PlatformReason.INTERNAL);
    assertThat(effects()).isZero();

    await(once(caller, amount(7)));

    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void requestIdMustBeAUuid() {
    var failure =
        catchThrowable(
            () ->
                idempotency.once(
                    caller, "1", amount(1), AccessRecord.getDefaultInstance(), this::answer));

    assertThat(((ServiceException) failure).reason()).isEqualTo(PlatformReason.INVALID_REQUEST_ID);
  }

  private Uni<AccessRecord> once(Caller who, Money request) {
    return idempotency.once(
        who, requestId, request, AccessRecord.getDefaultInstance(), this::answer);
  }

  private Uni<AccessRecord> answer(SqlConnection tx) {
    return write(tx)
        .map(
            done ->
                AccessRecord.newBuilder().setAccessRecordId(UUID.randomUUID().toString()).build());
  }

  private Uni<Void> write(SqlConnection tx) {
    return tx.query("insert into effect values ('x')").execute().replaceWithVoid();
  }

  private long effects() {
    return await(database.client().query("select count(*) from effect").execute())
        .iterator()
        .next()
        .getLong(0);
  }

  private static Caller caller(String subject) {
    return new Caller(
        subject, Set.of("citizen"), AssuranceLevel.BASIC, null, null, "session", "token");
  }

  private static Money amount(long minor) {
    return Money.newBuilder().setAmountMinor(minor).setCurrencyCode("CNY").build();
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(LIMIT);
  }

  private static Object reason(Uni<?> work) {
    return ((ServiceException) catchThrowable(() -> await(work))).reason();
  }
}
