-- Hospitals, their rules and schedules (loaded from files), the slots made from the schedules, and the appointments.
-- How many numbers of a slot are held or booked is not kept here: that is the reservation engine's pool of the slot's id.

create table hospital (
  hospital_id                   text primary key check (length(hospital_id) between 1 and 64),
  name                          text not null check (length(name) between 1 and 100),
  address                       text not null check (length(address) <= 200),
  time_zone                     text not null,
  max_departments_a_day         integer not null check (max_departments_a_day >= 1),
  max_appointments_a_department integer not null check (max_appointments_a_department >= 1),
  cancel_until_day_before       time,
  no_shows_forgiven             integer not null check (no_shows_forgiven >= 0),
  no_show_window_days           integer not null check (no_show_window_days >= 1),
  no_show_block_days            integer not null check (no_show_block_days >= 0),
  check_in_opens_minutes_before integer not null check (check_in_opens_minutes_before >= 0)
);

-- When a hospital releases the numbers of one kind of clinic.
create table booking_rule (
  hospital_id       text not null references hospital,
  kind              text not null
    check (kind in ('GENERAL', 'EXPERT', 'SPECIAL', 'CHILD_CARE', 'DENTISTRY', 'WALK_IN')),
  same_day_open     time,
  advance_open      time not null,
  min_days_ahead    integer not null check (min_days_ahead >= 1),
  max_days_ahead    integer not null check (max_days_ahead >= min_days_ahead),
  open_until_end    boolean not null,
  primary key (hospital_id, kind)
);

create table department (
  department_id text primary key check (length(department_id) between 1 and 64),
  hospital_id   text not null references hospital,
  name          text not null check (length(name) between 1 and 100),
  kind          text not null,
  foreign key (hospital_id, kind) references booking_rule (hospital_id, kind)
);

create index department_of_hospital on department (hospital_id, department_id);

create table practitioner (
  practitioner_id text primary key check (length(practitioner_id) between 1 and 64),
  department_id   text not null references department,
  name            text not null check (length(name) between 1 and 50),
  title           text not null check (length(title) <= 50)
);

-- A session that repeats every week: `slot_count` slots of `slot_minutes` from `start_time` on, the last `kept_for_day` of
-- which are released on the day only.
create table schedule_template (
  template_id     text primary key check (length(template_id) between 1 and 64),
  practitioner_id text not null references practitioner,
  weekdays        integer[] not null check (weekdays <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(weekdays) > 0),
  session         text not null check (session in ('MORNING', 'AFTERNOON', 'EVENING', 'ALL_DAY')),
  start_time      time not null,
  slot_minutes    integer not null check (slot_minutes between 1 and 1440),
  slot_count      integer not null check (slot_count between 1 and 288),
  capacity        integer not null check (capacity between 1 and 100),
  kept_for_day    integer not null check (kept_for_day between 0 and slot_count),
  fee_minor       bigint not null check (fee_minor between 0 and 100000000),
  constraint schedule_template_within_a_day
    check (extract(epoch from start_time) / 60 + slot_minutes * slot_count <= 1440)
);

-- The id follows from template, day and number, so that making slots again makes no second ones.
create table slot (
  slot_id          uuid primary key,
  practitioner_id  text not null references practitioner,
  department_id    text not null references department,
  service_date     date not null,
  session          text not null,
  start_time       timestamptz not null,
  end_time         timestamptz not null check (end_time > start_time),
  session_end_time timestamptz not null check (session_end_time >= end_time),
  capacity         integer not null check (capacity between 1 and 100),
  kept_for_day     boolean not null,
  fee_minor        bigint not null check (fee_minor >= 0),
  constraint slot_one_at_a_time unique (practitioner_id, start_time)
);

create index slot_of_department on slot (department_id, service_date, start_time, slot_id);

-- A slot with all that judging and showing it needs.
create view bookable_slot as
select s.slot_id, s.service_date, s.session, s.start_time, s.end_time, s.session_end_time, s.capacity, s.kept_for_day,
       s.fee_minor, s.practitioner_id, p.name as practitioner_name, p.title as practitioner_title,
       s.department_id, d.name as department_name, h.hospital_id, h.name as hospital_name, h.time_zone,
       h.max_departments_a_day, h.max_appointments_a_department, h.cancel_until_day_before, h.no_shows_forgiven,
       h.no_show_window_days, h.no_show_block_days, h.check_in_opens_minutes_before,
       b.same_day_open, b.advance_open, b.min_days_ahead, b.max_days_ahead, b.open_until_end
from slot s
join practitioner p on p.practitioner_id = s.practitioner_id
join department d on d.department_id = s.department_id
join hospital h on h.hospital_id = d.hospital_id
join booking_rule b on b.hospital_id = d.hospital_id and b.kind = d.kind;

-- One row a patient and hospital, locked while a booking of that patient is judged: the limits a day hold under concurrency.
create table hospital_patient (
  hospital_id        text not null references hospital,
  patient_id         uuid not null,
  last_booking_time  timestamptz not null,
  primary key (hospital_id, patient_id)
);

create table appointment (
  appointment_id   uuid primary key,
  citizen_id       uuid not null,
  patient_id       uuid not null,
  patient_name     text not null check (length(patient_name) <= 100),
  slot_id          uuid not null references slot,
  hospital_id      text not null references hospital,
  department_id    text not null references department,
  service_date     date not null,
  fee_minor        bigint not null check (fee_minor >= 0),
  state            text not null
    check (state in ('PROPOSED', 'BOOKED', 'ARRIVED', 'FULFILLED', 'CANCELLED', 'NOSHOW')),
  cancel_reason    text check (cancel_reason in ('BY_CITIZEN', 'NOT_PAID', 'PAID_TOO_LATE')),
  -- Until when the citizen has to pay, and until when the number stays held: a little longer.
  pay_until        timestamptz,
  hold_expire_time timestamptz check (hold_expire_time >= pay_until),
  payment_order_id text check (length(payment_order_id) between 1 and 64),
  -- What payments has still to be asked for; null: nothing.
  payment_task     text check (payment_task in ('CREATE', 'AWAIT', 'CLOSE', 'REFUND', 'REFUND_FAILED')),
  -- When the sweep looks at it next; null: never again.
  due_time         timestamptz,
  queue_number     integer check (queue_number >= 1),
  create_time      timestamptz not null,
  book_time        timestamptz,
  arrive_time      timestamptz,
  cancel_time      timestamptz,
  constraint appointment_cancelled_with_reason
    check ((state = 'CANCELLED') = (cancel_reason is not null and cancel_time is not null)),
  constraint appointment_proposed_until check (state <> 'PROPOSED' or (pay_until is not null and hold_expire_time is not null)),
  constraint appointment_arrived_in_queue
    check (state not in ('ARRIVED', 'FULFILLED') or (queue_number is not null and arrive_time is not null)),
  constraint appointment_task_of_state
    check (payment_task is null
      or (state = 'PROPOSED') = (payment_task in ('CREATE', 'AWAIT')))
);

create index appointment_of_citizen on appointment (citizen_id, create_time desc, appointment_id desc);
create index appointment_of_patient on appointment (patient_id, hospital_id, service_date);
create index appointment_due on appointment (due_time) where due_time is not null;

-- The last place given out in the queue of one practitioner's session.
create table session_queue (
  practitioner_id text not null references practitioner,
  service_date    date not null,
  session         text not null,
  last_number     integer not null check (last_number >= 1),
  primary key (practitioner_id, service_date, session)
);
