-- The books. One row an account with its kept totals, one row a transfer with both of its sides: the narrow rows and the single
-- index are what makes batches cheap, so earn an index by a query before adding one.

create table account (
  account_id bigint generated always as identity primary key,
  code text not null constraint account_code_unique unique
    check (code ~ '^[A-Za-z0-9/._-]{1,100}$'),
  kind smallint not null check (kind between 1 and 4), -- liangjiang.payments.v1.Account.Kind
  currency_code text not null check (currency_code ~ '^[A-Z]{3}$'),
  guarded boolean not null, -- debits must not exceed credits
  debits_minor bigint not null default 0 check (debits_minor between 0 and 9007199254740991),
  credits_minor bigint not null default 0 check (credits_minor between 0 and 9007199254740991),
  create_time timestamptz not null,
  constraint account_never_owes check (not guarded or debits_minor <= credits_minor)
) with (fillfactor = 50); -- hot rows are updated in place

create table transfer (
  transfer_id uuid primary key,
  debit_account_id bigint not null,
  credit_account_id bigint not null,
  amount_minor bigint not null check (amount_minor between 1 and 9007199254740991),
  reason_code integer not null check (reason_code between 0 and 65535),
  create_time timestamptz not null,
  constraint transfer_between_two check (debit_account_id <> credit_account_id)
);

-- A transfer is never changed; a mistake is answered by another transfer.
create function transfer_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'a transfer is final' using errcode = 'restrict_violation';
end
$$;

create trigger transfer_is_final before update or delete on transfer
  for each statement execute function transfer_is_final();
