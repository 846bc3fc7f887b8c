package io.liangjiang.healthcare.hospital;

/**
 * How one hospital's file, as a JSON document in parameter 1, gets into the tables. Each statement
 * may be repeated.
 */
final class HospitalFileSql {
  static final String ONE_LOADER =
      "select pg_advisory_xact_lock(hashtextextended('hospital-file', 0))";

  static final String HOSPITAL =
      """
      insert into hospital
      select $1::jsonb ->> 'hospitalId', $1::jsonb ->> 'name', $1::jsonb ->> 'address',
             $1::jsonb ->> 'timeZone', r."maxDepartmentsADay", r."maxAppointmentsADepartment",
             r."cancelUntilDayBefore", r."noShowsForgiven", r."noShowWindowDays",
             r."noShowBlockDays", r."checkInOpensMinutesBefore"
      from jsonb_to_record($1::jsonb -> 'rules') as r (
        "maxDepartmentsADay" integer, "maxAppointmentsADepartment" integer,
        "cancelUntilDayBefore" time, "noShowsForgiven" integer, "noShowWindowDays" integer,
        "noShowBlockDays" integer, "checkInOpensMinutesBefore" integer)
      on conflict (hospital_id) do update set
        name = excluded.name, address = excluded.address, time_zone = excluded.time_zone,
        max_departments_a_day = excluded.max_departments_a_day,
        max_appointments_a_department = excluded.max_appointments_a_department,
        cancel_until_day_before = excluded.cancel_until_day_before,
        no_shows_forgiven = excluded.no_shows_forgiven,
        no_show_window_days = excluded.no_show_window_days,
        no_show_block_days = excluded.no_show_block_days,
        check_in_opens_minutes_before = excluded.check_in_opens_minutes_before
      """;

  static final String BOOKING_RULES =
      """
      insert into booking_rule
      select $1::jsonb ->> 'hospitalId', r.kind, r."sameDayOpen", r."advanceOpen",
             r."minDaysAhead", r."maxDaysAhead", r."openUntilEnd"
      from jsonb_to_recordset($1::jsonb -> 'bookingRules') as r (
        kind text, "sameDayOpen" time, "advanceOpen" time, "minDaysAhead" integer,
        "maxDaysAhead" integer, "openUntilEnd" boolean)
      on conflict (hospital_id, kind) do update set
        same_day_open = excluded.same_day_open, advance_open = excluded.advance_open,
        min_days_ahead = excluded.min_days_ahead, max_days_ahead = excluded.max_days_ahead,
        open_until_end = excluded.open_until_end
      """;

  static final String DEPARTMENTS =
      """
      insert into department (department_id, hospital_id, name, kind)
      select d."departmentId", $1::jsonb ->> 'hospitalId', d.name, d.kind
      from jsonb_to_recordset($1::jsonb -> 'departments') as d (
        "departmentId" text, name text, kind text)
      on conflict (department_id) do update set name = excluded.name, kind = excluded.kind
      where department.hospital_id = excluded.hospital_id
      """;

  static final String PRACTITIONERS =
      """
      insert into practitioner (practitioner_id, department_id, name, title)
      select p."practitionerId", d."departmentId", p.name, p.title
      from jsonb_to_recordset($1::jsonb -> 'departments') as d (
        "departmentId" text, practitioners jsonb)
      cross join lateral jsonb_to_recordset(d.practitioners) as p (
        "practitionerId" text, name text, title text)
      on conflict (practitioner_id) do update set
        department_id = excluded.department_id, name = excluded.name, title = excluded.title
      """;

  static final String FORGET_SCHEDULES =
      """
      delete from schedule_template t
      using practitioner p, department d
      where p.practitioner_id = t.practitioner_id and d.department_id = p.department_id
        and d.hospital_id = $1::jsonb ->> 'hospitalId'
        and not jsonb_path_exists(
          $1::jsonb,
          '$.departments[*].practitioners[*].schedules[*] ? (@.scheduleId == $id)',
          jsonb_build_object('id', t.template_id))
      """;

  static final String SCHEDULES =
      """
      insert into schedule_template
      select s."scheduleId", p."practitionerId", s.weekdays, s.session, s."startTime",
             s."slotMinutes", s."slotCount", s.capacity, s."keptForDay", s."feeMinor"
      from jsonb_to_recordset($1::jsonb -> 'departments') as d (practitioners jsonb)
      cross join lateral jsonb_to_recordset(d.practitioners) as p (
        "practitionerId" text, schedules jsonb)
      cross join lateral jsonb_to_recordset(p.schedules) as s (
        "scheduleId" text, weekdays integer[], session text, "startTime" time,
        "slotMinutes" integer, "slotCount" integer, capacity integer, "keptForDay" integer,
        "feeMinor" bigint)
      on conflict (template_id) do update set
        practitioner_id = excluded.practitioner_id, weekdays = excluded.weekdays,
        session = excluded.session, start_time = excluded.start_time,
        slot_minutes = excluded.slot_minutes, slot_count = excluded.slot_count,
        capacity = excluded.capacity, kept_for_day = excluded.kept_for_day,
        fee_minor = excluded.fee_minor
      """;

  private HospitalFileSql() {}
}
