-- The journal is hash-chained: a row a batch, written with its transfers, and a row a seal, written later by whoever comes first,
-- that chains batches in the order of their ids. See docs/adr/0011. A transfer knows its batch; the index that finds a batch's
-- transfers is a block range one, which costs the hot path next to nothing.

create table journal_batch (
  batch_id bigint generated always as identity primary key,
  record_count integer not null check (record_count > 0),
  digests bytea not null, -- the first 4 bytes of each record's chained hash, in the order of transfer ids
  sha256 bytea not null check (octet_length(sha256) = 32), -- chained hash of the last record
  check (octet_length(digests) = 4 * record_count)
);
alter table journal_batch alter column digests set storage external; -- hashes cannot be compressed

create table journal_seal (
  last_batch_id bigint primary key,
  batch_count integer not null check (batch_count > 0),
  digests bytea not null, -- the first 4 bytes of each batch's chained hash
  sha256 bytea not null check (octet_length(sha256) = 32), -- chained on from the seal before
  check (octet_length(digests) = 4 * batch_count)
);

alter table transfer add column batch_id bigint not null default 0;
alter table transfer alter column batch_id drop default;

-- What was booked before there was a chain goes into batches of 1,000. The record is that of JournalHash.
alter table transfer disable trigger transfer_is_final;
do $$
declare
  old record;
  member record;
  batch bigint;
  hash bytea;
  beginnings bytea;
begin
  create temporary table old_batch on commit drop as
    select transfer_id, (row_number() over (order by create_time, transfer_id) - 1) / 1000 as number
    from transfer;
  for old in select number, count(*)::integer as size from old_batch group by number order by number loop
    hash := decode(repeat('00', 32), 'hex');
    beginnings := '';
    for member in
      select transfer.*, answer.answered_id, pending.expire_time
      from old_batch join transfer using (transfer_id)
        left join transfer_answer answer using (transfer_id)
        left join pending_transfer pending using (transfer_id)
      where number = old.number order by transfer_id
    loop
      hash := sha256(hash || uuid_send(member.transfer_id) || int8send(member.debit_account_id)
        || int8send(member.credit_account_id) || int8send(member.amount_minor)
        || int4send(member.reason_code)
        || int8send((extract(epoch from member.create_time) * 1000000)::bigint)
        || int2send(coalesce(member.kind, 1::smallint))
        || uuid_send(coalesce(member.answered_id, '00000000-0000-0000-0000-000000000000'))
        || int8send(coalesce((extract(epoch from member.expire_time) * 1000000)::bigint, 0)));
      beginnings := beginnings || substring(hash for 4);
    end loop;
    insert into journal_batch (record_count, digests, sha256) values (old.size, beginnings, hash)
      returning batch_id into batch;
    update transfer set batch_id = batch from old_batch
      where old_batch.transfer_id = transfer.transfer_id and old_batch.number = old.number;
  end loop;
end
$$;
alter table transfer enable trigger transfer_is_final;

create index transfer_by_batch on transfer using brin (batch_id) with (pages_per_range = 64, autosummarize = on);

create function journal_is_final() returns trigger language plpgsql as $$
begin
  raise exception 'the journal is final' using errcode = 'restrict_violation';
end
$$;
create trigger journal_is_final before update or delete on journal_batch
  for each statement execute function journal_is_final();
create trigger journal_is_final before update or delete on journal_seal
  for each statement execute function journal_is_final();
