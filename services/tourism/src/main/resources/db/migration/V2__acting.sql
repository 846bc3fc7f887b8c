-- Who really bought a trip, and who pays: the citizen, or a delegate who acted for the citizen.
alter table trip add column booked_by uuid, add column payer_id uuid;
update trip set booked_by = citizen_id, payer_id = citizen_id;
alter table trip alter column booked_by set not null, alter column payer_id set not null,
  add constraint trip_payer check (payer_id in (citizen_id, booked_by));
