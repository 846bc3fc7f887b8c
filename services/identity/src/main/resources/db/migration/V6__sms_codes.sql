-- Signing in by SMS, and what a session knows of its own beginning.

-- A code that was sent. The newest of a number counts; its hash is keyed, and so is the number's.
create table sms_code (
  request_id    uuid primary key,
  phone_hash    bytea       not null check (octet_length(phone_hash) = 32),
  code_hash     bytea       not null check (octet_length(code_hash) = 32),
  wrong_tries   integer     not null default 0 check (wrong_tries between 0 and 5),
  create_time   timestamptz not null,
  send_tries    integer     not null default 0 check (send_tries between 0 and 3),
  send_time     timestamptz,
  use_time      timestamptz
);
create index sms_code_by_phone on sms_code (phone_hash, create_time desc);
create index sms_code_by_time on sms_code (create_time);

-- One number belongs to one citizen. Where two had the same, who proved it last keeps it.
with outdated as (
  delete from citizen_phone p using citizen_phone newer
  where p.phone_hash = newer.phone_hash
    and (p.update_time, p.citizen_id) < (newer.update_time, newer.citizen_id)
  returning p.citizen_id
)
update citizen set masked_phone = '' where citizen_id in (select citizen_id from outdated);
drop index citizen_phone_by_hash;
alter table citizen_phone add constraint citizen_phone_one_citizen_a_number unique (phone_hash);

-- Each way to sign in has an id by which its owner unlinks it. What a mini-program's identity is worth is less than
-- all when it came to the account by nothing but the number.
alter table citizen_phone add column sign_in_method_id uuid not null unique default gen_random_uuid();
alter table sign_in_identity
  add column sign_in_method_id uuid not null unique default gen_random_uuid(),
  add column level_ceiling text not null default 'FACE'
    check (level_ceiling in ('BASIC', 'REAL_NAME', 'FACE'));

-- How and when the owner proved who they are, and the most that this proof is worth.
alter table session
  add column methods text[] not null default '{mini_program}'
    check (cardinality(methods) between 1 and 4),
  add column auth_time timestamptz,
  add column sign_in_method_id uuid,
  add column level_ceiling text not null default 'FACE'
    check (level_ceiling in ('BASIC', 'REAL_NAME', 'FACE'));
update session set auth_time = create_time,
  methods = case account_kind when 'STAFF' then '{pwd}'::text[] else methods end;
alter table session alter column auth_time set not null, alter column methods drop default;
