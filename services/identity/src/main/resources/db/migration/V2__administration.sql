-- Who works in the city, for whom, and who gave them their roles.

create table organisation (
  organisation_id text primary key check (organisation_id ~ '^[a-z0-9-]{1,64}$'),
  display_name    text        not null check (length(display_name) between 1 and 100),
  kind            text        not null check (kind in ('SITE_OPERATOR', 'HOSPITAL', 'TRANSIT_OPERATOR', 'MERCHANT')),
  create_time     timestamptz not null
);

-- The organisations of the region that the city ships with.
insert into organisation (organisation_id, display_name, kind, create_time) values
  ('wulong-tourism', '武隆旅游', 'SITE_OPERATOR', now()),
  ('nanchuan-tourism', '南川旅游', 'SITE_OPERATOR', now()),
  ('three-gorges-museum', '三峡博物馆', 'SITE_OPERATOR', now()),
  ('chongqing-children-hospital', '重庆儿童医院', 'HOSPITAL', now()),
  ('liangjiang-general-hospital', '两江综合医院', 'HOSPITAL', now()),
  ('liangjiang-bus', '两江公交', 'TRANSIT_OPERATOR', now());

alter table staff
  drop constraint staff_roles_check,
  add constraint staff_roles_check check (cardinality(roles) between 0 and 10),
  add column state text not null default 'ACTIVE' check (state in ('ACTIVE', 'SUSPENDED')),
  add column password_change_required boolean not null default false,
  -- The request that gave the password which must be changed: with it the password can be told again.
  add column password_request_id uuid,
  -- Nobody administers, approves and audits at once, nor for an organisation.
  add constraint staff_powers_apart check (
    cardinality(roles) = 0
    or (not roles && array['admin', 'security-admin', 'auditor'])
    or (cardinality(roles) = 1 and organisation_id = ''));

create table role_grant (
  role_grant_id uuid primary key,
  staff_id      uuid        not null references staff on delete cascade,
  role          text        not null,
  state         text        not null check (state in ('PENDING', 'GRANTED', 'REJECTED')),
  proposed_by   text        not null,
  decided_by    text        not null default '',
  create_time   timestamptz not null,
  expire_time   timestamptz not null,
  decide_time   timestamptz,
  check ((state = 'PENDING') = (decide_time is null)),
  constraint role_grant_four_eyes check (decided_by = '' or state = 'REJECTED'
    or (decided_by <> proposed_by and decided_by <> staff_id::text))
);
create index role_grant_by_time on role_grant (create_time desc, role_grant_id desc);

create index audit_record_by_time on audit_record (create_time desc, audit_record_id desc);

alter table session
  drop constraint session_revoke_reason_check,
  add constraint session_revoke_reason_check check (
    revoke_reason in ('SIGNED_OUT', 'REVOKED_BY_OWNER', 'REFRESH_TOKEN_REUSED', 'ACCOUNT_CHANGED'));
