-- Operators list parked events in the order in which they were parked.
create index parked_event_by_time on parked_event (park_time, event_id, consumer_group);

-- As before, and it waits for a replay that is being decided at the same moment before it looks whether there is one: each
-- statement of a volatile function sees what was committed when it begins.
create or replace function drop_parked_event(of_event uuid, by_operator text, because text) returns setof parked_event_decision
language sql as $$
  select from parked_event where event_id = of_event order by consumer_group for update;
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
