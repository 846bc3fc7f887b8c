-- Citizens before the camera of the face provider, for a day. No picture is here, and nothing that one was made into.
create table face_verification (
  face_verification_id uuid primary key,
  citizen_id           uuid        not null references citizen,
  consent_record_id    uuid        not null,
  ticket               text        not null check (length(ticket) between 1 and 200),
  create_time          timestamptz not null
);
create index face_verification_by_citizen on face_verification (citizen_id);
create index face_verification_by_time on face_verification (create_time);
