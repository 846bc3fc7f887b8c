-- Payments by insurance and cash: one attempt with two parts, each of which can end for itself.

create table mixed_payment (
  mixed_payment_id uuid primary key, -- its 32 hex digits are the number at the bureau and at the channel
  payment_order_id uuid not null references payment_order,
  payer_citizen_id uuid not null,
  cash_channel smallint not null, -- liangjiang.payments.v1.Channel
  institution_number text not null,
  institution_name text not null,
  authorization_number text not null, -- what the insured person's phone allowed it with; empty when it has ended
  insurable_minor bigint not null check (insurable_minor > 0), -- what the bureau splits
  added_minor bigint not null check (added_minor >= 0), -- what it never sees
  reduced_minor bigint not null check (reduced_minor >= 0), -- what the merchant takes off
  pay_order_id text, -- the bureau's number; none before it has split
  fund_minor bigint not null default 0,
  account_minor bigint not null default 0,
  other_minor bigint not null default 0,
  cash_minor bigint not null default 0,
  placed boolean not null default false, -- whether the channel has the order
  cash_state smallint not null default 0 check (cash_state between 0 and 4), -- none, created, succeeded, failed, given back
  insurance_state smallint not null default 1 check (insurance_state between 1 and 4),
  state smallint not null default 1 check (state in (1, 2, 3)), -- open, succeeded, failed
  failure text not null default '',
  create_time timestamptz not null,
  expire_time timestamptz not null,
  check_time timestamptz not null, -- when the sweep goes on with it
  checks integer not null default 0,
  constraint mixed_payment_adds_up check (pay_order_id is null
    or fund_minor + account_minor + other_minor + cash_minor = insurable_minor),
  -- The patient ends whole: all is paid, or nothing is kept.
  constraint mixed_payment_ends_whole check (case state
    when 2 then cash_state in (0, 2) and insurance_state = 2
    when 3 then cash_state in (0, 3, 4) and insurance_state in (3, 4)
    else true end),
  constraint mixed_payment_forgets check (state = 1 or authorization_number = '')
);

create index mixed_payment_open on mixed_payment (check_time) where state = 1;
create unique index mixed_payment_one_open_per_order on mixed_payment (payment_order_id) where state = 1;
create index mixed_payment_of_order on mixed_payment (payment_order_id, create_time);

alter table channel_payment
  add column mixed_payment_id uuid references mixed_payment,
  drop constraint channel_payment_for_one,
  add constraint channel_payment_for_one
    check (num_nonnulls(payment_order_id, combined_order_id, mixed_payment_id) <= 1);
create unique index channel_payment_cash_part on channel_payment (mixed_payment_id) where mixed_payment_id is not null;

-- A refund gives back the insured part as a whole, or not at all; the rest of it is cash.
alter table refund
  add column insurance_minor bigint not null default 0,
  add column insurance_reversed boolean not null default false,
  add constraint refund_insurance_within check (insurance_minor between 0 and amount_minor),
  add constraint refund_insurance_reversed check (insurance_minor > 0 or not insurance_reversed);
