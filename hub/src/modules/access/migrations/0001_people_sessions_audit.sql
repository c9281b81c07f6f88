-- Who may act and who did: staff, sessions, devices, wrong tries, audit. Locks: none, everything is new.
create table access.staff (
  id             uuid primary key,
  name           text not null,
  email          citext not null unique,
  password_hash  text not null,                                   -- argon2id with its parameters and salt (PHC string)
  place_ids      uuid[] not null default '{}',                    -- where the roles hold; empty: everywhere
  state          text not null default 'active' check (state in ('active', 'suspended')),
  locale         text not null default 'en',
  last_seen_at   timestamptz,
  created_at     timestamptz not null default now()
);

create table access.staff_role (
  staff_id  uuid not null references access.staff on delete cascade,
  role      text not null,
  primary key (staff_id, role)
);

-- One key per PIN (argon2id with the installation's secret as salt), so that one look-up finds who it is [ACC-3].
-- Not unique: the same digits may serve in two places whose staff never meet.
create table access.pin (
  staff_id  uuid primary key references access.staff on delete cascade,
  pin_key   bytea not null
);
create index pin_by_key on access.pin (pin_key);

create table access.device (
  id            uuid primary key,
  token_hash    bytea not null unique,                            -- SHA-256 of 256 random bits
  kind          text not null check (kind in ('till', 'board', 'kiosk')),
  place_id      uuid not null,
  register_id   uuid,
  name          text not null,
  enrolled_by   uuid,
  enrolled_at   timestamptz not null default now()
);

-- The browser holds random bits, the database their hash: a copy of the database opens nothing [ACC-7].
create table access.session (
  id           uuid primary key,
  token_hash   bytea not null unique,
  app          text not null,                                     -- the cookie it lives in: weft_shop, weft_till_left
  kind         text not null check (kind in ('staff', 'customer')),
  staff_id     uuid references access.staff on delete cascade,
  record_id    uuid,
  channel_id   uuid,
  device_id    uuid references access.device on delete cascade,
  created_at   timestamptz not null default now(),
  renewed_at   timestamptz not null default now(),
  expires_at   timestamptz not null,
  check ((kind = 'staff') = (staff_id is not null)),
  check ((kind = 'customer') = (record_id is not null))
);
create index session_by_staff on access.session (staff_id) where staff_id is not null;
create index session_by_record on access.session (record_id) where record_id is not null;
create index session_by_expiry on access.session (expires_at);

-- Wrong tries per device, hashed e-mail or hashed network address [ACC-5]. Never the value itself.
create table access.attempt (
  subject        text primary key,
  failures       integer not null,
  last_at        timestamptz not null,
  blocked_until  timestamptz
);
create index attempt_by_age on access.attempt (last_at);

-- The one-time link for the first owner of a new installation.
create table access.owner_claim (
  id          boolean primary key default true check (id),
  token_hash  bytea not null,
  made_at     timestamptz not null default now()
);

-- Reads and writes of personal data and denied tries. Grows without end: by month, kept three years.
create table access.audit_entry (
  id          uuid not null,
  at          timestamptz not null,                               -- in whole milliseconds, as a cursor carries it
  actor_kind  text not null,
  actor_id    text,
  action      text not null,
  subject     text not null,
  channel_id  uuid,
  place_id    uuid,
  reason      text,
  outcome     text not null check (outcome in ('allowed', 'denied')),
  request_id  text not null,
  primary key (at, id)
) partition by range (at);
create index audit_by_subject on access.audit_entry (subject, at desc, id desc);
create index audit_by_actor on access.audit_entry (actor_id, at desc, id desc);
-- Stays empty while partitions are made ahead; without it a late job would make reading people's data impossible.
create table access.audit_entry_default partition of access.audit_entry default;

-- Makes the partitions of this month and the `ahead` months after it. Called by a job; safe to repeat. A month that has begun in the
-- default partition stays there.
create function access.make_audit_partitions(ahead integer) returns void language plpgsql as $$
declare
  first_month constant date := date_trunc('month', now() at time zone 'UTC');
  month date;
begin
  for month in select first_month + make_interval(months => n) from generate_series(0, ahead) as n loop
    if to_regclass('access.audit_entry_' || to_char(month, 'YYYY_MM')) is null
       and not exists (select from access.audit_entry_default where at >= month::timestamp at time zone 'UTC' and at < (month + interval '1 month') at time zone 'UTC') then
      execute format(
        'create table access.%I partition of access.audit_entry for values from (%L) to (%L)',
        'audit_entry_' || to_char(month, 'YYYY_MM'), month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
    end if;
  end loop;
end $$;
select access.make_audit_partitions(3);

-- Drops the months that ended more than `kept` months ago and answers how many.
create function access.drop_audit_partitions(kept integer) returns integer language plpgsql as $$
declare
  first_kept constant text := to_char((now() at time zone 'UTC') - make_interval(months => kept), 'YYYY_MM');
  partition text;
  dropped integer := 0;
begin
  for partition in
    select relname from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = 'access.audit_entry'::regclass and relname ~ '^audit_entry_\d{4}_\d{2}$' and right(relname, 7) < first_kept
  loop
    execute format('drop table access.%I', partition);
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;
