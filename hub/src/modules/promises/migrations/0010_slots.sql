-- What is taken of the slots of places. Locks: none, the table is new. A slot itself is no row: the settings of its place say which there are,
-- and what is taken of it is counted under its lock, so that no sum can differ from what it sums up.
create table promises.slot_booking (
  id            uuid not null,                                      -- the fulfillment; while its payment is asked for, the cart
  -- `slot`: somebody chose it; `soon`: ordered for now and ready for it [PRM-14]; `counter`: sold over the counter, also over several slots [PRM-16]
  kind          text not null default 'slot' check (kind in ('slot', 'soon', 'counter')),
  place_id      uuid not null,
  starts_at     timestamptz not null,
  work_seconds  integer not null check (work_seconds >= 0),
  work          jsonb not null default '{}',                        -- seconds of it by station, where stations are counted
  most_orders   integer check (most_orders > 0),                    -- the room it was taken from; null: taken whatever room there was
  room          jsonb,                                              -- the same by station
  held_until    timestamptz,                                        -- of a cart that is being paid
  primary key (id, starts_at)
);
create index slot_booking_of_slot on promises.slot_booking (place_id, starts_at);
-- Only what is sold over the counter is made for several slots.
create unique index slot_booking_once on promises.slot_booking (id) where kind <> 'counter';
create view promises.read_slot_booking as
  select id, kind, place_id, starts_at, work_seconds, work, most_orders, room, held_until from promises.slot_booking;
comment on view promises.read_slot_booking is 'not null: id, kind, place_id, starts_at, work_seconds, work';

-- One at a time takes of a slot, with all of its stations under one lock, so that no two take them in another order.
create function promises.lock_slot(p_place uuid, p_start timestamptz) returns void
language sql as $$
  select pg_advisory_xact_lock(hashtextextended('slot ' || p_place || ' ' || extract(epoch from p_start), 0));
$$;

-- Takes room in a slot for `p_id`, or moves what it has there [PRM-13]. What `p_cart` held for its payment becomes it; of what is ordered for now the
-- room that was held stays as it is, whatever the clock says since. What is held longer than until now counts as free. One at a time:
-- the second waits for the first to commit. Raises WF030 when there is no room. `p_taking`: kind, work_seconds, work and room by station, most_orders, most_seconds, enforce.
create function promises.take_slot(p_id uuid, p_cart uuid, p_place uuid, p_start timestamptz, p_taking json, p_until timestamptz) returns void
language plpgsql as $$
declare t record; v_orders integer; v_seconds integer; is_full boolean;
begin
  select * into t from json_to_record(p_taking)
    as t(kind text, work_seconds integer, work jsonb, most_orders integer, most_seconds integer, room jsonb, enforce boolean);
  if t.kind = 'soon' then
    update promises.slot_booking set id = p_id, held_until = p_until where id = p_cart and kind = 'soon' and held_until > now();
    if found then return; end if;
  end if;
  perform promises.lock_slot(p_place, p_start);
  select count(*) filter (where kind = 'slot'), coalesce(sum(work_seconds), 0) into v_orders, v_seconds from promises.slot_booking
   where place_id = p_place and starts_at = p_start and id <> p_id and id is distinct from p_cart and (held_until is null or held_until > now());
  if t.enforce then
    is_full := (t.kind = 'slot' and v_orders >= t.most_orders) or (t.most_seconds > 0 and v_seconds + t.work_seconds > t.most_seconds)
      or exists (
        select from jsonb_each_text(t.work) as need(station, seconds)
         where t.room ? need.station and need.seconds::integer > (t.room ->> need.station)::integer - (
           select coalesce(sum((b.work ->> need.station)::integer), 0) from promises.slot_booking b
            where b.place_id = p_place and b.starts_at = p_start and b.id <> p_id and b.id is distinct from p_cart
              and (b.held_until is null or b.held_until > now())));
    if is_full then
      raise exception 'the slot is full' using errcode = 'WF030', detail = jsonb_build_object('startsAt', p_start, 'kind', t.kind)::text;
    end if;
  end if;
  delete from promises.slot_booking where id in (p_id, p_cart) and kind <> 'counter';
  insert into promises.slot_booking (id, kind, place_id, starts_at, work_seconds, work, most_orders, room, held_until)
  values (p_id, t.kind, p_place, p_start, t.work_seconds, coalesce(t.work, '{}'), case when t.enforce then t.most_orders end,
    case when t.enforce then t.room end, p_until);
end $$;

-- Gives the room back, if any was taken.
create function promises.release_slot(p_id uuid) returns void
language sql as $$
  delete from promises.slot_booking where id = p_id;
$$;
