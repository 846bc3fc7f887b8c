-- Keys that codes are signed with. The private part is AES-256-GCM under the master key, bound to the key id.
create table signing_key (
  key_id text primary key check (key_id ~ '^[0-9a-f]{8}$'),
  public_key bytea not null,
  sealed_private_key bytea not null,
  sign_start_time timestamptz not null unique
);

-- The one live code of a citizen; the one before it is kept just long enough to be revoked.
create table live_code (
  citizen_id uuid primary key,
  nonce bigint not null,
  expire_time timestamptz not null,
  previous_nonce bigint,
  previous_expire_time timestamptz
);

-- Codes that are no longer good: one nonce, or all codes of a citizen issued before the revoke time. Kept as long as taps are
-- taken in, because a late tap is judged as of its own time.
create table code_revocation (
  revocation_id bigint generated always as identity primary key,
  nonce bigint,
  citizen_id uuid,
  reason text not null check (reason in ('SUPERSEDED', 'REVOKED_BY_CITIZEN', 'COPIED_CODE')),
  revoke_time timestamptz not null,
  expire_time timestamptz not null,
  check (num_nonnulls(nonce, citizen_id) = 1)
);

create unique index code_revocation_nonce on code_revocation (nonce) where nonce is not null;
create index code_revocation_citizen on code_revocation (citizen_id) where citizen_id is not null;
create index code_revocation_expiry on code_revocation (expire_time);

-- Every tap whose code was good. A refused tap leaves nothing: it is judged again when it comes again.
create table tap (
  tap_id uuid primary key,
  ride_id uuid not null,
  content_digest bytea not null check (length(content_digest) = 16),
  operator_id text not null,
  line_id text not null,
  vehicle_id text not null,
  stop_id text not null,
  tap_time timestamptz not null,
  receive_time timestamptz not null,
  is_copy boolean not null default false
);

-- One ride a code: the id is made from the code, so any order of the same taps gives the same rides.
create table ride (
  ride_id uuid primary key,
  citizen_id uuid not null,
  tap_id uuid not null,
  operator_id text not null,
  line_id text not null,
  line_name text not null,
  vehicle_id text not null,
  stop_id text not null,
  board_time timestamptz not null,
  fare_product_id text not null,
  rider_category text not null,
  fare_minor bigint not null check (fare_minor between 0 and 9007199254740991),
  currency_code text not null,
  fare_explanation text not null,
  state text not null default 'ACCEPTED' check (state in ('ACCEPTED', 'SUCCESS', 'PAY_FAIL', 'REFUND')),
  charge_request_id uuid not null,
  charge_start_time timestamptz,
  attempt_count integer not null default 0,
  next_attempt_time timestamptz,
  charge_id text,
  charge_time timestamptz,
  check ((state = 'SUCCESS') = (charge_time is not null) or state = 'REFUND'),
  check (state <> 'SUCCESS' or next_attempt_time is null)
);

create index ride_by_citizen on ride (citizen_id, board_time desc, ride_id desc);
create index ride_due on ride (next_attempt_time) where next_attempt_time is not null;
create index ride_overdue on ride (citizen_id) where state = 'PAY_FAIL';
