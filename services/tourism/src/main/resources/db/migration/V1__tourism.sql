-- Parks and museums. Times are instants; dates and opening hours are in the city's time zone.

-- What can be visited. Rows come from the city's data (db/shipped in a development city).
create table site (
  site_id text primary key check (site_id ~ '^[a-z0-9-]{1,60}$'),
  position integer not null unique,
  display_name text not null,
  display_name_en text not null,
  district text not null,
  operator_organisation_id text not null,
  daily_capacity integer not null check (daily_capacity > 0),
  instantaneous_capacity integer not null check (instantaneous_capacity > 0),
  -- how long a visit takes, to estimate how many visitors are inside
  stay_minutes integer not null check (stay_minutes > 0)
);

create table gate (
  gate_id text primary key check (gate_id ~ '^[a-z0-9-]{1,60}$'),
  site_id text not null references site,
  display_name text not null
);

create table product (
  product_id text primary key check (product_id ~ '^[a-z0-9-]{1,60}$'),
  site_id text not null references site,
  position integer not null,
  display_name text not null,
  display_name_en text not null,
  unique (site_id, position)
);

create table product_price (
  product_id text not null references product,
  rider_category text not null check (rider_category in ('ADULT', 'CHILD', 'STUDENT', 'SENIOR', 'DISABLED')),
  amount_minor bigint not null check (amount_minor between 0 and 100000000),
  primary key (product_id, rider_category)
);

-- From which slots are made: on each of these weekdays (1 is Monday) slot_count slots of slot_minutes, one after the other.
create table slot_template (
  template_id text primary key,
  product_id text not null references product,
  weekdays smallint[] not null,
  first_start time not null,
  slot_minutes integer not null check (slot_minutes between 5 and 10080),
  slot_count integer not null check (slot_count between 1 and 100),
  quota integer not null check (quota > 0),
  -- the gate opens that much before the start and closes that much after the end
  early_minutes integer not null default 0 check (early_minutes >= 0),
  late_minutes integer not null default 0 check (late_minutes >= 0)
);

-- Its places are the reservation pool time-slot/<id>; those of the site's day are site-day/<site>/<date>.
create table time_slot (
  time_slot_id uuid primary key,
  product_id text not null references product,
  site_id text not null references site,
  slot_date date not null,
  start_time timestamptz not null,
  end_time timestamptz not null check (end_time > start_time),
  entry_open_time timestamptz not null check (entry_open_time <= start_time),
  entry_close_time timestamptz not null check (entry_close_time >= end_time),
  unique (product_id, start_time)
);

create index time_slot_of_day on time_slot (product_id, slot_date, start_time);

-- One purchase. next_attempt_time: when the sweep looks at it; null when nothing is left to do.
create table trip (
  trip_id uuid primary key,
  citizen_id uuid not null,
  state text not null check (state in
    ('PENDING_ORDER', 'AWAITING_PAYMENT', 'CONFIRMED', 'CANCELLED', 'EXPIRED', 'REFUNDING', 'REFUNDED')),
  merchant_id text not null,
  total_minor bigint not null check (total_minor >= 0),
  payment_order_id text check (payment_order_id is not null or state <> 'AWAITING_PAYMENT'),
  hold_expire_time timestamptz not null,
  create_time timestamptz not null,
  confirm_time timestamptz,
  next_attempt_time timestamptz
);

create index trip_of_citizen on trip (citizen_id, create_time desc, trip_id desc);
create index trip_due on trip (next_attempt_time) where next_attempt_time is not null;

-- The holder is encrypted (AES-256-GCM under the key key_id); document_hash is keyed and tells only equal from different.
create table trip_item (
  trip_id uuid not null references trip,
  position integer not null check (position between 0 and 19),
  time_slot_id uuid not null references time_slot,
  rider_category text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  masked_name text not null,
  sealed_holder bytea not null,
  key_id text not null,
  dependant_id uuid,
  document_hash bytea not null check (length(document_hash) = 32),
  -- false once its trip has given the place back
  live boolean not null default true,
  primary key (trip_id, position)
);

-- One identity document, one ticket a time slot.
create unique index trip_item_one_document on trip_item (time_slot_id, document_hash) where live;

-- The key pairs that sign tickets, private parts encrypted; the newest signs, all of them verify.
create table ticket_key (
  ticket_key_id text primary key,
  public_key bytea not null,
  sealed_private_key bytea not null,
  key_id text not null,
  create_time timestamptz not null
);

create table ticket (
  ticket_id uuid primary key,
  trip_id uuid not null,
  position integer not null,
  citizen_id uuid not null,
  state text not null check (state in ('ISSUED', 'REDEEMED', 'CANCELLED')),
  code text not null,
  redeem_time timestamptz,
  check (state <> 'REDEEMED' or redeem_time is not null),
  unique (trip_id, position),
  foreign key (trip_id, position) references trip_item
);

create index ticket_of_citizen on ticket (citizen_id) where state = 'ISSUED';

-- One entry: a ticket once, a shown code once, a gate's reading once.
create table check_in (
  check_in_id uuid primary key,
  ticket_id uuid not null constraint check_in_once_a_ticket unique references ticket,
  site_id text not null references site,
  gate_id text not null references gate,
  nonce text not null check (length(nonce) between 1 and 64),
  code_hash bytea not null constraint check_in_once_a_code unique,
  staff_subject text not null,
  redeem_time timestamptz not null,
  constraint check_in_once_a_reading unique (gate_id, nonce)
);

create index check_in_of_site on check_in (site_id, redeem_time);
