-- Pools of equal places, and who holds or has booked how many of them. Nobody but the functions below writes these tables.
--
-- The kept sums make a hold one look at one narrow row; the check makes overselling impossible whatever the code does.
-- Every function locks its pools by one query in the order of their ids, so two callers never wait for each other in a circle.
-- They are functions because the lock on a wanted pool then lives for no round trip but the caller's commit.

create table reservation_pool (
  pool_id  text primary key check (length(pool_id) between 1 and 100),
  capacity integer not null check (capacity >= 0),
  held     integer not null default 0 check (held >= 0),
  booked   integer not null default 0 check (booked >= 0),
  constraint reservation_pool_not_oversold check (held + booked <= capacity)
) with (fillfactor = 50);

-- Live reservations only: what was released leaves no row. All rows of an owner share `booked` and `expire_time`.
create table reservation (
  owner_id    uuid not null,
  pool_id     text not null references reservation_pool (pool_id),
  quantity    integer not null check (quantity > 0),
  booked      boolean not null default false,
  expire_time timestamptz not null,
  primary key (owner_id, pool_id)
);

create index reservation_expiry on reservation (expire_time, owner_id) where not booked;

-- The first pool, by id, that is not there or has too few places left; no row when all is well.
create function reservation_shortage(
  p_pool_ids text[], p_quantities integer[], out outcome text, out short_pool_id text, out places_left integer)
language sql stable as $$
  select case when p.pool_id is null then 'POOL_NOT_FOUND' else 'SOLD_OUT' end,
         wanted.pool_id,
         coalesce(p.capacity - p.held - p.booked, 0)
  from unnest(p_pool_ids, p_quantities) as wanted (pool_id, quantity)
  left join reservation_pool p on p.pool_id = wanted.pool_id
  where p.pool_id is null or p.capacity - p.held - p.booked < wanted.quantity
  order by wanted.pool_id
  limit 1
$$;

-- Holds all the places or none. Looks without a lock first: a crowd before a sold-out pool must not queue
-- for its row.
create function reservation_hold(
  p_owner_id uuid, p_pool_ids text[], p_quantities integer[], p_expire_time timestamptz,
  out outcome text, out short_pool_id text, out places_left integer)
language plpgsql as $$
begin
  for look in 1..2 loop
    if look = 2 then
      perform 1 from reservation_pool where pool_id = any (p_pool_ids) order by pool_id for no key update;
    end if;
    if exists (select 1 from reservation where owner_id = p_owner_id) then
      outcome := 'ALREADY_RESERVED';
      return;
    end if;
    select s.* into outcome, short_pool_id, places_left from reservation_shortage(p_pool_ids, p_quantities) s;
    if outcome is not null then
      return;
    end if;
  end loop;
  update reservation_pool p set held = p.held + wanted.quantity
  from unnest(p_pool_ids, p_quantities) as wanted (pool_id, quantity)
  where p.pool_id = wanted.pool_id;
  insert into reservation (owner_id, pool_id, quantity, expire_time)
  select p_owner_id, wanted.pool_id, wanted.quantity, p_expire_time
  from unnest(p_pool_ids, p_quantities) as wanted (pool_id, quantity);
  outcome := 'HELD';
end
$$;

-- Locks the pools of the owners' reservations.
create function reservation_lock_pools(p_owner_ids uuid[]) returns void
language plpgsql as $$
begin
  perform 1 from reservation_pool
  where pool_id in (select pool_id from reservation where owner_id = any (p_owner_ids))
  order by pool_id for no key update;
end
$$;

-- Makes a hold a booking; true when the owner has a booking now.
create function reservation_book(p_owner_id uuid) returns boolean
language plpgsql as $$
begin
  perform reservation_lock_pools(array[p_owner_id]);
  with moved as (
    update reservation set booked = true where owner_id = p_owner_id and not booked returning pool_id, quantity
  )
  update reservation_pool p set held = p.held - moved.quantity, booked = p.booked + moved.quantity
  from moved where p.pool_id = moved.pool_id;
  return exists (select 1 from reservation where owner_id = p_owner_id);
end
$$;

-- Frees what the owners hold or have booked. With `p_expired_at`, only holds that ran out by then. Answers with the owners
-- that had something to free.
create function reservation_release(p_owner_ids uuid[], p_expired_at timestamptz) returns setof uuid
language plpgsql as $$
begin
  perform reservation_lock_pools(p_owner_ids);
  return query
  with gone as (
    delete from reservation
    where owner_id = any (p_owner_ids)
      and (p_expired_at is null or (not booked and expire_time <= p_expired_at))
    returning owner_id, pool_id, quantity, booked
  ), totals as (
    select pool_id,
           coalesce(sum(quantity) filter (where not booked), 0)::integer as held,
           coalesce(sum(quantity) filter (where booked), 0)::integer as booked
    from gone group by pool_id
  ), freed as (
    update reservation_pool p set held = p.held - totals.held, booked = p.booked - totals.booked
    from totals where p.pool_id = totals.pool_id
  )
  select distinct owner_id from gone;
end
$$;

-- Frees the holds that ran out first, of at most `p_limit` owners.
create function reservation_release_expired(p_now timestamptz, p_limit integer) returns setof uuid
language sql as $$
  select reservation_release(
    array(
      select owner_id from reservation
      where not booked and expire_time <= p_now
      order by expire_time, owner_id limit p_limit),
    p_now)
$$;
