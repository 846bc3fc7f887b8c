-- Archives that citizens asked for, and erasures. A citizen id stays here after the citizen is gone: it is the key of the
-- certificate, and says nothing of the person.

create table data_export (
  export_id         uuid primary key,
  citizen_id        uuid        not null,
  state             text        not null check (state in ('GATHERING', 'READY', 'FAILED')),
  create_time       timestamptz not null,
  expire_time       timestamptz not null check (expire_time > create_time),
  -- How far the gathering is: the service's place in the order, its page, the pieces and what is in them.
  service_index     integer     not null default 0,
  page_token        text        not null default '',
  part_count        integer     not null default 0,
  record_count      bigint      not null default 0,
  byte_count        bigint      not null default 0,
  next_attempt_time timestamptz,
  check ((state = 'GATHERING') = (next_attempt_time is not null))
);
create unique index data_export_one_a_citizen on data_export (citizen_id) where state in ('GATHERING', 'READY');
create index data_export_due on data_export (next_attempt_time) where next_attempt_time is not null;
create index data_export_by_expiry on data_export (expire_time);

-- One page of one service, sealed.
create table data_export_part (
  export_id     uuid    not null references data_export on delete cascade,
  position      integer not null check (position >= 0),
  service       text    not null,
  items_sealed  bytea   not null,
  master_key_id text    not null,
  primary key (export_id, position)
);

create table erasure (
  erasure_id        uuid primary key,
  citizen_id        uuid        not null,
  state             text        not null check (state in ('REQUESTED', 'CANCELLED', 'ERASING', 'COMPLETED')),
  code_hash         bytea       not null check (octet_length(code_hash) = 32),
  create_time       timestamptz not null,
  begin_time        timestamptz not null,
  complete_time     timestamptz,
  blockers          text[]      not null default '{}',
  next_attempt_time timestamptz,
  check ((state = 'COMPLETED') = (complete_time is not null)),
  check ((state in ('REQUESTED', 'ERASING')) = (next_attempt_time is not null))
);
create unique index erasure_one_under_way on erasure (citizen_id) where state in ('REQUESTED', 'ERASING');
create index erasure_due on erasure (next_attempt_time) where next_attempt_time is not null;

-- What a service answered, as it was; written once.
create table erasure_step (
  erasure_id uuid        not null references erasure,
  service    text        not null,
  erase_time timestamptz not null,
  answer     bytea       not null,
  primary key (erasure_id, service)
);

alter table session
  drop constraint session_revoke_reason_check,
  add constraint session_revoke_reason_check check (revoke_reason in
    ('SIGNED_OUT', 'REVOKED_BY_OWNER', 'REFRESH_TOKEN_REUSED', 'ACCOUNT_CHANGED', 'ACCOUNT_CLOSED'));
