-- Stores that prepare more slowly for a while, or take nothing ahead [PRM-51]. Locks: none that matter, the table is new.
create table promises.pace (
  place_id      uuid primary key,
  until         timestamptz not null,            -- it ends by itself then
  wait_minutes  integer check (wait_minutes > 0),  -- so much later everything is ready; null: nothing is begun before `until`
  set_at        timestamptz not null,
  staff_id      uuid                             -- null: at a screen on which nobody signs in
);
