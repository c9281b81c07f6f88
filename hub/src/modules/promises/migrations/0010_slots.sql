-- What is taken of the slots of places. Locks: none, the table is new. A slot itself is no row: the settings of its place say which there are,
-- and what is taken of it is counted under its lock, so that no sum can differ from what it sums up.
create table promises.slot_booking (
  id            uuid not null,                                      -- the fulfillment; while a cart holds it, what it is held as
  -- `slot`: somebody chose it; `soon`: ordered for now and ready for it [PRM-14]; `counter`: sold over the counter, also over several slots [PRM-16]
  kind          text not null default 'slot' check (kind in ('slot', 'soon', 'counter')),
  place_id      uuid not null,
  starts_at     timestamptz not null,
  work_seconds  integer not null check (work_seconds >= 0),
  work          jsonb not null default '{}',                        -- seconds of it by station, where stations are counted
  most_orders   integer check (most_orders > 0),                    -- the room it was taken from; null: taken whatever room there was
  room          jsonb,                                              -- the same by station
  cart_id       uuid,                                               -- the cart that holds it [PRM-23]; null: it is an order's, or the counter's
  held_until    timestamptz,                                        -- from then on it is anybody's, whoever tidies up when
  held_cap      timestamptz,                                        -- however often the holder of the cart acts, it is held no longer
  primary key (id, starts_at),
  constraint "PRM-23 what a cart holds has an end" check ((cart_id is null) = (held_until is null))
);
create index slot_booking_of_cart on promises.slot_booking (cart_id) where cart_id is not null;
create index slot_booking_of_slot on promises.slot_booking (place_id, starts_at);
-- Only what is sold over the counter is made for several slots.
create unique index slot_booking_once on promises.slot_booking (id) where kind <> 'counter';
create view promises.read_slot_booking as
  select id, kind, place_id, starts_at, work_seconds, work, most_orders, room, cart_id, held_until from promises.slot_booking;
comment on view promises.read_slot_booking is 'not null: id, kind, place_id, starts_at, work_seconds, work';

-- One at a time takes of a slot, with all of its stations under one lock, so that no two take them in another order.
create function promises.lock_slot(p_place uuid, p_start timestamptz) returns void
language sql as $$
  select pg_advisory_xact_lock(hashtextextended('slot ' || p_place || ' ' || extract(epoch from p_start), 0));
$$;

-- Whether a slot has no room for what `p_taking` says, besides what `p_id` and `p_held_as` have of it already. What is held longer than until now
-- counts as free. Volatile: the caller has waited for the lock of the slot, and what was committed meanwhile counts. Internal.
create function promises.is_slot_full(p_id uuid, p_held_as uuid, p_place uuid, p_start timestamptz, p_taking json) returns boolean
language plpgsql as $$
declare t record; v_orders integer; v_seconds integer;
begin
  select * into t from json_to_record(p_taking) as t(kind text, work_seconds integer, work jsonb, most_orders integer, most_seconds integer, room jsonb);
  select count(*) filter (where kind = 'slot'), coalesce(sum(work_seconds), 0) into v_orders, v_seconds from promises.slot_booking
   where place_id = p_place and starts_at = p_start and id <> p_id and id is distinct from p_held_as and (held_until is null or held_until > now());
  return (t.kind = 'slot' and v_orders >= t.most_orders) or (t.most_seconds > 0 and v_seconds + t.work_seconds > t.most_seconds)
    or exists (
      select from jsonb_each_text(t.work) as need(station, seconds)
       where t.room ? need.station and need.seconds::integer > (t.room ->> need.station)::integer - (
         select coalesce(sum((b.work ->> need.station)::integer), 0) from promises.slot_booking b
          where b.place_id = p_place and b.starts_at = p_start and b.id <> p_id and b.id is distinct from p_held_as
            and (b.held_until is null or b.held_until > now())));
end $$;

-- Writes what `p_id` has of a slot now, in the place of what it and `p_held_as` had. The caller holds the lock of the slot. Internal.
create function promises.write_slot(p_id uuid, p_held_as uuid, p_place uuid, p_start timestamptz, p_taking json, p_cart uuid, p_until timestamptz,
                                    p_cap timestamptz) returns void
