package io.liangjiang.healthcare.appointment;

import static io.liangjiang.healthcare.fake.Wire.TODAY;
import static io.liangjiang.healthcare.fake.Wire.at;
import static io.liangjiang.healthcare.fake.Wire.await;

import io.liangjiang.healthcare.fake.FakeFamilies;
import io.liangjiang.healthcare.fake.FakePayments;
import io.liangjiang.healthcare.hospital.TestHospitals;
import io.liangjiang.healthcare.v1.Appointment;
import io.liangjiang.healthcare.v1.AppointmentService;
import io.liangjiang.healthcare.v1.CancelAppointmentRequest;
import io.liangjiang.healthcare.v1.CheckInAppointmentRequest;
import io.liangjiang.healthcare.v1.CreateAppointmentRequest;
import io.liangjiang.healthcare.v1.GetAppointmentRequest;
import io.liangjiang.healthcare.v1.HospitalService;
import io.liangjiang.healthcare.v1.ListSlotsRequest;
import io.liangjiang.healthcare.v1.Slot;
import io.liangjiang.payments.v1.Refund;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.UUID;

/** The calls that citizens and desks make in the tests of appointments. */
@ApplicationScoped
class AppointmentPlay {
  private final AppointmentService appointments;
  private final HospitalService hospitals;
  private final TestHospitals testHospitals;
  private final FakePayments payments;
  private final FakeFamilies families;
  private final MutableClock clock;

  AppointmentPlay(
      @GrpcClient("self") AppointmentService appointments,
      @GrpcClient("self") HospitalService hospitals,
      TestHospitals testHospitals,
      FakePayments payments,
      FakeFamilies families,
      MutableClock clock) {
    this.appointments = appointments;
    this.hospitals = hospitals;
    this.testHospitals = testHospitals;
    this.payments = payments;
    this.families = families;
    this.clock = clock;
  }

  /**
   * Where the tests begin: ten in the morning at a hospital of their own, whose general clinics
   * take that fee.
   */
  String openHospital(long feeMinor) {
    clock.set(at(TODAY, "10:00"));
    return await(testHospitals.open(feeMinor));
  }

  /** Everything as a working city has it. */
  void reset() {
    payments.down(false);
    payments.losingAnswers(false);
    payments.refundsBecome(Refund.State.SUCCEEDED);
    families.down(false);
    clock.reset();
  }

  /** The appointments as a citizen with a proven name calls them. */
  AppointmentService as(UUID citizenId) {
    return with(TestTokens.citizen(citizenId, AssuranceLevel.REAL_NAME));
  }

  AppointmentService asDesk(String hospitalId) {
    return with(TestTokens.staff("hospital-desk", hospitalId));
  }

  AppointmentService with(String token) {
    return TestCalls.as(appointments, token);
  }

  Slot slot(String departmentId, LocalDate date, int number) {
    var request =
        ListSlotsRequest.newBuilder().setDepartmentId(departmentId).setDate(date.toString());
    return await(hospitals.listSlots(request.build())).getSlots(number);
  }

  /** The slot as everybody sees it now. */
  Slot slot(Slot slot) {
    return slot(slot, TODAY.plusDays(1));
  }

  Slot slot(Slot slot, LocalDate date) {
    var request =
        ListSlotsRequest.newBuilder()
            .setDepartmentId(slot.getDepartmentId())
            .setDate(date.toString());
    return await(hospitals.listSlots(request.build())).getSlotsList().stream()
        .filter(seen -> seen.getSlotId().equals(slot.getSlotId()))
        .findFirst()
        .orElseThrow();
  }

  /** A slot of tomorrow morning. */
  Slot tomorrow(String departmentId, int number) {
    return slot(departmentId, TODAY.plusDays(1), number);
  }

  /** A citizen books for herself. */
  Appointment book(UUID citizenId, Slot slot) {
    return await(as(citizenId).createAppointment(request(slot, citizenId)));
  }

  /** A citizen books for herself and pays; the appointment as it is then. */
  Appointment bookAndPay(UUID citizenId, Slot slot) {
    var appointment = book(citizenId, slot);
    payments.pay(appointment.getPaymentOrderId());
    return get(citizenId, appointment);
  }

  Appointment get(UUID citizenId, Appointment appointment) {
    return await(as(citizenId).getAppointment(get(appointment)));
  }

  Uni<Appointment> tryBook(UUID citizenId, Slot slot) {
    return as(citizenId).createAppointment(request(slot, citizenId));
  }

  static CreateAppointmentRequest request(Slot slot, UUID patientId) {
    return CreateAppointmentRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setSlotId(slot.getSlotId())
        .setPatientId(patientId.toString())
        .build();
  }

  static GetAppointmentRequest get(Appointment appointment) {
    return GetAppointmentRequest.newBuilder()
        .setAppointmentId(appointment.getAppointmentId())
        .build();
  }

  static CancelAppointmentRequest cancel(Appointment appointment) {
    return CancelAppointmentRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setAppointmentId(appointment.getAppointmentId())
        .build();
  }

  static CheckInAppointmentRequest checkIn(Appointment appointment) {
    return CheckInAppointmentRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setAppointmentId(appointment.getAppointmentId())
        .build();
  }
}
