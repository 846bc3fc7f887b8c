-- Who holds the phone that pays: the citizen, or a delegate in the citizen's name. Whose money it is does not change with it.

-- By which the channel's mini-program knows them; empty where the channel needs none, and when the attempt has ended.
alter table channel_payment
  add column payer_open_id text not null default '' check (length(payer_open_id) <= 128),
  add constraint channel_payment_forgets check (state = 1 or payer_open_id = '');
alter table mixed_payment
  add column payer_open_id text not null default '' check (length(payer_open_id) <= 128),
  drop constraint mixed_payment_forgets,
  add constraint mixed_payment_forgets check (state = 1 or (authorization_number = '' and payer_open_id = ''));

-- The delegate who paid, or pays, in the payer's name; none when the payer did.
alter table payment_order
  add column delegate_citizen_id uuid check (delegate_citizen_id <> payer_citizen_id);
alter table combined_order
  add column delegate_citizen_id uuid check (delegate_citizen_id <> payer_citizen_id);
alter table wallet_entry
  add column delegate_citizen_id uuid check (delegate_citizen_id <> citizen_id);
