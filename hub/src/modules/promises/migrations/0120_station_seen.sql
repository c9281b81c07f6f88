-- When the stations of a place last said what they have made: where somebody stands at them, what is sold over the counter is work before others
-- [PRM-33]. Locks: none that matter, the table is new.
create table promises.station_seen (
  place_id  uuid primary key,
  at        timestamptz not null
);
