-- The insurance bureau's own books: who allowed a settlement, and what became of it.

create table insurance_authorization (
  pay_auth_no text primary key,
  id_number text not null,
  gov_percent int not null,
  account_percent int not null,
  other_percent int not null,
  expires_at timestamptz not null,
  check (least(gov_percent, account_percent, other_percent) >= 0
    and gov_percent + account_percent + other_percent between 1 and 100)
);

create table insurance_settlement (
  settlement_number text primary key,
  pay_order_id text not null unique,
  pay_auth_no text not null references insurance_authorization,
  institution text not null,
  total_fen bigint not null check (total_fen > 0),
  gov_fen bigint not null check (gov_fen >= 0),
  self_fen bigint not null check (self_fen >= 0),
  other_fen bigint not null check (other_fen >= 0),
  cash_fen bigint not null check (cash_fen >= 0),
  state text not null check (state in ('CREATED', 'SETTLED', 'DECLINED', 'REVERSED', 'CANCELLED')),
  asked boolean not null default false, -- whether the channel has asked to settle
  created_at timestamptz not null,
  settled_at timestamptz,
  reversed_at timestamptz,
  check (gov_fen + self_fen + other_fen + cash_fen = total_fen),
  check ((state in ('SETTLED', 'REVERSED')) = (settled_at is not null)),
  check ((state = 'REVERSED') = (reversed_at is not null))
);
create index insurance_settlement_settled_at on insurance_settlement (settled_at);
create index insurance_settlement_reversed_at on insurance_settlement (reversed_at);

-- Orders of insurance and cash, as the payment channel has them.
create table mixed_order (
  out_trade_no text primary key,
  mix_trade_no text not null unique,
  prepay_id text unique references payment (prepay_id),
  pay_order_id text unique,
  content text not null, -- what was asked for, to know it again
  total_fee bigint not null check (total_fee > 0),
  insurance_state text not null check (insurance_state in ('NONE', 'CREATED', 'SUCCESS', 'FAIL')),
  phone_paid boolean not null default false,
  created_at timestamptz not null
);
