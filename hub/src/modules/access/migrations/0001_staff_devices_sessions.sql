-- Who may act: staff, devices, sessions, wrong tries, and what opens one object for a while. Locks: none, everything is new.
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

-- Names of staff beside what they do in other modules.
create view access.read_staff_name as select id, name, state = 'active' as is_active from access.staff;
comment on view access.read_staff_name is 'not null: id, name, is_active';

-- One key per PIN (argon2id with the installation's secret as salt), so that one look-up finds who it is [ACC-3].
-- Not unique: the same digits may serve in two places whose staff never meet.
create table access.pin (
  staff_id  uuid primary key references access.staff on delete cascade,
  pin_key   bytea not null
);
create index pin_by_key on access.pin (pin_key);

-- The badge of a member of staff: it signs them in at a till of theirs, and approves nothing [ACC-20].
create table access.badge (
  staff_id    uuid primary key references access.staff on delete cascade,
  badge_hash  bytea not null unique                               -- SHA-256 of 111 random bits
);

create table access.device (
  id            uuid primary key,
  token_hash    bytea not null unique,                            -- SHA-256 of 256 random bits
  kind          text not null check (kind in ('till', 'board', 'kiosk')),
  place_id      uuid not null,
  channel_id    uuid,                                             -- of its own instead of that of its place: the register of a pilot
  register_id   uuid,
  is_training   boolean not null default false,                   -- of a training register: changes nothing but its own paper [ACC-18]
  name          text not null,
  enrolled_by   uuid,
  enrolled_at   timestamptz not null default now(),
  last_seen_at  timestamptz                                       -- to the minute
);

-- A screen that asks to become a device by the code that it shows.
create table access.enrollment (
  code_mac    bytea primary key,                  -- keyed hash of the code: a copy of the database enrolls nothing [ACC-16]
  token_hash  bytea not null unique,              -- of the random bits that the browser holds already; the device's once it is confirmed
  kind        text not null check (kind in ('board', 'kiosk')),
  expires_at  timestamptz not null
);
create index enrollment_expires on access.enrollment (expires_at);

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

-- What a customer showed opens the one object that it names, for half an hour and for whoever it was shown to [ACC-12].
create table access.grant (
  id          uuid primary key,
  holder      text not null,                 -- the session of the staff, or the device, that it was shown to
  subject     text not null,                 -- `record/<id>`, `order/<id>`
  proof       text not null,
  granted_at  timestamptz not null default now(),
  expires_at  timestamptz not null
);
create index grant_holder on access.grant (holder, subject, expires_at desc);
create index grant_age on access.grant (expires_at);

-- The one-time link for the first owner of a new installation.
create table access.owner_claim (
  id          boolean primary key default true check (id),
  token_hash  bytea not null,
  made_at     timestamptz not null default now()
);
