package io.liangjiang.healthcare.appointment;

import static io.liangjiang.healthcare.fake.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.liangjiang.healthcare.fake.FakePayments;
import io.liangjiang.healthcare.v1.Appointment;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.healthcare.v1.Appointment.State;
import io.liangjiang.healthcare.v1.AppointmentBooked;
import io.liangjiang.healthcare.v1.AppointmentCancelled;
import io.liangjiang.healthcare.v1.ListAppointmentsRequest;
import io.liangjiang.healthcare.v1.Slot;
import io.liangjiang.payments.v1.PaymentOrderClosed;
import io.liangjiang.payments.v1.PaymentOrderSucceeded;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.reservation.Reservations;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedService;
import io.liangjiang.platform.v1.SubscribeRequest;
import io.quarkus.grpc.GrpcClient;
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
class PaymentEventsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String SUCCEEDED = "payments.PaymentOrderSucceeded";
  private static final String CLOSED = "payments.PaymentOrderClosed";

  @GrpcClient("self")
  EventFeedService feed;

  @Inject AppointmentPlay play;
  @Inject FakePayments payments;
  @Inject PaymentEvents events;
  @Inject Reservations reservations;
  @Inject Outbox outbox;
  @Inject Sweeps sweeps;
  @Inject Database database;

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
  void booksWhenTheEventOfThePaymentComesOverTheWire() {
    var appointment = play.book(citizen, play.tomorrow(hospital + "-1", 0));

    // In these tests payments' feed is this service's own, so the event goes the way of a real one.
    await(
        database.inTransaction(
            tx ->
                outbox.append(
                    tx,
                    SUCCEEDED,
                    appointment.getPaymentOrderId(),
                    paid(appointment, "healthcare"))));

    Event booked = nextEvent("healthcare.AppointmentBooked", appointment);
    assertThat(unpack(booked, AppointmentBooked.class))
        .isEqualTo(
            AppointmentBooked.newBuilder()
                .setAppointmentId(appointment.getAppointmentId())
                .setCitizenId(citizen.toString())
                .setPatientId(citizen.toString())
                .setHospitalId(hospital)
                .setDepartmentId(hospital + "-1")
                .setStartTime(appointment.getStartTime())
                .setBookedBy(citizen.toString())
                .build());
    assertThat(stored().getState()).isEqualTo(State.BOOKED);
  }

  @Test
  void booksOnceWhenTheEventComesTwice() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    var appointment = play.book(citizen, slot);

    handle(SUCCEEDED, paid(appointment, "healthcare"));
    handle(SUCCEEDED, paid(appointment, "healthcare"));

    assertThat(stored().getState()).isEqualTo(State.BOOKED);
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.BUSY);
  }

  @Test
  void leavesPaymentsOfOtherServicesAlone() {
    var appointment = play.book(citizen, play.tomorrow(hospital + "-1", 0));

    handle(SUCCEEDED, paid(appointment, "tourism"));
    handle(CLOSED, closed(appointment, "tourism"));
    handle(
        SUCCEEDED,
        paid(appointment, "healthcare").toBuilder().setBusinessReference("no id").build());

    assertThat(stored().getState()).isEqualTo(State.PROPOSED);
  }

  @Test
  void survivesAPaymentForAnAppointmentThatIsNotHere() {
    handle(
        SUCCEEDED,
        PaymentOrderSucceeded.newBuilder()
            .setCreatedBy("healthcare")
            .setBusinessReference(UUID.randomUUID().toString())
            .build());

    assertThat(play.tomorrow(hospital + "-1", 0).getStatus()).isEqualTo(Slot.Status.FREE);
  }

  @Test
  void freesTheNumberWhenTheOrderIsClosed() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    var appointment = play.book(citizen, slot);

    handle(CLOSED, closed(appointment, "healthcare"));

    assertThat(stored().getState()).isEqualTo(State.CANCELLED);
    assertThat(stored().getCancelReason()).isEqualTo(CancelReason.NOT_PAID);
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.FREE);
    var event = nextEvent("healthcare.AppointmentCancelled", appointment);
    assertThat(unpack(event, AppointmentCancelled.class).getReason())
        .isEqualTo(CancelReason.NOT_PAID);
  }

  @Test
  void holdsTheNumberAgainWhenTheHoldIsGoneButTheNumberIsNot() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    var appointment = play.book(citizen, slot);
    loseHold(appointment);

    handle(SUCCEEDED, paid(appointment, "healthcare"));

    assertThat(stored().getState()).isEqualTo(State.BOOKED);
    assertThat(play.slot(slot).getStatus()).isEqualTo(Slot.Status.BUSY);
  }

  @Test
  void givesTheMoneyBackWhenTheNumberIsGone() {
    Slot slot = play.tomorrow(hospital + "-1", 0);
    var appointment = play.book(citizen, slot);
    loseHold(appointment);
    var luckier = play.book(UUID.randomUUID(), slot);
    payments.pay(appointment.getPaymentOrderId());

    handle(SUCCEEDED, paid(appointment, "healthcare"));
    await(sweeps.sweep());

    assertThat(stored().getState()).isEqualTo(State.CANCELLED);
    assertThat(stored().getCancelReason()).isEqualTo(CancelReason.PAID_TOO_LATE);
    assertThat(payments.refundsOf(appointment.getPaymentOrderId())).hasSize(1);
    assertThat(payments.refundsOf(luckier.getPaymentOrderId())).isEmpty();
  }

  @Test
  void givesTheMoneyBackThatComesForACancelledAppointment() {
    var appointment = play.book(citizen, play.tomorrow(hospital + "-1", 0));
    handle(CLOSED, closed(appointment, "healthcare"));
    payments.pay(appointment.getPaymentOrderId());

    handle(SUCCEEDED, paid(appointment, "healthcare"));
    handle(SUCCEEDED, paid(appointment, "healthcare"));
    await(sweeps.sweep());

    assertThat(payments.refundsOf(appointment.getPaymentOrderId())).hasSize(1);
  }

  private void handle(String type, Message payload) {
    var event = Event.newBuilder().setType(type).setPayload(Any.pack(payload)).build();
    await(database.inTransaction(tx -> events.handle(tx, event)));
  }

  private void loseHold(Appointment appointment) {
    UUID owner = UUID.fromString(appointment.getAppointmentId());
    await(database.inTransaction(tx -> reservations.release(tx, owner)));
  }

  /** The citizen's only appointment, without asking payments. */
  private Appointment stored() {
    return await(play.as(citizen).listAppointments(ListAppointmentsRequest.getDefaultInstance()))
        .getAppointments(0);
  }

  private Event nextEvent(String type, Appointment appointment) {
    return TestCalls.as(feed, TestTokens.service("tourism"))
        .subscribe(SubscribeRequest.newBuilder().addTypes(type).build())
        .filter(event -> event.getSubject().equals(appointment.getAppointmentId()))
        .toUni()
        .await()
        .atMost(LIMIT);
  }

  private static PaymentOrderSucceeded paid(Appointment appointment, String createdBy) {
    return PaymentOrderSucceeded.newBuilder()
        .setPaymentOrderId(appointment.getPaymentOrderId())
        .setBusinessReference(appointment.getAppointmentId())
        .setAmount(appointment.getFee())
        .setCreatedBy(createdBy)
        .build();
  }

  private static PaymentOrderClosed closed(Appointment appointment, String createdBy) {
    return PaymentOrderClosed.newBuilder()
        .setPaymentOrderId(appointment.getPaymentOrderId())
        .setBusinessReference(appointment.getAppointmentId())
        .setCreatedBy(createdBy)
        .build();
  }

  private static <M extends Message> M unpack(Event event, Class<M> type) {
    try {
      return event.getPayload().unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
