-- Who must see conflicts hears of them, and what staff decided about one is kept. Locks: the table of conflicts for a moment.
alter table stock.conflict add column outcome text check (outcome in ('canceled_order', 'wait'));
alter table stock.conflict add column note text;
alter table stock.conflict add column decided_by uuid;
alter table stock.conflict add column decided_at timestamptz;

-- Published for whoever makes somebody look at it.
create view stock.read_conflict as
  select id, at, variant_id, place_id, missing, resolved_at from stock.conflict;
comment on view stock.read_conflict is 'not null: id, at, variant_id, place_id, missing';

-- Conflicts are written by the functions that move stock, in one statement each; a trigger tells of them wherever that is.
create function stock.tell_conflict() returns trigger language plpgsql as $$
begin
  perform platform.publish(uuidv7(), 'stock.conflict_changed.v1', 'conflict/' || new.id, jsonb_build_object(
    'conflictId', new.id, 'variantId', new.variant_id, 'placeId', new.place_id, 'missing', new.missing,
    'state', case when new.resolved_at is null then 'open' else 'resolved' end));
  return null;
end $$;
create trigger conflict_told after insert or update on stock.conflict for each row execute function stock.tell_conflict();

-- Notes what staff decided about an open conflict; it ends by itself, when the level can serve all that was promised.
create function stock.decide_conflict(p_id uuid, p_outcome text, p_note text, p_staff uuid, p_at timestamptz) returns boolean language plpgsql as $$
begin
  update stock.conflict set outcome = p_outcome, note = p_note, decided_by = p_staff, decided_at = p_at where id = p_id;
  return found;
end $$;

-- Units promised to orders, per order.
create view stock.read_promised as
  select order_id, variant_id, place_id, sum(quantity)::integer as quantity from stock.allocation group by order_id, variant_id, place_id;
comment on view stock.read_promised is 'not null: order_id, variant_id, place_id, quantity';
