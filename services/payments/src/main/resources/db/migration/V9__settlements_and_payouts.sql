-- What the city owes merchants by the day, and how it reaches their banks.

-- Settlements fold the journal by time; rows come in that order, so a few ranges a day say where to look.
create index transfer_create_time on transfer using brin (create_time);

create table settlement (
  settlement_id uuid primary key,
  merchant_id text not null references merchant,
  business_date date not null, -- the last day that it covers, Asia/Shanghai
  end_time timestamptz not null, -- the end of that day; the next settlement starts there
  payments_minor bigint not null,
  refunds_minor bigint not null,
  fees_minor bigint not null,
  shares_minor bigint not null,
  adjustments_minor bigint not null,
  net_minor bigint generated always as
    (payments_minor - refunds_minor - fees_minor - shares_minor + adjustments_minor) stored,
  paid_out_minor bigint not null,
  opening_minor bigint not null,
  closing_minor bigint not null, -- the account's balance at end_time, from its kept totals
  create_time timestamptz not null,
  constraint settlement_once_a_day unique (merchant_id, business_date),
  constraint settlement_is_the_ledger check
    (opening_minor + payments_minor - refunds_minor - fees_minor - shares_minor + adjustments_minor
      - paid_out_minor = closing_minor)
);

create index settlement_of_merchant on settlement (merchant_id, settlement_id desc);

create table payout (
  payout_id uuid primary key, -- its 32 hex digits are the number at the bank
  merchant_id text not null references merchant,
  settlement_id uuid not null references settlement,
  amount_minor bigint not null check (amount_minor > 0),
  bank_code text not null,
  bank_account_number text not null,
  bank_account_name text not null,
  state smallint not null check (state between 1 and 4), -- liangjiang.payments.v1.Payout.State
  bank_reference text not null default '',
  refusal text not null default '',
  create_time timestamptz not null,
  end_time timestamptz,
  check_time timestamptz not null, -- when the sweep asks the bank next
  checks integer not null default 0,
  constraint payout_ended check ((state in (3, 4)) = (end_time is not null))
);

create unique index payout_one_under_way on payout (merchant_id) where state in (1, 2);
create index payout_open on payout (check_time) where state in (1, 2);
create index payout_of_merchant on payout (merchant_id, payout_id desc);
