-- What citizens have agreed to. Nothing here is ever changed: each revision is a row, and its hash covers the hash of the
-- revision before it in the chain. The chain "catalogue" holds policies and agreements; each citizen has a chain.

create table consent_chain (
  chain_id  text primary key check (length(chain_id) between 1 and 64),
  length    bigint not null check (length >= 0),
  last_hash bytea  not null check (octet_length(last_hash) = 32)
);

create table consent_revision (
  chain_id         text        not null references consent_chain,
  sequence         bigint      not null check (sequence > 0),
  kind             text        not null check (kind in ('DATA_POLICY', 'CONSENT_AGREEMENT', 'CONSENT_RECORD')),
  -- The policy or agreement; of a consent record the agreement that it answers.
  object_id        text        not null check (object_id ~ '^[a-z0-9-]{1,64}$'),
  revision         integer     not null check (revision > 0),
  -- The whole content as JSON, in the very bytes that were hashed.
  snapshot         text        not null,
  authorized_by    text        not null,
  revise_time      timestamptz not null,
  predecessor_hash bytea       not null check (octet_length(predecessor_hash) = 32),
  revision_hash    bytea       not null check (octet_length(revision_hash) = 32),
  primary key (chain_id, sequence),
  constraint consent_revision_once unique (chain_id, kind, object_id, revision),
  check ((kind = 'CONSENT_RECORD') = (chain_id <> 'catalogue'))
);
