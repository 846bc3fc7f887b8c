-- What the phones of the city got.

create table sms_message (
  message_id text primary key,
  phone text not null,
  content text not null,
  text text not null,
  code text not null,
  sent_at timestamptz not null
);
create index sms_message_by_phone on sms_message (phone, sent_at desc);
create index sms_message_by_time on sms_message (sent_at desc);
