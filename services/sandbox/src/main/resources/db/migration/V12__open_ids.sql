-- The openids that the login server has given out: nobody else can pay.

create table open_id (
  app_id text not null,
  open_id text not null,
  issued_at timestamptz not null,
  primary key (app_id, open_id)
);
