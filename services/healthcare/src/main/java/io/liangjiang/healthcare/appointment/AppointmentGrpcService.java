package io.liangjiang.healthcare.appointment;

import io.liangjiang.healthcare.v1.Appointment;
import io.liangjiang.healthcare.v1.AppointmentService;
import io.liangjiang.healthcare.v1.CancelAppointmentRequest;
import io.liangjiang.healthcare.v1.CheckInAppointmentRequest;
import io.liangjiang.healthcare.v1.CreateAppointmentRequest;
import io.liangjiang.healthcare.v1.GetAppointmentRequest;
import io.liangjiang.healthcare.v1.ListAppointmentsRequest;
import io.liangjiang.healthcare.v1.ListAppointmentsResponse;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Appointments at the wire. */
@GrpcService
class AppointmentGrpcService implements AppointmentService {
  private static final String APPOINTMENT_ID = "appointment_id";

  private final Bookings bookings;
  private final Appointments appointments;
  private final CheckIns checkIns;

  AppointmentGrpcService(Bookings bookings, Appointments appointments, CheckIns checkIns) {
    this.bookings = bookings;
    this.appointments = appointments;
    this.checkIns = checkIns;
  }

  @Override
  public Uni<Appointment> createAppointment(CreateAppointmentRequest request) {
    Violations.requestId(request.getRequestId());
    new Violations()
        .requireUuid(request.getSlotId(), "slot_id")
        .requireUuid(request.getPatientId(), "patient_id")
        .throwIfAny();
    return bookings.create(Caller.current(), request);
  }

  @Override
  public Uni<ListAppointmentsResponse> listAppointments(ListAppointmentsRequest request) {
    var page = Page.of(request.getPageSize(), request.getPageToken());
    return appointments.list(Caller.current(), page);
  }

  @Override
  public Uni<Appointment> getAppointment(GetAppointmentRequest request) {
    new Violations().requireUuid(request.getAppointmentId(), APPOINTMENT_ID).throwIfAny();
    return appointments.get(Caller.current(), UUID.fromString(request.getAppointmentId()));
  }

  @Override
  public Uni<Appointment> cancelAppointment(CancelAppointmentRequest request) {
    new Violations().requireUuid(request.getAppointmentId(), APPOINTMENT_ID).throwIfAny();
    return appointments.cancel(Caller.current(), request);
  }

  @Override
  public Uni<Appointment> checkInAppointment(CheckInAppointmentRequest request) {
    new Violations().requireUuid(request.getAppointmentId(), APPOINTMENT_ID).throwIfAny();
    return checkIns.checkIn(Caller.current(), request);
  }
}
