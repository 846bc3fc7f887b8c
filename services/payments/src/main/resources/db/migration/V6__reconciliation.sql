-- The channels' bills, what differs from them, and the days that were closed.

-- A day of the books, midnight to midnight in Asia/Shanghai. Once closed it is final.
create table business_day (
  business_date date primary key,
  close_time timestamptz,
  closed_by text,
  transfer_count bigint,
  last_transfer_id uuid,
  totals jsonb,
  constraint business_day_closed_whole
    check (num_nulls(close_time, closed_by, transfer_count, totals) in (0, 4))
);

create index business_day_closed on business_day (business_date) where close_time is not null;

-- One channel's bills of one day: the trade bill with its rows, and the totals of the fund-flow bill.
create table bill (
  channel smallint not null, -- liangjiang.payments.v1.Channel
  business_date date not null references business_day,
  import_time timestamptz, -- null while it is expected
  trade_sha1 text,
  fund_flow_sha1 text,
  row_count integer not null default 0,
  paid_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  flow_paid_minor bigint not null default 0, -- what the fund-flow bill says of the same
  flow_refunded_minor bigint not null default 0,
  fee_minor bigint not null default 0,
  last_error text,
  attempts integer not null default 0,
  next_attempt_time timestamptz,
  primary key (channel, business_date),
  constraint bill_hashes_when_imported check (import_time is null or (trade_sha1 is not null and fund_flow_sha1 is not null))
);

create index bill_due on bill (next_attempt_time) where next_attempt_time is not null;

create table bill_row (
  channel smallint not null,
  business_date date not null,
  line integer not null check (line > 0),
  kind smallint not null check (kind in (1, 2)), -- payment, refund
  number text not null, -- out_trade_no or out_refund_no
  subject_id uuid, -- the same as our own id; none when it cannot be one
  transaction_id text not null,
  state text not null,
  amount_minor bigint not null check (amount_minor >= 0),
  trade_time timestamptz not null,
  primary key (channel, business_date, line),
  foreign key (channel, business_date) references bill
);

create index bill_row_number on bill_row (number);

create table reconciliation_break (
  break_id uuid primary key,
  channel smallint not null,
  business_date date not null references business_day,
  type smallint not null, -- liangjiang.payments.v1.ReconciliationBreak.Type
  kind smallint not null check (kind between 0 and 2), -- the whole bill, a payment, a refund
  subject text not null,
  state smallint not null default 1, -- open, healed, resolved
  bill_minor bigint,
  order_minor bigint,
  ledger_minor bigint,
  detail text not null,
  create_time timestamptz not null,
  resolve_time timestamptz,
  resolved_by text not null default '',
  note text not null default '',
  transfer_id uuid,
  adjusted_minor bigint not null default 0, -- what adjusting entries have added to the channel's account so far
  constraint reconciliation_break_once unique (channel, business_date, type, subject),
  constraint reconciliation_break_resolved_by_somebody
    check ((state = 3) = (resolved_by <> '' and note <> '')),
  constraint reconciliation_break_ended check ((state = 1) = (resolve_time is null)),
  constraint reconciliation_break_adjusted check (transfer_id is null or state = 3)
);

-- Every resolution, also of a break that was opened again because the bill changed.
create table break_resolution (
  break_id uuid not null references reconciliation_break,
  resolve_time timestamptz not null,
  resolved_by text not null,
  note text not null,
  transfer_id uuid,
  adjusted_minor bigint not null,
  primary key (break_id, resolve_time)
);

create index reconciliation_break_newest on reconciliation_break (create_time desc, break_id desc);
create index reconciliation_break_open on reconciliation_break (business_date) where state = 1;

-- What the match looks through from the side of the books.
create index channel_payment_created on channel_payment (create_time);
create index refund_created on refund (create_time);

-- Id of the transfer that ends a refund: the same as payments derives (a name-based UUID, RFC 9562 version 3).
create function refund_end_transfer_id(refund_id uuid) returns uuid language sql immutable as $$
  select overlay(
    overlay(hash placing '3' from 13 for 1)
    placing substr('89ab', (strpos('0123456789abcdef', substr(hash, 17, 1)) - 1) % 4 + 1, 1)
    from 17 for 1)::uuid
  from (select md5('refund-end/' || refund_id) as hash) as hashed
$$;

-- Nothing is written into a closed day: no bill, no row of one, no break, no booking.
-- The lock makes the writer wait for a close that is under way.
create function refuse_closed_day(day date) returns void language plpgsql as $$
declare
  closed timestamptz;
begin
  select close_time into closed from business_day where business_date = day for key share;
  if closed is not null then
    raise exception 'business day % is closed', day
      using errcode = 'check_violation', constraint = 'business_day_is_closed';
  end if;
end
$$;

create function row_of_open_day() returns trigger language plpgsql as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    perform refuse_closed_day(old.business_date);
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    perform refuse_closed_day(new.business_date);
    return new;
  end if;
  return old;
end
$$;

create trigger bill_of_open_day before insert or update or delete on bill
  for each row execute function row_of_open_day();
create trigger bill_row_of_open_day before insert or update or delete on bill_row
  for each row execute function row_of_open_day();
create trigger reconciliation_break_of_open_day before insert or update or delete on reconciliation_break
  for each row execute function row_of_open_day();

create function business_day_is_final() returns trigger language plpgsql as $$
begin
  if old.close_time is not null then
    raise exception 'business day % is closed', old.business_date
      using errcode = 'check_violation', constraint = 'business_day_is_closed';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end
$$;

create trigger business_day_is_final before update or delete on business_day
  for each row execute function business_day_is_final();

-- A booking's day is that of its time; days close in order, so the newest closed day says it all. Once a statement,
-- whatever the size of the batch.
create function transfers_of_open_days() returns trigger language plpgsql as $$
declare
  closed date := (select max(business_date) from business_day where close_time is not null);
begin
  if closed is not null
      and (select min(create_time) from booked) < (closed + 1)::timestamp at time zone 'Asia/Shanghai' then
    raise exception 'business day % is closed', closed
      using errcode = 'check_violation', constraint = 'business_day_is_closed';
  end if;
  return null;
end
$$;

create trigger transfers_of_open_days after insert on transfer
  referencing new table as booked for each statement execute function transfers_of_open_days();
