package io.liangjiang.healthcare.appointment;

import com.google.protobuf.Timestamp;
import io.liangjiang.healthcare.slot.SlotProto;
import io.liangjiang.healthcare.v1.Appointment.CancelReason;
import io.liangjiang.healthcare.v1.Appointment.State;
import io.liangjiang.healthcare.v1.AppointmentBooked;
import io.liangjiang.healthcare.v1.AppointmentCancelled;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Appointments as the wire writes them. */
final class AppointmentProto {
  private AppointmentProto() {}

  static io.liangjiang.healthcare.v1.Appointment toProto(Appointment appointment) {
    var slot = appointment.slot();
    var orderId = appointment.fee().paymentOrderId();
    var proto =
        io.liangjiang.healthcare.v1.Appointment.newBuilder()
            .setAppointmentId(appointment.appointmentId().toString())
            .setState(appointment.state())
            .setCitizenId(appointment.citizenId().toString())
            .setBookedBy(appointment.parties().bookedBy().toString())
            .setPayerId(appointment.parties().payerId().toString())
            .setPatientId(appointment.patient().patientId().toString())
            .setPatientName(appointment.patient().name())
            .setSlotId(slot.slotId().toString())
            .setHospitalId(slot.place().hospitalId())
            .setHospitalName(slot.place().hospitalName())
            .setDepartmentId(slot.place().departmentId())
            .setDepartmentName(slot.place().departmentName())
            .setPractitionerId(slot.place().practitionerId())
            .setPractitionerName(slot.place().practitionerName())
            .setSession(slot.session())
            .setStartTime(ProtoTime.timestamp(slot.time().start()))
            .setEndTime(ProtoTime.timestamp(slot.time().end()))
            .setFee(SlotProto.fee(appointment.feeMinor()))
            .setPaymentOrderId(orderId == null ? "" : orderId)
            .setCancelDeadline(ProtoTime.timestamp(appointment.cancelDeadline()))
            .setQueueNumber(appointment.queueNumber())
            .setCancelReason(appointment.cancelReason());
    setTimes(proto, appointment);
    return proto.build();
  }

  private static void setTimes(
      io.liangjiang.healthcare.v1.Appointment.Builder proto, Appointment appointment) {
    var times = appointment.times();
    proto.setCreateTime(ProtoTime.timestamp(times.created()));
    boolean isHeld = appointment.state() == State.PROPOSED;
    set(proto::setHoldExpireTime, isHeld ? times.payUntil() : null);
    set(proto::setBookTime, times.booked());
    set(proto::setArriveTime, times.arrived());
    set(proto::setCancelTime, times.cancelled());
  }

  private static void set(Consumer<Timestamp> setter, @Nullable Instant time) {
    if (time != null) {
      setter.accept(ProtoTime.timestamp(time));
    }
  }

  static AppointmentBooked booked(Appointment appointment) {
    return AppointmentBooked.newBuilder()
        .setBookedBy(appointment.parties().bookedBy().toString())
        .setAppointmentId(appointment.appointmentId().toString())
        .setCitizenId(appointment.citizenId().toString())
        .setPatientId(appointment.patient().patientId().toString())
        .setHospitalId(appointment.slot().place().hospitalId())
        .setDepartmentId(appointment.slot().place().departmentId())
        .setStartTime(ProtoTime.timestamp(appointment.slot().time().start()))
        .build();
  }

  static AppointmentCancelled cancelled(Appointment appointment, CancelReason reason) {
    return AppointmentCancelled.newBuilder()
        .setAppointmentId(appointment.appointmentId().toString())
        .setCitizenId(appointment.citizenId().toString())
        .setPatientId(appointment.patient().patientId().toString())
        .setHospitalId(appointment.slot().place().hospitalId())
        .setDepartmentId(appointment.slot().place().departmentId())
        .setStartTime(ProtoTime.timestamp(appointment.slot().time().start()))
        .setReason(reason)
        .build();
  }
}
