package io.liangjiang.healthcare.appointment;

import static io.liangjiang.healthcare.fake.Wire.TODAY;
import static io.liangjiang.healthcare.fake.Wire.at;
import static io.liangjiang.healthcare.fake.Wire.await;
import static io.liangjiang.healthcare.fake.Wire.metadata;
import static io.liangjiang.healthcare.fake.Wire.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.healthcare.fake.FakePayments;
import io.liangjiang.healthcare.hospital.TestHospitals;
import io.liangjiang.healthcare.v1.Appointment;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.healthcare.v1.Appointment.State;
import io.liangjiang.healthcare.v1.ListAppointmentsRequest;
import io.liangjiang.healthcare.v1.Slot;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class SweepsTest {
  @Inject AppointmentPlay play;
  @Inject TestHospitals hospitals;
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
  void cancelsWhatIsNotPaidWithinAQuarterOfAnHour() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    var appointment = play.book(citizen, slot);

    clock.set(at(TODAY, "10:15:30"));
    await(sweeps.sweep());
    assertThat(play.get(citizen, appointment).getState()).isEqualTo(State.PROPOSED);

    clock.set(at(TODAY, "10:18"));
    await(sweeps.sweep());

    var cancelled = play.get(citizen, appointment);
    assertThat(cancelled.getState()).isEqualTo(State.CANCELLED);
    assertThat(cancelled.getCancelReason()).isEqualTo(CancelReason.NOT_PAID);
    assertThat(payments.order(appointment.getPaymentOrderId()).getState())
        .isEqualTo(PaymentOrder.State.CLOSED);
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.FREE);
  }

  @Test
  void refundsMoneyThatCameAfterTheHoldRanOut() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    var appointment = play.book(citizen, slot);
    payments.pay(appointment.getPaymentOrderId());

    clock.set(at(TODAY, "10:30"));
    await(sweeps.sweep());

    assertThat(play.get(citizen, appointment).getState()).isEqualTo(State.CANCELLED);
    assertThat(payments.refundsOf(appointment.getPaymentOrderId())).hasSize(1);
  }

  @Test
  void finishesAnAppointmentWhosePaymentOrderNobodyMade() {
    payments.down(true);
    assertThat(refusal(play.tryBook(citizen, play.tomorrow(hospital + "-1", 0))))
        .isEqualTo("PAYMENTS_UNAVAILABLE");
    payments.down(false);

    clock.set(at(TODAY, "10:02"));
    await(sweeps.sweep());

    var appointment =
        await(play.as(citizen).listAppointments(ListAppointmentsRequest.getDefaultInstance()))
            .getAppointments(0);
    assertThat(payments.order(appointment.getPaymentOrderId()).getBusinessReference())
        .isEqualTo(appointment.getAppointmentId());
  }

  @Test
  void asksPaymentsAboutMoneyOfWhichNoEventCame() {
    var appointment = play.book(citizen, play.tomorrow(hospital + "-1", 0));
    payments.pay(appointment.getPaymentOrderId());

    clock.set(at(TODAY, "10:02"));
    await(sweeps.sweep());

    var listed =
        await(play.as(citizen).listAppointments(ListAppointmentsRequest.getDefaultInstance()));
    assertThat(listed.getAppointments(0).getState()).isEqualTo(State.BOOKED);
  }

  @Test
  void marksWhoDidNotComeWhenTheDayIsOver() {
    var appointment = play.bookAndPay(citizen, play.tomorrow(hospital + "-1", 0));

    clock.set(at(TODAY.plusDays(1), "23:59"));
    await(sweeps.sweep());
    assertThat(play.get(citizen, appointment).getState()).isEqualTo(State.BOOKED);

    clock.set(at(TODAY.plusDays(2), "00:00"));
    await(sweeps.sweep());
    assertThat(play.get(citizen, appointment).getState()).isEqualTo(State.NOSHOW);
    assertThat(refusal(play.as(citizen).cancelAppointment(AppointmentPlay.cancel(appointment))))
        .isEqualTo("APPOINTMENT_NOT_CANCELLABLE");
    assertThat(
            refusal(play.asDesk(hospital).checkInAppointment(AppointmentPlay.checkIn(appointment))))
        .isEqualTo("APPOINTMENT_NOT_BOOKED");
  }

  @Test
  void blocksAPatientAfterTheFourthNoShowForNinetyDays() {
    for (int n = 1; n <= 3; n++) {
      missOn(n);
    }
    clock.set(at(TODAY.plusDays(4), "10:00"));
    assertThat(bookAhead(5).getState()).isEqualTo(State.PROPOSED);
    missOn(6);

    clock.set(at(TODAY.plusDays(7), "10:00"));
    Slot wanted = play.slot(hospital + "-walk-in", TODAY.plusDays(8), 0);
    assertThat(refusal(play.tryBook(citizen, wanted))).isEqualTo("PATIENT_BLOCKED");
    assertThat(metadata(play.tryBook(citizen, wanted), "blockedUntil"))
        .isEqualTo(TODAY.plusDays(96).toString());
    assertThat(play.book(UUID.randomUUID(), wanted).getState()).isEqualTo(State.BOOKED);

    clock.set(at(TODAY.plusDays(95), "10:00"));
    await(hospitals.startAgain());
    assertThat(
            refusal(play.tryBook(citizen, play.slot(hospital + "-walk-in", TODAY.plusDays(97), 0))))
        .isEqualTo("PATIENT_BLOCKED");
    clock.set(at(TODAY.plusDays(96), "10:00"));
    assertThat(
            play.book(citizen, play.slot(hospital + "-walk-in", TODAY.plusDays(97), 0)).getState())
        .isEqualTo(State.BOOKED);
  }

  /** Books a free number for the day after so many days and does not come. */
  private void missOn(int day) {
    clock.set(at(TODAY.plusDays(day - 1L), "12:00"));
    play.book(citizen, play.slot(hospital + "-walk-in", TODAY.plusDays(day), 0));
    clock.set(at(TODAY.plusDays(day + 1L), "00:00"));
    await(sweeps.sweep());
  }

  private Appointment bookAhead(int day) {
    return play.book(citizen, play.slot(hospital + "-1", TODAY.plusDays(day), 0));
  }
}
