-- Everything that is booked in the ledger, and why.

create table merchant (
  merchant_id text primary key check (merchant_id ~ '^[a-z0-9-]{1,64}$'),
  display_name text not null,
  account_id bigint not null unique references account
);

create table wallet (
  citizen_id uuid primary key,
  wallet_id uuid not null unique,
  account_id bigint not null unique references account,
  create_time timestamptz not null
);

-- The citizen's statement: a projection of the journal, written in the transaction of each transfer.
create table wallet_entry (
  citizen_id uuid not null references wallet,
  create_time timestamptz not null,
  transfer_id uuid not null,
  kind smallint not null, -- liangjiang.payments.v1.WalletEntry.Kind
  amount_minor bigint not null check (amount_minor <> 0),
  reference_id uuid not null,
  primary key (citizen_id, create_time, transfer_id)
);

create table payment_order (
  payment_order_id uuid primary key,
  payer_citizen_id uuid not null,
  merchant_id text not null references merchant,
  created_by text not null,
  business_reference text not null check (length(business_reference) between 1 and 64),
  lines jsonb not null,
  amount_minor bigint not null check (amount_minor between 1 and 9007199254740991),
  refunded_minor bigint not null default 0, -- asked back, whether or not it has arrived
  refund_count integer not null default 0 check (refund_count <= 50),
  state smallint not null, -- liangjiang.payments.v1.PaymentOrder.State
  channel smallint not null default 0, -- liangjiang.payments.v1.Channel
  create_time timestamptz not null,
  expire_time timestamptz not null,
  pay_time timestamptz,
  constraint payment_order_refunds_within_payment check (refunded_minor between 0 and amount_minor)
);

create index payment_order_open on payment_order (expire_time) where state in (1, 2);

-- One attempt to collect money through a channel: for a payment order, or for the wallet when there is none.
create table channel_payment (
  channel_payment_id uuid primary key, -- its 32 hex digits are the out_trade_no
  payment_order_id uuid references payment_order,
  payer_citizen_id uuid not null,
  channel smallint not null,
  description text not null,
  amount_minor bigint not null check (amount_minor > 0),
  state smallint not null, -- 1 pending, 2 succeeded, 3 closed, 4 disputed: the channel collected another amount
  pay_parameters jsonb not null default '{}',
  transaction_id text not null default '',
  create_time timestamptz not null,
  expire_time timestamptz not null,
  check_time timestamptz not null, -- when the sweep asks the channel next
  checks integer not null default 0
);

create index channel_payment_open on channel_payment (check_time) where state = 1;
create unique index channel_payment_one_open_per_order
  on channel_payment (payment_order_id) where state = 1 and payment_order_id is not null;

create table refund (
  refund_id uuid primary key, -- its 32 hex digits are the out_refund_no
  payment_order_id uuid not null references payment_order,
  channel_payment_id uuid references channel_payment, -- none when it went back to the wallet
  amount_minor bigint not null check (amount_minor > 0),
  state smallint not null, -- liangjiang.payments.v1.Refund.State
  reason text not null default '',
  late boolean not null default false, -- of money that came after the order was closed
  create_time timestamptz not null,
  check_time timestamptz not null,
  checks integer not null default 0
);

create index refund_open on refund (check_time) where state = 1;

create table charge (
  charge_id uuid primary key,
  payer_citizen_id uuid not null,
  merchant_id text not null references merchant,
  created_by text not null,
  business_reference text not null,
  description text not null,
  amount_minor bigint not null check (amount_minor > 0),
  state smallint not null, -- liangjiang.payments.v1.Charge.State
  create_time timestamptz not null
);

-- The merchants of the region that the city ships with. Kind 2 is a liability: the city owes them.
with opened as (
  insert into account (code, kind, currency_code, guarded, create_time)
  select 'merchant/' || id, 2, 'CNY', true, now()
  from unnest(array['wulong-tourism', 'nanchuan-tourism', 'three-gorges-museum',
    'chongqing-children-hospital', 'liangjiang-general-hospital', 'liangjiang-bus']) as id
  returning account_id, code
)
insert into merchant (merchant_id, display_name, account_id)
select ids.id, ids.name, opened.account_id
from (values
  ('wulong-tourism', '武隆旅游'),
  ('nanchuan-tourism', '南川旅游'),
  ('three-gorges-museum', '三峡博物馆'),
  ('chongqing-children-hospital', '重庆儿童医院'),
  ('liangjiang-general-hospital', '两江综合医院'),
  ('liangjiang-bus', '两江公交')) as ids (id, name)
join opened on opened.code = 'merchant/' || ids.id;