language sql as $$
  delete from promises.slot_booking where id in (p_id, p_held_as) and kind <> 'counter';
  insert into promises.slot_booking (id, kind, place_id, starts_at, work_seconds, work, most_orders, room, cart_id, held_until, held_cap)
  select p_id, t.kind, p_place, p_start, t.work_seconds, coalesce(t.work, '{}'), case when t.enforce then t.most_orders end,
    case when t.enforce then t.room end, p_cart, p_until, p_cap
    from json_to_record(p_taking) as t(kind text, work_seconds integer, work jsonb, most_orders integer, room jsonb, enforce boolean);
$$;

-- Takes room in a slot for `p_id`, or moves what it has there [PRM-13]. What its cart held as `p_held_as` becomes it [PRM-24]; of what is ordered for
-- now the room that was held for its payment stays as it is, whatever the clock says since. With `p_until` the cart `p_cart` goes on holding it until
-- then. One at a time: the second waits for the first to commit. Raises WF030 when there is no room. `p_taking`: kind, work_seconds, work and room by
-- station, most_orders, most_seconds, enforce.
create function promises.take_slot(p_id uuid, p_held_as uuid, p_place uuid, p_start timestamptz, p_taking json, p_cart uuid, p_until timestamptz) returns void
language plpgsql as $$
declare v_kind text := p_taking ->> 'kind';
begin
  if v_kind = 'soon' then
    update promises.slot_booking set id = p_id, cart_id = p_cart, held_until = p_until, held_cap = p_until
     where id = p_held_as and kind = 'soon' and held_until > now();
    if found then return; end if;
  end if;
  perform promises.lock_slot(p_place, p_start);
  if (p_taking ->> 'enforce')::boolean and promises.is_slot_full(p_id, p_held_as, p_place, p_start, p_taking) then
    raise exception 'the slot is full' using errcode = 'WF030', detail = jsonb_build_object('startsAt', p_start, 'kind', v_kind)::text;
  end if;
  perform promises.write_slot(p_id, p_held_as, p_place, p_start, p_taking, p_cart, p_until, p_until);
end $$;

-- Makes what a cart holds of slots match what it wants of them [PRM-23], slot by slot in one order, and answers what it holds: for `p_minutes` from now,
-- as every act of its holder prolongs it, never past the cap that stands since it first held any. Where there is no room for what the cart has by now,
-- it holds nothing; another slot than the one it has is taken or not, and the one it has stays. `p_wanted`: [{ held_as, place_id, starts_at, taking }].
create function promises.hold_slots(p_cart uuid, p_wanted json, p_minutes integer, p_cap_minutes integer)
returns table (held_as uuid, held_until timestamptz) language plpgsql as $$
declare w record; v_cap timestamptz; v_until timestamptz;
begin
  v_cap := coalesce((select min(b.held_cap) from promises.slot_booking b where b.cart_id = p_cart and b.kind = 'slot' and b.held_until > now()),
                    now() + make_interval(mins => p_cap_minutes));
  v_until := least(v_cap, now() + make_interval(mins => p_minutes));
  delete from promises.slot_booking b
   where b.cart_id = p_cart and b.id not in (select (x ->> 'held_as')::uuid from json_array_elements(p_wanted) as x);
  for w in
    select * from json_to_recordset(p_wanted) as t(held_as uuid, place_id uuid, starts_at timestamptz, taking json) order by t.place_id, t.starts_at
  loop
    perform promises.lock_slot(w.place_id, w.starts_at);
    if promises.is_slot_full(w.held_as, null, w.place_id, w.starts_at, w.taking) then
      delete from promises.slot_booking b where b.id = w.held_as and b.cart_id = p_cart and b.starts_at = w.starts_at and b.place_id = w.place_id;
    else
      perform promises.write_slot(w.held_as, null, w.place_id, w.starts_at, w.taking, p_cart, v_until, v_cap);
      return query select w.held_as, v_until;
    end if;
  end loop;
end $$;

-- What a cart holds of slots now; what has ended is not said any more.
create function promises.held_slots(p_cart uuid) returns json language sql stable as $$
  select coalesce(json_agg(json_build_object('heldAs', b.id, 'placeId', b.place_id, 'startsAt', b.starts_at, 'until', b.held_until)), '[]')
    from promises.slot_booking b where b.cart_id = p_cart and b.kind = 'slot' and b.held_until > now();
$$;

-- Gives the room back, if any was taken.
create function promises.release_slot(p_id uuid) returns void
language sql as $$
  delete from promises.slot_booking where id = p_id;
$$;

-- Gives back what a cart holds of slots.
create function promises.release_cart(p_cart uuid) returns void
language sql as $$
  delete from promises.slot_booking where cart_id = p_cart;
$$;
