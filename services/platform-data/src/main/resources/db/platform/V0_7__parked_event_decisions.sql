-- Operators decide about events that were put aside: replay or drop. Nothing of it is ever removed.
alter table parked_event add column end_time timestamptz;

create table parked_event_decision (
  decision_id bigint generated always as identity primary key,
  consumer_group text not null,
  event_id uuid not null,
  decision text not null check (decision in ('REPLAY', 'DROP')),
  operator text not null check (length(operator) between 1 and 100),
  reason text not null check (length(reason) between 1 and 500),
  database_account text not null default session_user,
  decision_time timestamptz not null default now(),
  outcome text check (outcome in ('REPLAYED', 'FAILED', 'DROPPED')),
  outcome_time timestamptz,
  failure text check (length(failure) <= 1000),
  check ((outcome is null) = (outcome_time is null)),
  foreign key (consumer_group, event_id) references parked_event
);

create unique index parked_event_decision_open on parked_event_decision (consumer_group, event_id) where outcome is null;

-- The service applies the event again within seconds; no row when it is unknown or over.
create function replay_parked_event(of_event uuid, by_operator text, because text) returns setof parked_event_decision
language sql as $$
  insert into parked_event_decision (consumer_group, event_id, decision, operator, reason)
  select consumer_group, event_id, 'REPLAY', by_operator, because
  from parked_event where event_id = of_event and end_time is null for update
  returning *;
$$;

-- The event is never applied; no row when it is unknown, over, or about to be replayed.
create function drop_parked_event(of_event uuid, by_operator text, because text) returns setof parked_event_decision
language sql as $$
  with ended as (
    update parked_event set end_time = now()
    where event_id = of_event and end_time is null
      and not exists (
        select from parked_event_decision open
        where open.consumer_group = parked_event.consumer_group and open.event_id = of_event and open.outcome is null)
    returning consumer_group, event_id)
  insert into parked_event_decision (consumer_group, event_id, decision, operator, reason, outcome, outcome_time)
  select consumer_group, event_id, 'DROP', by_operator, because, 'DROPPED', now() from ended
  returning *;
$$;
