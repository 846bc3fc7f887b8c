package io.liangjiang.healthcare.appointment;

import static io.liangjiang.healthcare.appointment.AppointmentPlay.request;
import static io.liangjiang.healthcare.fake.Wire.TODAY;
import static io.liangjiang.healthcare.fake.Wire.at;
import static io.liangjiang.healthcare.fake.Wire.await;
import static io.liangjiang.healthcare.fake.Wire.metadata;
import static io.liangjiang.healthcare.fake.Wire.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.healthcare.fake.FakeFamilies;
import io.liangjiang.healthcare.fake.FakePayments;
import io.liangjiang.healthcare.v1.Appointment.State;
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
class BookingTest {
  private static final long FEE = 1000;

  @Inject AppointmentPlay play;
  @Inject FakePayments payments;
  @Inject FakeFamilies families;
  @Inject MutableClock clock;

  private final UUID citizen = UUID.randomUUID();
  private String hospital = "";

  @BeforeEach
  void openAHospital() {
    hospital = play.openHospital(FEE);
  }

  @AfterEach
  void reset() {
    play.reset();
  }

  @Test
  void holdsTheNumberUntilTheFeeIsPaid() {
    families.proved(citizen, "李雨桐");
    Slot slot = play.tomorrow(hospital + "-1", 0);

    var appointment = play.book(citizen, slot);

    assertThat(appointment.getState()).isEqualTo(State.PROPOSED);
    assertThat(appointment.getCitizenId()).isEqualTo(citizen.toString());
    assertThat(appointment.getPatientId()).isEqualTo(citizen.toString());
    assertThat(appointment.getPatientName()).isEqualTo("李雨桐");
    assertThat(appointment.getFee().getAmountMinor()).isEqualTo(FEE);
    assertThat(appointment.getHoldExpireTime().getSeconds())
        .isBetween(at(TODAY, "10:15").getEpochSecond(), at(TODAY, "10:15").getEpochSecond() + 120);
    assertThat(appointment.getCancelDeadline().getSeconds())
        .isEqualTo(at(TODAY, "23:40").getEpochSecond());
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.BUSY_TENTATIVE);
    assertThat(play.slot(slot).getRemaining()).isZero();
  }

  @Test
  void ordersTheFeeForTheHospitalAtPayments() {
    var appointment = play.book(citizen, play.tomorrow(hospital + "-1", 0));

    var order = payments.order(appointment.getPaymentOrderId());
    assertThat(order.getMerchantId()).isEqualTo(hospital);
    assertThat(order.getPayerCitizenId()).isEqualTo(citizen.toString());
    assertThat(order.getBusinessReference()).isEqualTo(appointment.getAppointmentId());
    assertThat(order.getAmount().getAmountMinor()).isEqualTo(FEE);
    assertThat(order.getExpireTime()).isEqualTo(appointment.getHoldExpireTime());
  }

  @Test
  void booksAtOnceWithoutAFee() {
    Slot slot = play.slot(hospital + "-walk-in", TODAY, 0);

    var appointment = play.book(citizen, slot);

    assertThat(appointment.getState()).isEqualTo(State.BOOKED);
    assertThat(appointment.getPaymentOrderId()).isEmpty();
    assertThat(payments.ordersFor(appointment.getAppointmentId())).isEmpty();
    assertThat(play.slot(slot, TODAY).getRemaining()).isEqualTo(99);
  }

  @Test
  void booksWhenPaymentsSaysOnAskingThatTheFeeIsPaid() {
    Slot slot = play.tomorrow(hospital + "-1", 0);

    var appointment = play.bookAndPay(citizen, slot);

    assertThat(appointment.getState()).isEqualTo(State.BOOKED);
    assertThat(appointment.hasBookTime()).isTrue();
    assertThat(appointment.hasHoldExpireTime()).isFalse();
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.BUSY);
  }

  @Test
  void booksForAChildOfTheCaller() {
    UUID child = families.child(citizen);
    Slot slot = play.tomorrow(hospital + "-1", 0);

    var appointment = await(play.as(citizen).createAppointment(request(slot, child)));

    assertThat(appointment.getPatientId()).isEqualTo(child.toString());
    assertThat(appointment.getCitizenId()).isEqualTo(citizen.toString());
  }

  @Test
  void refusesSomebodyElsesChild() {
    UUID child = families.child(UUID.randomUUID());
    Slot slot = play.tomorrow(hospital + "-1", 0);

    assertThat(refusal(play.as(citizen).createAppointment(request(slot, child))))
        .isEqualTo("PATIENT_NOT_FOUND");
    assertThat(refusal(play.as(citizen).createAppointment(request(slot, UUID.randomUUID()))))
        .isEqualTo("PATIENT_NOT_FOUND");
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.FREE);
  }

  @Test
  void saysWhenIdentityCannotBeAsked() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    families.down(true);

    assertThat(refusal(play.tryBook(citizen, slot))).isEqualTo("IDENTITY_UNAVAILABLE");
  }

  @Test
  void answersARepeatedRequestWithTheSameAppointment() {
    var request = request(play.tomorrow(hospital + "-1", 0), citizen);

    var first = await(play.as(citizen).createAppointment(request));
    var again = await(play.as(citizen).createAppointment(request));

    assertThat(again).isEqualTo(first);
    assertThat(payments.ordersFor(first.getAppointmentId())).hasSize(1);
  }

  @Test
  void refusesARequestIdThatWasUsedForAnotherSlot() {
    var request = request(play.tomorrow(hospital + "-1", 0), citizen);
    await(play.as(citizen).createAppointment(request));
    var other =
        request.toBuilder().setSlotId(play.tomorrow(hospital + "-2", 0).getSlotId()).build();

    assertThat(refusal(play.as(citizen).createAppointment(other))).isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void goesOnWithTheSameAppointmentWhenPaymentsComesBack() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    var request = request(slot, citizen);
    payments.down(true);
    assertThat(refusal(play.as(citizen).createAppointment(request)))
        .isEqualTo("PAYMENTS_UNAVAILABLE");
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.BUSY_TENTATIVE);
    payments.down(false);

    var appointment = await(play.as(citizen).createAppointment(request));

    assertThat(payments.order(appointment.getPaymentOrderId()).getState())
        .isEqualTo(PaymentOrder.State.CREATED);
  }

  @Test
  void makesOnePaymentOrderWhenAnAnswerWasLost() {
    var request = request(play.tomorrow(hospital + "-1", 0), citizen);
    payments.losingAnswers(true);
    assertThat(refusal(play.as(citizen).createAppointment(request)))
        .isEqualTo("PAYMENTS_UNAVAILABLE");
    payments.losingAnswers(false);

    var appointment = await(play.as(citizen).createAppointment(request));

    assertThat(payments.ordersFor(appointment.getAppointmentId()))
        .extracting(PaymentOrder::getPaymentOrderId)
        .containsExactly(appointment.getPaymentOrderId());
  }

  @Test
  void refusesANumberThatSomebodyElseHas() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    play.book(UUID.randomUUID(), slot);

    assertThat(refusal(play.tryBook(citizen, slot))).isEqualTo("SLOT_BUSY");
  }

  @Test
  void refusesASlotThatIsNotThere() {
    Slot nowhere = Slot.newBuilder().setSlotId(UUID.randomUUID().toString()).build();

    assertThat(refusal(play.tryBook(citizen, nowhere))).isEqualTo("SLOT_NOT_FOUND");
  }

  @Test
  void refusesNumbersThatAreNotReleasedAndSaysWhenTheyAre() {
    Slot slot = play.slot(hospital + "-1", TODAY.plusDays(7), 0);

    assertThat(refusal(play.tryBook(citizen, slot))).isEqualTo("BOOKING_NOT_OPEN");
    assertThat(metadata(play.tryBook(citizen, slot), "opensAt"))
        .isEqualTo(at(TODAY, "19:00").toString());

    clock.set(at(TODAY, "19:00"));
    assertThat(play.book(citizen, slot).getState()).isEqualTo(State.PROPOSED);
  }

  @Test
  void refusesNumbersOfTheSameDayBeforeSeven() {
    clock.set(at(TODAY, "03:00"));
    Slot slot = play.slot(hospital + "-1", TODAY, 0);
    assertThat(refusal(play.tryBook(citizen, slot))).isEqualTo("BOOKING_NOT_OPEN");

    clock.set(at(TODAY, "07:00"));
    assertThat(play.book(citizen, slot).getState()).isEqualTo(State.PROPOSED);
  }

  @Test
  void refusesASlotThatHasStarted() {
    Slot slot = play.slot(hospital + "-1", TODAY, 0);
    clock.set(at(TODAY, "10:30"));

    assertThat(refusal(play.tryBook(citizen, slot))).isEqualTo("BOOKING_CLOSED");
  }

  @Test
  void allowsOneDoctorADepartmentAndThreeDepartmentsADay() {
    play.book(citizen, play.tomorrow(hospital + "-1", 0));
    assertThat(refusal(play.tryBook(citizen, play.tomorrow(hospital + "-1", 1))))
        .isEqualTo("DEPARTMENT_ALREADY_BOOKED");
    play.book(citizen, play.tomorrow(hospital + "-2", 0));
    play.book(citizen, play.tomorrow(hospital + "-3", 0));

    assertThat(refusal(play.tryBook(citizen, play.tomorrow(hospital + "-4", 0))))
        .isEqualTo("TOO_MANY_DEPARTMENTS");
    assertThat(play.book(citizen, play.slot(hospital + "-4", TODAY.plusDays(2), 0)).getState())
        .isEqualTo(State.PROPOSED);
  }

  @Test
  void countsTheLimitsForThePatientNotForTheCitizen() {
    play.book(citizen, play.tomorrow(hospital + "-1", 0));
    UUID child = families.child(citizen);
    var forTheChild = request(play.tomorrow(hospital + "-1", 1), child);

    assertThat(await(play.as(citizen).createAppointment(forTheChild)).getState())
        .isEqualTo(State.PROPOSED);
  }

  @Test
  void forgetsCancelledAppointmentsInTheLimits() {
    var first = play.book(citizen, play.tomorrow(hospital + "-1", 0));
    await(play.as(citizen).cancelAppointment(AppointmentPlay.cancel(first)));

    assertThat(play.book(citizen, play.tomorrow(hospital + "-1", 0)).getState())
        .isEqualTo(State.PROPOSED);
  }
}
