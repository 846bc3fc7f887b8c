-- The insurance bureau's daily statement is matched as a channel's bill is.

-- The id that payments derives from a name (a name-based UUID, RFC 9562 version 3).
create function name_based_id(name text) returns uuid language sql immutable as $$
  select overlay(
    overlay(hash placing '3' from 13 for 1)
    placing substr('89ab', (strpos('0123456789abcdef', substr(hash, 17, 1)) - 1) % 4 + 1, 1)
    from 17 for 1)::uuid
  from (select md5(name) as hash) as hashed
$$;

create index mixed_payment_created on mixed_payment (create_time);
