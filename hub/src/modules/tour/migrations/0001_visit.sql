-- Visitors of the demo's tour, each with a pair of channels, a training register and a persona of their own. Locks: none, everything is new.
create table tour.visit (
  id                uuid primary key,
  web_channel_id    uuid not null unique,
  store_channel_id  uuid not null unique,
  place_id          uuid not null,
  register_id       uuid not null,
  device_id         uuid not null,
  publishable_key   text not null,                                -- of the web channel; public, as all of its kind
  record_id         uuid not null,                                -- the persona as the phone's channel has them
  walk_in_id        uuid not null,                                -- the same person as the store's channel has them: known to nobody at first
  persona           uuid not null,                                -- what the invented name is made from
  signed_up_at      timestamptz,
  began_at          timestamptz not null,
  expires_at        timestamptz not null
);
create index visit_by_record on tour.visit (record_id);
create index visit_by_expiry on tour.visit (expires_at);
