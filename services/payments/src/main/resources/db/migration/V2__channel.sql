-- Inbox of the channels' call-backs: kept before they are answered, taken through afterwards.
create table channel_notification (
  channel text not null,
  notification_id text not null check (length(notification_id) between 1 and 64),
  kind text not null check (kind in ('TRANSACTION', 'REFUND', 'OTHER')),
  event_type text not null,
  subject text not null,
  content text not null,
  receive_time timestamptz not null,
  attempts integer not null default 0,
  -- When it is tried (again); null once it is done with or given up.
  next_attempt_time timestamptz,
  process_time timestamptz,
  last_error text,
  primary key (channel, notification_id),
  check (process_time is null or next_attempt_time is null)
);

create index channel_notification_due on channel_notification (next_attempt_time)
  where next_attempt_time is not null;
