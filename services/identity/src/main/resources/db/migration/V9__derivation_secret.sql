-- What keyed hashes, codes, refresh tokens and pairwise subjects are derived from, sealed like any other secret, so that
-- none of them changes with the master key. The service makes it at its first start.
create table derivation_secret (
  derivation_secret_id smallint primary key check (derivation_secret_id = 1),
  secret_sealed        bytea    not null,
  master_key_id        text     not null
);
