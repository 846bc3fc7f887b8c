package io.liangjiang.healthcare.appointment;

import static io.liangjiang.healthcare.appointment.AppointmentPlay.cancel;
import static io.liangjiang.healthcare.fake.Wire.TODAY;
import static io.liangjiang.healthcare.fake.Wire.at;
import static io.liangjiang.healthcare.fake.Wire.await;
import static io.liangjiang.healthcare.fake.Wire.metadata;
import static io.liangjiang.healthcare.fake.Wire.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.healthcare.fake.FakePayments;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.healthcare.v1.Appointment.State;
import io.liangjiang.healthcare.v1.Slot;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class CancellationTest {
  private static final Duration NEXT_TRY = Duration.ofMinutes(2);

  @Inject AppointmentPlay play;
  @Inject FakePayments payments;
  @Inject Sweeps sweeps;
  @Inject MutableClock clock;

  private final UUID citizen = UUID.randomUUID();
  private String hospital = "";

  @BeforeEach
  void openAHospital() {
    hospital = play.openHospital(1000);
  }

  @AfterEach
  void reset() {
    play.reset();
  }

  @Test
  void closesTheOrderOfAnUnpaidAppointmentAndFreesTheNumber() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    var appointment = play.book(citizen, slot);

    var cancelled = await(play.as(citizen).cancelAppointment(cancel(appointment)));

    assertThat(cancelled.getState()).isEqualTo(State.CANCELLED);
    assertThat(cancelled.getCancelReason()).isEqualTo(CancelReason.BY_CITIZEN);
    assertThat(cancelled.hasCancelTime()).isTrue();
    assertThat(payments.order(appointment.getPaymentOrderId()).getState())
        .isEqualTo(PaymentOrder.State.CLOSED);
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.FREE);
  }

  @Test
  void refundsAPaidAppointmentOnce() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    var appointment = play.bookAndPay(citizen, slot);
    var request = cancel(appointment);

    await(play.as(citizen).cancelAppointment(request));
    var again = await(play.as(citizen).cancelAppointment(request));
    var withAnotherId = await(play.as(citizen).cancelAppointment(cancel(appointment)));

    assertThat(again.getState()).isEqualTo(State.CANCELLED);
    assertThat(withAnotherId.getState()).isEqualTo(State.CANCELLED);
    assertThat(payments.refundsOf(appointment.getPaymentOrderId())).hasSize(1);
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.FREE);
  }

  @Test
  void refundsWhenTheMoneyCameBeforeTheOrderCouldBeClosed() {
    var appointment = play.book(citizen, play.tomorrow(hospital + "-1", 0));
    payments.pay(appointment.getPaymentOrderId());

    var cancelled = await(play.as(citizen).cancelAppointment(cancel(appointment)));

    assertThat(cancelled.getState()).isEqualTo(State.CANCELLED);
    assertThat(payments.refundsOf(appointment.getPaymentOrderId())).hasSize(1);
  }

  @Test
  void refundsLaterWhenPaymentsIsAway() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    payments.down(true);
    var cancelled = await(play.as(citizen).cancelAppointment(cancel(appointment)));
    assertThat(cancelled.getState()).isEqualTo(State.CANCELLED);
    assertThat(payments.refundsOf(appointment.getPaymentOrderId())).isEmpty();
    payments.down(false);

    clock.advance(NEXT_TRY);
    await(sweeps.sweep());

    assertThat(payments.refundsOf(appointment.getPaymentOrderId())).hasSize(1);
  }

  @Test
  void refundsOnceWhenTheAnswerWasLost() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    payments.losingAnswers(true);
    await(play.as(citizen).cancelAppointment(cancel(appointment)));
    await(sweeps.sweep());
    payments.losingAnswers(false);

    clock.advance(NEXT_TRY);
    await(sweeps.sweep());

    assertThat(payments.refundsOf(appointment.getPaymentOrderId())).hasSize(1);
  }

  @Test
  void asksNoMoreForARefundThatFailedForGood() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    payments.refundsBecome(Refund.State.FAILED);
    await(play.as(citizen).cancelAppointment(cancel(appointment)));
    int asked = payments.askedAbout(appointment.getPaymentOrderId());

    clock.advance(NEXT_TRY);
    await(sweeps.sweep());

    assertThat(play.get(citizen, appointment).getState()).isEqualTo(State.CANCELLED);
    assertThat(payments.askedAbout(appointment.getPaymentOrderId())).isEqualTo(asked);
  }

  @Test
  void asksNoMoreForAFeeThatTheHospitalGaveBackItself() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    payments.giveBack(appointment.getPaymentOrderId());
    await(play.as(citizen).cancelAppointment(cancel(appointment)));
    int asked = payments.askedAbout(appointment.getPaymentOrderId());

    clock.advance(NEXT_TRY);
    await(sweeps.sweep());

    assertThat(play.get(citizen, appointment).getState()).isEqualTo(State.CANCELLED);
    assertThat(payments.askedAbout(appointment.getPaymentOrderId())).isEqualTo(asked);
  }

  @Test
  void closesAnOrderWhoseMakingNobodyAnswered() {
    var slot = play.tomorrow(hospital + "-1", 0);
    payments.losingAnswers(true);
    assertThat(refusal(play.tryBook(citizen, slot))).isEqualTo("PAYMENTS_UNAVAILABLE");
    payments.losingAnswers(false);
    var appointment =
        await(
                play.as(citizen)
                    .listAppointments(
                        io.liangjiang.healthcare.v1.ListAppointmentsRequest.getDefaultInstance()))
            .getAppointments(0);
    assertThat(appointment.getPaymentOrderId()).isEmpty();

    await(play.as(citizen).cancelAppointment(cancel(appointment)));

    assertThat(payments.ordersFor(appointment.getAppointmentId()))
        .extracting(PaymentOrder::getState)
        .containsExactly(PaymentOrder.State.CLOSED);
  }

  @Test
  void takesABookedAppointmentBackUntilTwentyToMidnightOfTheDayBefore() {
    var first = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));
    var second = play.bookAndPay(citizen, play.tomorrow(hospital + "-2", 0));

    clock.set(at(TODAY, "23:39"));
    assertThat(await(play.as(citizen).cancelAppointment(cancel(first))).getState())
        .isEqualTo(State.CANCELLED);

    clock.set(at(TODAY, "23:40:01"));
    assertThat(refusal(play.as(citizen).cancelAppointment(cancel(second))))
        .isEqualTo("CANCELLATION_TOO_LATE");
    assertThat(metadata(play.as(citizen).cancelAppointment(cancel(second)), "deadline"))
        .isEqualTo(at(TODAY, "23:40").toString());
    assertThat(payments.refundsOf(second.getPaymentOrderId())).isEmpty();
  }

  @Test
  void takesAnUnpaidAppointmentBackAtAnyTime() {
    clock.set(at(TODAY, "23:50"));
    var appointment = play.book(citizen, play.tomorrow(hospital + "-1", 0));

    assertThat(await(play.as(citizen).cancelAppointment(cancel(appointment))).getState())
        .isEqualTo(State.CANCELLED);
  }

  @Test
  void refusesWhatHasBeenUsed() {
    var appointment = play.book(citizen, play.slot(hospital + "-walk-in", TODAY, 0));
    clock.set(at(TODAY, "11:00"));
    await(play.as(citizen).checkInAppointment(AppointmentPlay.checkIn(appointment)));

    assertThat(refusal(play.as(citizen).cancelAppointment(cancel(appointment))))
        .isEqualTo("APPOINTMENT_NOT_CANCELLABLE");
  }
}
