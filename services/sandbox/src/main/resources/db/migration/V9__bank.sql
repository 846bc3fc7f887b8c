-- The bank that pays merchants out: its own books.

create table bank_payout (
  payout_number text primary key,
  bank_reference text not null unique,
  bank_code text not null,
  account_number text not null,
  account_name text not null,
  amount_fen bigint not null check (amount_fen > 0),
  state text not null check (state in ('PROCESSING', 'PAID', 'REFUSED')),
  refusal text not null default '',
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'PROCESSING') = (ended_at is null)),
  check ((state = 'REFUSED') = (refusal <> ''))
);
