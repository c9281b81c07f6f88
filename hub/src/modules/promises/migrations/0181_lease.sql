-- Stores whose devices are heard: orders to be made at once are taken only while one is [PRM-71]. Locks: none that matter, the table is new.
create table promises.lease (
  place_id     uuid primary key,
  valid_until  timestamptz not null,                -- moves on with each sign of life
  is_alive     boolean not null,                    -- what everybody was told; changes when it is lost, and with the next sign
  since        timestamptz not null                 -- of that
);
create index lease_to_lose on promises.lease (valid_until) where is_alive;
