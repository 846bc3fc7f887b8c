-- How far events were deleted, by their type: who asks for what came before it is told so instead of missing it.
create table outbox_horizon (
  event_type     text primary key,
  transaction_id xid8 not null,
  event_seq      bigint not null,
  event_time     timestamptz not null
);

-- Old requests are found by this one; the coarse index it replaces loses its order as new rows take the place of deleted ones.
create index idempotency_record_by_time on idempotency_record (create_time);
drop index idempotency_record_create_time;
