-- Who the city's people are. Times are written by the service's clock, never by the database's, so that a test can set it.
-- Columns named *_sealed hold AES-256-GCM ciphertext (12 bytes nonce, ciphertext, tag) bound to their row, under the
-- master key that master_key_id names. Columns named *_hash hold HMAC-SHA-256 or, for refresh tokens, SHA-256.

create table citizen (
  citizen_id      uuid primary key,
  assurance_level text        not null check (assurance_level in ('BASIC', 'REAL_NAME', 'FACE')),
  masked_phone    text        not null default '' check (length(masked_phone) <= 20),
  display_name    text        not null default '' check (length(display_name) <= 100),
  create_time     timestamptz not null
);

-- One way for a citizen to sign in: the open id that one mini-program knows them by.
create table sign_in_identity (
  app_id      text        not null check (length(app_id) between 1 and 64),
  open_id     text        not null check (length(open_id) between 1 and 128),
  union_id    text check (length(union_id) <= 128),
  citizen_id  uuid        not null references citizen,
  create_time timestamptz not null,
  primary key (app_id, open_id)
);
create index sign_in_identity_by_citizen on sign_in_identity (citizen_id);

create table citizen_phone (
  citizen_id    uuid primary key references citizen,
  phone_hash    bytea       not null check (octet_length(phone_hash) = 32),
  phone_sealed  bytea       not null,
  master_key_id text        not null,
  update_time   timestamptz not null
);
create index citizen_phone_by_hash on citizen_phone (phone_hash);

-- What the bureau matched. One number belongs to one citizen.
create table real_name (
  citizen_id       uuid primary key references citizen,
  id_number_hash   bytea       not null check (octet_length(id_number_hash) = 32),
  id_number_sealed bytea       not null,
  name_sealed      bytea       not null,
  master_key_id    text        not null,
  verify_time      timestamptz not null,
  constraint real_name_one_citizen_a_number unique (id_number_hash)
);

create table dependant (
  dependant_id      uuid primary key,
  citizen_id        uuid        not null references citizen,
  request_id        uuid        not null,
  name_sealed       bytea       not null,
  birth_date_sealed bytea       not null,
  master_key_id     text        not null,
  relation          text        not null check (relation in ('CHILD', 'PARENT', 'SPOUSE', 'OTHER')),
  create_time       timestamptz not null,
  constraint dependant_once_a_request unique (citizen_id, request_id)
);
create index dependant_by_citizen on dependant (citizen_id, create_time, dependant_id);

create table staff (
  staff_id        uuid primary key,
  username        text        not null unique check (username ~ '^[a-z0-9.-]{1,64}$'),
  password_hash   text        not null check (password_hash like '$argon2id$%'),
  roles           text[]      not null check (cardinality(roles) between 1 and 10),
  organisation_id text        not null default '',
  origin          text        not null check (origin in ('DEVELOPMENT', 'ADMINISTRATION')),
  create_time     timestamptz not null
);

create table session (
  session_id    uuid primary key,
  account_kind  text        not null check (account_kind in ('CITIZEN', 'STAFF')),
  account_id    uuid        not null,
  client_id     text        not null,
  device_label  text        not null default '' check (length(device_label) <= 100),
  create_time   timestamptz not null,
  expire_time   timestamptz not null check (expire_time > create_time),
  revoke_time   timestamptz,
  revoke_reason text check (revoke_reason in ('SIGNED_OUT', 'REVOKED_BY_OWNER', 'REFRESH_TOKEN_REUSED')),
  check ((revoke_time is null) = (revoke_reason is null))
);
create index session_by_account on session (account_id, create_time desc, session_id);
create index session_by_expiry on session (expire_time);

-- One family is the tokens of one session, numbered. The unique generation is what makes two successors impossible.
create table refresh_token (
  token_hash  bytea primary key check (octet_length(token_hash) = 32),
  session_id  uuid        not null references session on delete cascade,
  generation  integer     not null check (generation >= 0),
  create_time timestamptz not null,
  expire_time timestamptz not null,
  rotate_time timestamptz,
  constraint refresh_token_one_successor unique (session_id, generation)
);
create index refresh_token_by_rotation on refresh_token (rotate_time) where rotate_time is not null;

-- A sign-in that was answered, so that a lost answer can be given again.
create table sign_in (
  request_id      uuid primary key,
  credential_hash bytea       not null check (octet_length(credential_hash) = 32),
  session_id      uuid        not null references session on delete cascade,
  create_time     timestamptz not null
);
create index sign_in_by_time on sign_in (create_time);

create table attempt_count (
  limit_key    text primary key,
  window_start timestamptz not null,
  attempts     integer     not null
);
create index attempt_count_by_window on attempt_count (window_start);

create table signing_key (
  signing_key_id     text primary key,
  state              text        not null check (state in ('NEXT', 'ACTIVE', 'RETIRED')),
  public_jwk         text        not null,
  private_key_sealed bytea       not null,
  master_key_id      text        not null,
  create_time        timestamptz not null,
  activate_time      timestamptz,
  retire_time        timestamptz,
  check ((state = 'NEXT') = (activate_time is null)),
  check ((state = 'RETIRED') = (retire_time is not null))
);
create unique index signing_key_one_active on signing_key (state) where state = 'ACTIVE';
create unique index signing_key_one_next on signing_key (state) where state = 'NEXT';

-- What an auditor asks about: who did what to which account. Ids only.
create table audit_record (
  audit_record_id uuid primary key,
  action          text        not null,
  actor           text        not null,
  subject         text        not null,
  detail          text        not null default '',
  create_time     timestamptz not null
);
create index audit_record_by_subject on audit_record (subject, create_time);
