-- Where tokens were last given out: a city, never an address. The newest token of a session has it, those before it lose it.
alter table refresh_token
  add column place text not null default '' check (length(place) <= 200);
