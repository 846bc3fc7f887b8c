-- Money that is set aside, and transfers that answer others (post, void, expire, revert). What most transfers do not need is
-- kept beside them: their row stays as narrow as it was, because a null costs nothing in it.

alter table account
  add column debits_pending_minor bigint not null default 0
    check (debits_pending_minor between 0 and 9007199254740991),
  add column credits_pending_minor bigint not null default 0
    check (credits_pending_minor between 0 and 9007199254740991),
  add column credits_guarded boolean not null default false, -- credits must not exceed debits
  add column close_time timestamptz,
  drop constraint account_never_owes,
  add constraint account_never_owes check (not guarded or debits_minor + debits_pending_minor <= credits_minor),
  add constraint account_is_never_owed
    check (not credits_guarded or credits_minor + credits_pending_minor <= debits_minor),
  add constraint closed_account_is_empty
    check (close_time is null
      or (debits_minor = credits_minor and debits_pending_minor = 0 and credits_pending_minor = 0));

-- liangjiang.payments.v1.Transfer.Kind from 2 on; null is a plain transfer
alter table transfer add column kind smallint check (kind between 2 and 6);

create table pending_transfer (
  transfer_id uuid primary key,
  expire_time timestamptz not null,
  open boolean not null default true -- neither posted nor voided nor expired
);
create index pending_transfer_due on pending_transfer (expire_time) where open;

-- A transfer is answered once: a pending one by a post, a void or its expiry, a booked one by a reversal.
create table transfer_answer (
  answered_id uuid primary key,
  transfer_id uuid not null constraint transfer_answers_one unique
);
