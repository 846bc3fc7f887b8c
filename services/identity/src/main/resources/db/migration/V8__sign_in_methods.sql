-- Passkeys, and all ways to sign in as their owner sees them.

create table passkey (
  passkey_id      uuid primary key,
  account_kind    text        not null check (account_kind in ('CITIZEN', 'STAFF')),
  account_id      uuid        not null,
  -- AAGUID, id and public key as the device gave them (WebAuthn, attested credential data)
  credential_id   bytea       not null unique check (octet_length(credential_id) between 1 and 1023),
  credential_data bytea       not null,
  sign_count      bigint      not null check (sign_count >= 0),
  backup_eligible boolean     not null,
  backed_up       boolean     not null,
  label           text        not null check (length(label) between 1 and 100),
  create_time     timestamptz not null
);
create index passkey_by_account on passkey (account_id);

-- What a device was asked to sign; good for one answer. Nobody is named by one to sign in with.
create table passkey_challenge (
  challenge_id uuid primary key,
  purpose      text        not null check (purpose in ('REGISTRATION', 'SIGN_IN')),
  challenge    bytea       not null check (octet_length(challenge) = 32),
  account_id   uuid,
  create_time  timestamptz not null,
  use_time     timestamptz,
  check ((purpose = 'REGISTRATION') = (account_id is not null))
);
create index passkey_challenge_by_time on passkey_challenge (create_time);

create view sign_in_method as
  select sign_in_method_id, 'CITIZEN' as account_kind, citizen_id as account_id,
    'MINI_PROGRAM' as kind, app_id as label, create_time
  from sign_in_identity
  union all
  select p.sign_in_method_id, 'CITIZEN', p.citizen_id, 'PHONE', c.masked_phone, p.update_time
  from citizen_phone p join citizen c using (citizen_id)
  union all
  select passkey_id, account_kind, account_id, 'PASSKEY', label, create_time from passkey;

create index session_by_sign_in_method on session (sign_in_method_id)
  where sign_in_method_id is not null;

-- The request that last proved who the owner is, so that a lost answer can be given again.
alter table session add column step_up_request_id uuid;
