package io.liangjiang.healthcare.hospital;

import io.liangjiang.healthcare.rules.BookingRule;
import io.liangjiang.healthcare.rules.HospitalRules;
import io.liangjiang.healthcare.v1.Department.BookingRule.Builder;
import io.liangjiang.healthcare.v1.Hospital.Rules;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Hospitals and departments as the wire writes them. */
final class HospitalProto {
  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

  private HospitalProto() {}

  static io.liangjiang.healthcare.v1.Hospital toProto(Hospital hospital) {
    return io.liangjiang.healthcare.v1.Hospital.newBuilder()
        .setHospitalId(hospital.hospitalId())
        .setName(hospital.name())
        .setAddress(hospital.address())
        .setTimeZone(hospital.timeZone())
        .setRules(toProto(hospital.rules()))
        .build();
  }

  static io.liangjiang.healthcare.v1.Department toProto(Department department) {
    return io.liangjiang.healthcare.v1.Department.newBuilder()
        .setDepartmentId(department.departmentId())
        .setHospitalId(department.hospitalId())
        .setName(department.name())
        .setKind(department.kind())
        .setBookingRule(toProto(department.bookingRule()))
        .build();
  }

  private static Rules toProto(HospitalRules rules) {
    return Rules.newBuilder()
        .setMaxDepartmentsADay(rules.dayLimit().maxDepartments())
        .setMaxAppointmentsADepartment(rules.dayLimit().maxInDepartment())
        .setCancelUntilDayBefore(text(rules.cancelUntilDayBefore()))
        .setNoShowsForgiven(rules.noShowRule().forgiven())
        .setNoShowWindowDays(rules.noShowRule().windowDays())
        .setNoShowBlockDays(rules.noShowRule().blockDays())
        .setCheckInOpensMinutesBefore((int) rules.checkInOpensBefore().toMinutes())
        .build();
  }

  private static Builder toProto(BookingRule rule) {
    return io.liangjiang.healthcare.v1.Department.BookingRule.newBuilder()
        .setSameDayOpenTime(text(rule.sameDayOpen()))
        .setAdvanceOpenTime(text(rule.advanceOpen()))
        .setMinDaysAhead(rule.minDaysAhead())
        .setMaxDaysAhead(rule.maxDaysAhead());
  }

  private static String text(@Nullable LocalTime time) {
    return time == null ? "" : HOUR.format(time);
  }
}
