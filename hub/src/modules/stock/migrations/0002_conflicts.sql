-- Promises that cannot be kept, and what was decided about them. Locks: none that matter, the table is new.

-- A sale that had happened already took what others were promised [STK-3], or what orders waited for does not come [STK-18].
create table stock.conflict (
  id           uuid primary key default uuidv7(),
  at           timestamptz not null default now(),
  variant_id   uuid not null,
  place_id     uuid not null,
  missing      integer not null check (missing > 0),
  cause_type   text not null,
  cause_id     uuid not null,                                     -- 'declined': the place that does not send
  reason       text,                                              -- why it was declined
  resolved_at  timestamptz,
  outcome      text check (outcome in ('canceled_order', 'canceled_line', 'other_place', 'wait', 'wait_until')),  -- what staff decided about it
  note         text,
  decided_by   uuid,
  decided_at   timestamptz
);
create index conflict_open on stock.conflict (variant_id, place_id) where resolved_at is null;

-- Published for whoever makes somebody look at it.
create view stock.read_conflict as
  select id, at, variant_id, place_id, missing, cause_type, cause_id, resolved_at from stock.conflict;
comment on view stock.read_conflict is 'not null: id, at, variant_id, place_id, missing, cause_type, cause_id';

-- Conflicts are written by the functions that move stock, in one statement each; a trigger tells of them wherever that is.
create function stock.tell_conflict() returns trigger language plpgsql as $$
begin
  perform platform.publish(uuidv7(), 'stock.conflict_changed.v1', 'conflict/' || new.id, jsonb_build_object(
    'conflictId', new.id, 'variantId', new.variant_id, 'placeId', new.place_id, 'missing', new.missing,
    'state', case when new.resolved_at is null then 'open' else 'resolved' end));
  return null;
end $$;
create trigger conflict_told after insert or update on stock.conflict for each row execute function stock.tell_conflict();

-- Units came or were given back: a conflict is over as soon as the level can serve all that was promised, and what is free then goes to those
-- who wait for it, before anybody else [STK-14]. The levels are locked by the caller. Internal.
create function stock.settle(p_variants uuid[], p_places uuid[]) returns void language plpgsql as $$
begin
  update stock.conflict c set resolved_at = now()
    from (select distinct v, p from unnest(p_variants, p_places) as u(v, p)) as u
    join stock.level l on l.variant_id = u.v and l.place_id = u.p
   where c.variant_id = u.v and c.place_id = u.p and c.resolved_at is null and l.on_hand - l.allocated - l.held >= 0;
  -- Almost never, so it is asked first.
  if exists (select from unnest(p_variants, p_places) as u(v, p) join stock.waiting w on w.variant_id = u.v and w.place_id = u.p) then
    perform stock.serve_waiting(p_variants, p_places);
  end if;
end $$;

-- Notes what staff decided about an open conflict; it ends by itself, when the level can serve all that was promised.
create function stock.decide_conflict(p_id uuid, p_outcome text, p_note text, p_staff uuid, p_at timestamptz) returns boolean language plpgsql as $$
begin
  update stock.conflict set outcome = p_outcome, note = p_note, decided_by = p_staff, decided_at = p_at where id = p_id;
  return found;
end $$;
