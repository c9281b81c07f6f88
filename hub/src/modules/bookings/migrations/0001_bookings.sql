-- Services of stores, who gives them when, and who has booked them. Locks: none that matter, the tables are new. Places, staff and records
-- are of other modules: ids without a foreign key.
create table bookings.service (
  id                uuid primary key,
  code              text not null unique check (code ~ '^[a-z0-9][a-z0-9_-]{0,59}$'),
  name              jsonb not null,                                             -- LocalizedText
  description       jsonb not null,
  minutes           integer not null check (minutes between 5 and 600),
  seats             integer not null check (seats between 1 and 500),           -- 1: a talk between two; more: a tasting that many share
  minutes_before    integer not null check (minutes_before between 0 and 240),  -- its adviser prepares, and has no other time
  minutes_after     integer not null check (minutes_after between 0 and 240),
  every_minutes     integer not null check (every_minutes between 5 and 600),   -- how far apart its beginnings are
  lead_minutes      integer not null check (lead_minutes between 0 and 43200),
  days_ahead        integer not null check (days_ahead between 0 and 365),
  cancel_minutes    integer not null check (cancel_minutes between 0 and 43200), -- until then its customer may move or cancel it
  reminder_minutes  integer not null check (reminder_minutes between 0 and 43200), -- 0: nobody is reminded
  skill             text not null check (skill <> ''),                          -- what an adviser must know
  place_ids         uuid[] not null,
  variant_id        uuid unique,                                                -- what the catalog sells it as; null: it costs nothing [BKG-11]
  is_active         boolean not null default true,
  version           integer not null default 1
);

-- Who gives services at a place, what they know, and when. The row is locked by whoever takes time of theirs [BKG-3].
create table bookings.adviser (
  place_id    uuid not null,
  staff_id    uuid not null,
  skills      text[] not null,
  hours       text not null,                                                    -- times of a week [PLA-9]
  exceptions  jsonb not null default '[]',                                      -- [{ date, times }], times empty: not there
  version     integer not null default 1,
  primary key (place_id, staff_id)
);

-- The link by which an adviser's own calendar follows their bookings [BKG-9].
create table bookings.calendar (
  staff_id    uuid primary key,
  serial      integer not null default 1 check (serial > 0),                    -- each link that was ended makes the next one another
  token_hash  bytea not null unique
);

-- Time of an adviser that is taken. It is there while somebody has a seat in it.
create table bookings.session (
  id          uuid primary key,
  service_id  uuid not null references bookings.service,
  place_id    uuid not null,
  staff_id    uuid not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null,
  busy        tstzrange not null,                                               -- with what is prepared and cleared away
  seats       integer not null,
  taken       integer not null,
  constraint "BKG-3 seats are never exceeded" check (taken between 1 and seats),
  constraint "BKG-3 it begins before it ends, within the time that is taken" check (starts_at < ends_at and busy @> tstzrange(starts_at, ends_at)),
  constraint "BKG-3 nobody is in two places" exclude using gist (staff_id with =, busy with &&)
);
create index session_place on bookings.session (place_id, starts_at);
create index session_service on bookings.session (service_id);

create table bookings.booking (
  id            uuid primary key,                                               -- made by the client: sent again it is the same
  record_id     uuid not null,
  channel_id    uuid,                                                           -- where it was made; null: by the hub itself
  service_id    uuid not null references bookings.service,
  place_id      uuid not null,
  staff_id      uuid not null,
  session_id    uuid references bookings.session,                               -- null once it was canceled
  starts_at     timestamptz not null,
  ends_at       timestamptz not null,
  time_zone     text not null,
  seats         integer not null check (seats > 0),
  note          text not null default '' check (length(note) <= 300),           -- what the customer says of it
  state         text not null default 'booked' check (state in ('held', 'booked', 'attended', 'no_show', 'canceled')),
  cart_id       uuid,                                                           -- of what is paid: whose line of the same id holds it [BKG-11]
  held_until    timestamptz,                                                    -- its seat is kept for that cart; then for whoever comes first
  order_id      uuid,                                                           -- that paid for it, with a line of the same id [BKG-12]
  version       integer not null default 1,                                     -- SEQUENCE of its entry in calendars
  made_at       timestamptz not null,
  made_by       uuid,                                                           -- a member of staff; null: the customer
  changed_at    timestamptz not null,
  reminded_at   timestamptz,
  constraint "BKG-3 who is not canceled has a seat" check ((state = 'canceled') = (session_id is null)),
  constraint "BKG-11 a cart holds a seat for a time" check (state <> 'held' or cart_id is not null and held_until is not null),
  constraint "BKG-12 what was paid is held by no cart any more" check (order_id is null or held_until is null)
);
create index booking_record on bookings.booking (record_id, starts_at);
create index booking_place on bookings.booking (place_id, starts_at);
create index booking_staff on bookings.booking (staff_id, starts_at);
create index booking_session on bookings.booking (session_id) where session_id is not null;
create index booking_service on bookings.booking (service_id);
create index booking_held on bookings.booking (held_until) where state = 'held';
create index booking_to_remind on bookings.booking (starts_at) where state = 'booked' and reminded_at is null;
