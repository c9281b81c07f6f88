-- Cash boxes that several registers may share [TIL-60]. Until now each register had one of its own: it keeps it, under the register's id.
-- Locks: till.register and till.shift for their new columns; both are small beside the journal.

create table till.drawer (
  id          uuid primary key,              -- of a register's own drawer: the id of the register
  place_id    uuid not null,
  name        text not null,
  created_at  timestamptz not null
);
create index drawer_of_place on till.drawer (place_id);

insert into till.drawer (id, place_id, name, created_at) select id, place_id, name, created_at from till.register;
alter table till.register add column drawer_id uuid references till.drawer;
update till.register set drawer_id = id;
alter table till.register alter column drawer_id set not null;
create index register_of_drawer on till.register (drawer_id);

-- From the first register that begins on a drawer until it was counted and the last one has left it. Several may be open at one drawer: what a
-- till did while it had no network comes days later, and is a shift of its own day. The drawer's row is locked while one is looked for.
create table till.drawer_shift (
  id             uuid primary key,           -- the id of the shift that began it
  drawer_id      uuid not null references till.drawer,
  business_date  date not null,
  opened_at      timestamptz not null,
  closed_at      timestamptz                 -- null while somebody works on it, and while nobody has counted it
);
create index drawer_shift_of_drawer on till.drawer_shift (drawer_id, opened_at desc);

insert into till.drawer_shift (id, drawer_id, business_date, opened_at, closed_at)
  select id, register_id, business_date, opened_at, closed_at from till.shift;
alter table till.shift add column drawer_shift_id uuid references till.drawer_shift;
update till.shift set drawer_shift_id = id;
alter table till.shift alter column drawer_shift_id set not null;
-- It took the drawer as it was. Of those that counted it the earliest says the float; what others counted is kept and moves nothing.
alter table till.shift add column joined boolean not null default false;
create index shift_of_drawer_shift on till.shift (drawer_shift_id);

-- Who leaves a drawer to others counts nothing; what a count is held against is told once everybody has left, with the last count [TIL-62].
alter table till.shift drop constraint "TIL-4 told after the count";
alter table till.shift add constraint "TIL-4 told after the count"
  check ((counted is null or closed_at is not null) and (expected is null or counted is not null));
