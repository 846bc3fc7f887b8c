-- What every service keeps beside its own tables: the shared runtime reads and writes these and nothing else does.

-- One row a mutating request that was carried out, written in the transaction of its effect.
create table idempotency_record (
  caller text not null check (length(caller) <= 100),
  request_id uuid not null,
  request_type text not null,
  request_sha256 bytea not null check (length(request_sha256) = 32),
  response bytea,
  create_time timestamptz not null default now(),
  primary key (caller, request_id)
);

create index idempotency_record_create_time on idempotency_record using brin (create_time);

-- Events in the transaction of what happened. Readers go by (transaction, sequence) and stop before the oldest transaction
-- that is still running: so an event that commits late is never passed over.
create table outbox_event (
  transaction_id xid8 not null default pg_current_xact_id(),
  event_seq bigint generated always as identity,
  event_id uuid not null default gen_random_uuid(),
  event_type text not null,
  subject text not null,
  payload bytea not null,
  event_time timestamptz not null,
  primary key (transaction_id, event_seq)
);

-- How far a consumer group has come in another service's feed; moves in the transaction of the effect.
create table event_cursor (
  consumer_group text primary key,
  position text not null,
  update_time timestamptz not null default now()
);

-- Events whose effect failed every time; kept for an operator, passed over by the group.
create table parked_event (
  consumer_group text not null,
  event_id uuid not null,
  event bytea not null,
  failure text not null,
  park_time timestamptz not null default now(),
  primary key (consumer_group, event_id)
);

-- Who read which kind of personal data of whom, and why.
create table access_record (
  access_record_id uuid primary key,
  citizen_id uuid not null,
  reader_subject text not null,
  data_kind text not null,
  resource_id text not null,
  purpose text not null,
  consent_record_id text not null default '',
  read_time timestamptz not null
);

create index access_record_by_citizen on access_record (citizen_id, read_time desc, access_record_id);
