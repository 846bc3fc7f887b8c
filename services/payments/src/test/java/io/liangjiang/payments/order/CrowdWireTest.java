package io.liangjiang.payments.order;

import static io.liangjiang.payments.order.PaymentRequests.await;
import static io.liangjiang.payments.order.PaymentRequests.pay;
import static io.liangjiang.payments.order.PaymentRequests.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.payments.v1.Channel;
import io.liangjiang.payments.v1.Charge;
import io.liangjiang.payments.v1.PayPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many pay one merchant from their wallets at once: they share transactions, and each is decided
 * for itself.
 */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class CrowdWireTest {
  private static final long FARE = 200;

  @Inject PaymentsCity city;
  @Inject PaymentsCity poor;

  @BeforeEach
  void calm() {
    city.calm();
  }

  @AfterEach
  void booksAreZero() {
    city.requireZeroBooks();
  }

  @Test
  void aPoorPayerFailsAlone() {
    city.fill(50 * FARE);
    poor.fill(FARE - 1);
    var mine = orders(city, 50);
    PaymentOrder theirs = poor.create(FARE);

    var calls =
        Stream.concat(
                mine.stream().map(order -> answer(city, pay(order, Channel.WALLET))),
                Stream.of(answer(poor, pay(theirs, Channel.WALLET))))
            .toList();
    var answers = all(calls);

    assertThat(answers.subList(0, 50)).containsOnly("SUCCEEDED");
    assertThat(answers.getLast()).isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(city.balance()).isZero();
    assertThat(poor.balance()).isEqualTo(FARE - 1);
    assertThat(poor.read(theirs).getState()).isEqualTo(PaymentOrder.State.CREATED);
    assertThat(poor.entries()).hasSize(1);
    assertThat(city.entries()).hasSizeGreaterThanOrEqualTo(20);
  }

  @Test
  void aWalletGivesNoMoreThanItHas() {
    city.fill(7 * FARE);
    var answers =
        all(
            orders(city, 20).stream()
                .map(order -> answer(city, pay(order, Channel.WALLET)))
                .toList());

    assertThat(Collections.frequency(answers, "SUCCEEDED")).isEqualTo(7);
    assertThat(Collections.frequency(answers, "INSUFFICIENT_FUNDS")).isEqualTo(13);
    assertThat(city.balance()).isZero();
  }

  @Test
  void oneOrderUnderManyKeysIsPaidOnce() {
    city.fill(10 * FARE);
    PaymentOrder order = city.create(FARE);

    var answers =
        all(Stream.generate(() -> answer(city, pay(order, Channel.WALLET))).limit(32).toList());

    assertThat(answers).containsOnly("SUCCEEDED");
    assertThat(city.balance()).isEqualTo(9 * FARE);
    assertThat(city.eventTypesOf(order)).containsExactly("payments.PaymentOrderSucceeded");
  }

  @Test
  void aKeyThatWasUsedForAnotherOrderIsRefused() {
    city.fill(10 * FARE);
    var request = pay(city.create(FARE), Channel.WALLET);
    await(city.asPayer().payPaymentOrder(request));
    String other = city.create(FARE).getPaymentOrderId();

    assertThat(
            reasonOf(
                city.asPayer()
                    .payPaymentOrder(request.toBuilder().setPaymentOrderId(other).build())))
        .isEqualTo("REQUEST_ID_REUSED");
    assertThat(city.balance()).isEqualTo(9 * FARE);
  }

  @Test
  void answersThePaymentItselfAndNotARereading() {
    city.fill(FARE);
    PaymentOrder order = city.create(FARE);
    PaymentOrder paid = await(city.asPayer().payPaymentOrder(pay(order, Channel.WALLET)));

    assertThat(paid).isEqualTo(city.read(order));
  }

  @Test
  void chargesEmptyWalletsOfACrowdForItself() {
    city.fill(30 * FARE);
    var calls =
        IntStream.range(0, 40)
            .mapToObj(i -> i % 4 == 0 ? poor.charge(FARE) : city.charge(FARE))
            .map(
                request ->
                    city.asTransit().createCharge(request).map(charge -> charge.getState().name()))
            .toList();

    var states = all(calls);

    assertThat(Collections.frequency(states, Charge.State.SUCCESS.name())).isEqualTo(30);
    assertThat(Collections.frequency(states, Charge.State.PAY_FAIL.name())).isEqualTo(10);
    assertThat(city.balance()).isZero();
  }

  @Test
  void copiesOfAChargeTakeTheFareOnce() {
    city.fill(10 * FARE);
    var request = city.charge(FARE);

    var ids =
        all(
            Stream.generate(() -> city.asTransit().createCharge(request).map(Charge::getChargeId))
                .limit(32)
                .toList());

    assertThat(ids.stream().distinct()).hasSize(1);
    assertThat(city.balance()).isEqualTo(9 * FARE);
  }

  @Test
  void anUnknownMerchantIsRefusedBesideOthers() {
    city.fill(10 * FARE);
    var strange = city.charge(FARE).toBuilder().setMerchantId("nobody").build();
    Function<Uni<Charge>, Uni<String>> state = call -> call.map(each -> each.getState().name());

    var answers =
        all(
            List.of(
                state.apply(city.asTransit().createCharge(city.charge(FARE))),
                orReason(state.apply(city.asTransit().createCharge(strange))),
                state.apply(city.asTransit().createCharge(city.charge(FARE)))));

    assertThat(answers).containsExactly("SUCCESS", "MERCHANT_NOT_FOUND", "SUCCESS");
    assertThat(city.balance()).isEqualTo(8 * FARE);
  }

  private static List<PaymentOrder> orders(PaymentsCity payer, int count) {
    return Stream.generate(() -> payer.create(FARE)).limit(count).toList();
  }

  private static Uni<String> answer(PaymentsCity payer, PayPaymentOrderRequest request) {
    return orReason(payer.asPayer().payPaymentOrder(request).map(paid -> paid.getState().name()));
  }

  private static Uni<String> orReason(Uni<String> call) {
    return call.onFailure().recoverWithItem(TestCalls::reason);
  }

  private static List<String> all(List<Uni<String>> calls) {
    return await(Uni.join().all(calls).andFailFast());
  }
}
