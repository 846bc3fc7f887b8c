-- The outside world's own books. Nothing of the city reads or writes here.

create table login_code (
  code text primary key,
  kind text not null check (kind in ('SESSION', 'PHONE')),
  phone text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table payment (
  out_trade_no text primary key,
  prepay_id text not null unique,
  transaction_id text unique,
  app_id text not null,
  description text not null,
  attach text,
  open_id text not null,
  amount_fen bigint not null check (amount_fen > 0),
  refunded_fen bigint not null default 0 check (refunded_fen between 0 and amount_fen),
  notify_url text not null,
  state text not null check (state in ('NOTPAY', 'SUCCESS', 'CLOSED')),
  platform_serial text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  check ((state = 'SUCCESS') = (paid_at is not null and transaction_id is not null)),
  check (refunded_fen = 0 or state = 'SUCCESS')
);
create index payment_paid_at on payment (paid_at);
create index payment_created_at on payment (created_at);

-- refunded_fen of the payment counts a refund from the moment it is accepted.
create table refund (
  out_refund_no text primary key,
  refund_id text not null unique,
  out_trade_no text not null references payment,
  amount_fen bigint not null check (amount_fen > 0),
  reason text,
  notify_url text,
  state text not null check (state in ('PROCESSING', 'SUCCESS', 'ABNORMAL')),
  platform_serial text not null,
  created_at timestamptz not null,
  due_at timestamptz not null,
  settled_at timestamptz,
  check ((state = 'PROCESSING') = (settled_at is null))
);
create index refund_out_trade_no on refund (out_trade_no);
create index refund_created_at on refund (created_at);
create index refund_due_at on refund (due_at) where state = 'PROCESSING';

create table callback (
  callback_id text primary key,
  position bigint generated always as identity unique,
  subject text not null,
  event_type text not null,
  summary text not null,
  original_type text not null,
  plaintext text not null,
  url text not null,
  platform_serial text not null,
  created_at timestamptz not null,
  attempts int not null default 0,
  copies int not null default 1,
  next_attempt_at timestamptz,
  delivered_at timestamptz,
  last_outcome text
);
create index callback_next_attempt_at on callback (next_attempt_at) where next_attempt_at is not null;
