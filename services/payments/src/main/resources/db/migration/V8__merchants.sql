-- Merchants with terms, and what is taken off payments: the city's fee and the shares of others.

alter table merchant
  add column state smallint not null default 1 check (state in (1, 2)), -- liangjiang.payments.v1.Merchant.State
  add column fee_bps integer not null default 0 check (fee_bps between 0 and 3000),
  add column settlement_delay_days integer not null default 1 check (settlement_delay_days between 1 and 30),
  -- With the largest fee they never take more than there is.
  add column share_limit_bps integer not null default 3000 check (share_limit_bps between 1 and 7000),
  add column shares jsonb not null default '[]', -- [{receiver, bps}]
  add column bank_code text not null default '',
  add column bank_account_number text not null default '',
  add column bank_account_name text not null default '',
  add column create_time timestamptz not null default now();

-- Who changed what about a merchant: the contract's messages before and after, with masked account numbers.
create table merchant_change (
  merchant_change_id uuid primary key,
  merchant_id text not null references merchant,
  action text not null,
  changed_by text not null,
  reason text not null,
  before bytea,
  after bytea not null,
  change_time timestamptz not null
);

create index merchant_change_of_merchant on merchant_change (merchant_id, merchant_change_id desc);

-- One thing taken off a payment (an order or a charge). Locked by the lock of the order.
create table deduction (
  payment_id uuid not null,
  position smallint not null check (position between 0 and 10), -- 0 is the city's fee
  receiver_merchant_id text references merchant, -- none for the fee
  gross_minor bigint not null check (gross_minor > 0),
  full_minor bigint not null check (full_minor between 0 and gross_minor),
  taken_minor bigint not null default 0, -- after what went back with refunds
  booked boolean not null,
  on_request boolean not null,
  primary key (payment_id, position),
  constraint deduction_within_full check (taken_minor between 0 and full_minor),
  constraint deduction_taken_when_booked check (booked or taken_minor = 0),
  constraint deduction_fee_has_no_receiver check ((position = 0) = (receiver_merchant_id is null))
);
