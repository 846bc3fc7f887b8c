-- Who may act for whom. One row an offer, accepted or not; or a parent's powers by law.
create table delegation (
  delegation_id     uuid primary key,
  citizen_id        uuid        not null references citizen,
  delegate_id       uuid        references citizen,
  basis             text        not null check (basis in ('GIVEN', 'PARENT_BY_LAW')),
  powers            text[]      not null check (cardinality(powers) between 1 and 20),
  consented_powers  text[]      not null default '{}' check (consented_powers <@ powers),
  -- Grows whenever tokens that were given under the delegation must be refused.
  revision          integer     not null default 0 check (revision >= 0),
  request_id        uuid,
  request_sha256    bytea       check (octet_length(request_sha256) = 32),
  code_hash         bytea       unique check (octet_length(code_hash) = 32),
  offer_expire_time timestamptz,
  start_time        timestamptz not null,
  end_time          timestamptz check (end_time > start_time),
  create_time       timestamptz not null,
  ended_time        timestamptz,
  ended_by          uuid,
  check (delegate_id <> citizen_id),
  check ((ended_time is null) = (ended_by is null)),
  -- An offer has a code, a request and an end; what the law gives has a delegate and none of these.
  check (basis <> 'GIVEN' or (request_id is not null and request_sha256 is not null
    and code_hash is not null and offer_expire_time is not null and end_time is not null)),
  check (basis <> 'PARENT_BY_LAW' or (delegate_id is not null and request_id is null
    and code_hash is null and end_time is null)),
  constraint delegation_once_a_request unique (citizen_id, request_id)
);
create unique index delegation_one_by_law on delegation (citizen_id, delegate_id)
  where basis = 'PARENT_BY_LAW' and ended_time is null;
create index delegation_by_citizen on delegation (citizen_id, create_time desc, delegation_id desc);
create index delegation_by_delegate on delegation (delegate_id, create_time desc, delegation_id desc);
