-- What is taken of the slots of places. Locks: none, the table is new. A slot itself is no row: the settings of its place say which there are,
-- and what is taken of it is counted under its lock, so that no sum can differ from what it sums up.
create table promises.slot_booking (
  id            uuid primary key,                                   -- the fulfillment; while its payment is asked for, the cart
  place_id      uuid not null,
  starts_at     timestamptz not null,
  work_seconds  integer not null check (work_seconds >= 0),
  most_orders   integer check (most_orders > 0),                    -- the room it was taken from; null: taken whatever room there was
  held_until    timestamptz                                         -- of a cart that is being paid
);
create index slot_booking_of_slot on promises.slot_booking (place_id, starts_at);
create view promises.read_slot_booking as select id, place_id, starts_at, work_seconds, most_orders, held_until from promises.slot_booking;

-- Takes room in a slot for `p_id`, or moves what it has there [PRM-13]. What `p_cart` held for its payment becomes it. What is held longer than
-- until now counts as free. One at a time: the second waits for the first to commit. Raises WF030 when there is no room.
create function promises.take_slot(
  p_id uuid, p_cart uuid, p_place uuid, p_start timestamptz, p_seconds integer, p_most_orders integer, p_most_seconds integer, p_enforce boolean,
  p_until timestamptz
) returns void
language plpgsql as $$
declare v_orders integer; v_seconds integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('slot ' || p_place || ' ' || extract(epoch from p_start), 0));
  select count(*), coalesce(sum(work_seconds), 0) into v_orders, v_seconds from promises.slot_booking
   where place_id = p_place and starts_at = p_start and id <> p_id and id is distinct from p_cart and (held_until is null or held_until > now());
  if p_enforce and (v_orders >= p_most_orders or (p_most_seconds > 0 and v_seconds + p_seconds > p_most_seconds)) then
    raise exception 'the slot is full' using errcode = 'WF030', detail = jsonb_build_object('startsAt', p_start)::text;
  end if;
  delete from promises.slot_booking where id = p_cart and id <> p_id;
  insert into promises.slot_booking as b (id, place_id, starts_at, work_seconds, most_orders, held_until)
  values (p_id, p_place, p_start, p_seconds, case when p_enforce then p_most_orders end, p_until)
  on conflict (id) do update set place_id = p_place, starts_at = p_start, work_seconds = p_seconds,
    most_orders = case when p_enforce then p_most_orders end, held_until = p_until;
end $$;

-- Gives the room back, if any was taken.
create function promises.release_slot(p_id uuid) returns void
language sql as $$
  delete from promises.slot_booking where id = p_id;
$$;
