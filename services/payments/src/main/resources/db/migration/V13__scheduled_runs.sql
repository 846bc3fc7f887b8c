-- The daily run of settlements and payouts: which dates have had theirs. A replica holds the first open one by a lease; when it dies,
-- another does it again, and what was settled and paid stays so.
create table scheduled_run (
  run_date date primary key, -- Asia/Shanghai
  attempts integer not null default 0,
  lease_until timestamptz not null, -- nobody else begins before
  end_time timestamptz,
  settlements integer not null default 0,
  payouts integer not null default 0,
  failures integer not null default 0 -- merchants that could not be settled or paid out
);

create index scheduled_run_open on scheduled_run (run_date) where end_time is null;
