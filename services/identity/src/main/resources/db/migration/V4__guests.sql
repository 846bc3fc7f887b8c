-- The guests of the city: who they are, what citizens granted them, and the tokens that came of it.

create table guest_client (
  client_id                 text primary key check (client_id ~ '^[a-z0-9-]{3,64}$' and client_id <> 'liangjiang'),
  display_name              text        not null check (length(display_name) between 1 and 100),
  purpose                   text        not null check (length(purpose) between 1 and 200),
  kind                      text        not null check (kind in ('WEB_PAGE', 'MINI_PROGRAM', 'MACHINE')),
  redirect_uris             text[]      not null check (cardinality(redirect_uris) <= 10),
  post_logout_redirect_uris text[]      not null check (cardinality(post_logout_redirect_uris) <= 10),
  -- Public halves only; empty for a guest that can keep no secret.
  jwks                      text        not null check (length(jwks) <= 16384),
  scopes                    text[]      not null check (cardinality(scopes) <= 20),
  scope_purposes            text[]      not null,
  audiences                 text[]      not null check (cardinality(audiences) <= 10),
  serves                    text[]      not null check (cardinality(serves) <= 10),
  sector                    text        not null check (sector ~ '^[a-z0-9.-]{1,100}$'),
  requests_per_minute       integer     not null check (requests_per_minute between 1 and 100000),
  requests_per_day          integer     not null check (requests_per_day between 1 and 10000000),
  state                     text        not null check (state in ('ACTIVE', 'SUSPENDED')),
  -- Of the last suspension; what was given out before it is worth nothing, also after the guest is let in again.
  suspend_time              timestamptz,
  create_time               timestamptz not null,
  update_time               timestamptz not null,
  check (cardinality(scopes) = cardinality(scope_purposes)),
  check (kind <> 'MACHINE' or (jwks <> '' and cardinality(redirect_uris) = 0)),
  check (cardinality(serves) = 0 or jwks <> ''),
  check (state = 'ACTIVE' or suspend_time is not null)
);

-- Assertions with which guests proved who they are, so that none works twice; kept until they expire.
create table client_assertion (
  client_id   text        not null references guest_client,
  jti_hash    bytea       not null check (octet_length(jti_hash) = 32),
  expire_time timestamptz not null,
  primary key (client_id, jti_hash)
);
create index client_assertion_by_expiry on client_assertion (expire_time);

-- What a citizen granted a guest, with the purpose that the citizen read.
create table guest_grant (
  citizen_id uuid        not null references citizen,
  client_id  text        not null references guest_client,
  scope      text        not null,
  purpose    text        not null,
  grant_time timestamptz not null,
  primary key (citizen_id, client_id, scope)
);
create index guest_grant_by_client on guest_grant (client_id);

-- One sign-in of a citizen at a guest.
create table guest_session (
  guest_session_id uuid primary key,
  citizen_id       uuid        not null references citizen,
  client_id        text        not null references guest_client,
  scopes           text[]      not null check (cardinality(scopes) between 1 and 20),
  resources        text[]      not null check (cardinality(resources) <= 10),
  -- What the citizen had proved, and when they approved.
  assurance_level  text        not null check (assurance_level in ('BASIC', 'REAL_NAME', 'FACE')),
  auth_time        timestamptz not null,
  create_time      timestamptz not null,
  last_use_time    timestamptz not null,
  expire_time      timestamptz not null check (expire_time > create_time),
  revoke_time      timestamptz,
  revoke_reason    text check (revoke_reason in
    ('SIGNED_OUT', 'REFRESH_TOKEN_REUSED', 'GUEST_WITHDRAWN', 'CLIENT_SUSPENDED', 'CODE_REUSED')),
  check ((revoke_time is null) = (revoke_reason is null))
);
create index guest_session_by_citizen on guest_session (citizen_id, client_id);
create index guest_session_live_by_client on guest_session (client_id, create_time) where revoke_time is null;
create index guest_session_by_expiry on guest_session (expire_time);

-- The family of a session, as refresh_token is of a citizen's.
create table guest_refresh_token (
  token_hash       bytea primary key check (octet_length(token_hash) = 32),
  guest_session_id uuid        not null references guest_session on delete cascade,
  generation       integer     not null check (generation >= 0),
  create_time      timestamptz not null,
  expire_time      timestamptz not null,
  rotate_time      timestamptz,
  constraint guest_refresh_token_one_successor unique (guest_session_id, generation)
);
create index guest_refresh_token_by_rotation on guest_refresh_token (rotate_time) where rotate_time is not null;

-- What a guest asked of whoever sits at a browser: decided by a citizen in the app, gone on with in that browser, and redeemed
-- by the guest. The browser is known by its cookie, of which only the hash is here.
create table authorization_request (
  request_code     text primary key check (request_code ~ '^[B-DF-HJ-NP-TV-XZ]{10}$'),
  client_id        text        not null references guest_client,
  redirect_uri     text        not null,
  scopes           text[]      not null check (cardinality(scopes) between 1 and 20),
  resources        text[]      not null check (cardinality(resources) <= 10),
  client_state     text        not null check (length(client_state) <= 1024),
  nonce            text        not null check (length(nonce) <= 256),
  code_challenge   text        not null check (length(code_challenge) = 43),
  required_level   text        not null check (required_level in ('', 'BASIC', 'REAL_NAME', 'FACE')),
  browser_hash     bytea       not null check (octet_length(browser_hash) = 32),
  state            text        not null check (state in ('WAITING', 'APPROVED', 'DENIED', 'CONTINUED')),
  create_time      timestamptz not null,
  expire_time      timestamptz not null,
  citizen_id       uuid references citizen,
  granted_scopes   text[],
  assurance_level  text check (assurance_level in ('BASIC', 'REAL_NAME', 'FACE')),
  decide_time      timestamptz,
  wrong_codes      integer     not null default 0,
  code_hash        bytea unique check (octet_length(code_hash) = 32),
  code_expire_time timestamptz,
  guest_session_id uuid references guest_session on delete set null,
  redeem_time      timestamptz,
  check (state in ('WAITING', 'DENIED') or (citizen_id is not null and granted_scopes is not null
    and assurance_level is not null and decide_time is not null)),
  check ((state = 'CONTINUED') = (code_hash is not null)),
  check ((code_hash is null) = (code_expire_time is null)),
  check (redeem_time is null or code_hash is not null)
);
create index authorization_request_by_expiry on authorization_request (expire_time);
