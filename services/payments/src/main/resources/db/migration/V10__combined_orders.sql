-- One payment over several merchants. What each of them gets is a payment order: a part.

create table combined_order (
  combined_order_id uuid primary key,
  payer_citizen_id uuid not null,
  created_by text not null,
  business_reference text not null check (length(business_reference) between 1 and 64),
  amount_minor bigint not null check (amount_minor between 1 and 9007199254740991), -- of all parts
  state smallint not null check (state between 1 and 4), -- as liangjiang.payments.v1.PaymentOrder.State
  channel smallint not null default 0, -- liangjiang.payments.v1.Channel
  create_time timestamptz not null,
  expire_time timestamptz not null,
  pay_time timestamptz,
  constraint combined_order_paid check ((state = 3) = (pay_time is not null))
);

create index combined_order_open on combined_order (expire_time) where state in (1, 2);

alter table payment_order add column combined_order_id uuid references combined_order;
create index payment_order_part on payment_order (combined_order_id) where combined_order_id is not null;

alter table channel_payment
  add column combined_order_id uuid references combined_order,
  add constraint channel_payment_for_one check (payment_order_id is null or combined_order_id is null);
create unique index channel_payment_one_open_per_combined_order
  on channel_payment (combined_order_id) where state = 1 and combined_order_id is not null;
