-- Goods that come, are thrown away, travel between places or are counted, as documents with lines; and from how few units on a level is to
-- be filled up. Locks: none that matter, the tables are new.
create table stock.document (
  id               uuid primary key,
  number           bigint not null generated always as identity unique,  -- what people call it by; gaps are no loss
  kind             text not null check (kind in ('delivery', 'waste', 'transfer', 'count')),
  state            text not null check (state in ('open', 'in_transit', 'done', 'discarded')),
  place_id         uuid not null,                                        -- where it happens; of a transfer, where the goods go
  from_place_id    uuid,                                                 -- of a transfer, where they come from
  partner          text,                                                 -- who brought a delivery: a firm
  reason           text,                                                 -- of waste
  expected_on      date,                                                 -- of a transfer, on the calendar of the place that it goes to, as whoever sent it says
  note             text,
  created_at       timestamptz not null default now(),
  created_by       uuid,
  created_by_name  text,                                                 -- of staff
  done_at          timestamptz,
  done_by          uuid,
  done_by_name     text,
  check ((kind = 'transfer') = (from_place_id is not null)),
  check (from_place_id <> place_id),
  check ((state in ('done', 'discarded')) = (done_at is not null))
);
create index document_of_place on stock.document (place_id, id desc);
create index document_from_place on stock.document (from_place_id, id desc) where from_place_id is not null;
create index document_open on stock.document (kind, place_id) where done_at is null;

-- One line per variant. `quantity`: delivered, thrown away, sent or counted.
create table stock.document_line (
  document_id   uuid not null references stock.document on delete cascade,
  variant_id    uuid not null,
  id            uuid not null,
  quantity      integer not null check (quantity >= 0),
  received      integer check (received >= 0),                           -- of a transfer: what arrived
  started_from  integer,                                                 -- of a count: what was on hand when it was counted [STK-7]
  booked_at     timestamptz,                                             -- of a count: the line is booked
  primary key (document_id, variant_id)
);

-- Neither column changes when goods move, so an update of a level still touches no index.
create index level_watched on stock.level (place_id, variant_id) where safety > 0 or low_at is not null;

-- Goods on their way with the day on which they are expected.
create view stock.read_arrival as
  select l.variant_id, d.place_id, d.expected_on, sum(l.quantity)::integer as quantity
    from stock.document d join stock.document_line l on l.document_id = d.id
   where d.kind = 'transfer' and d.done_at is null and d.expected_on is not null group by l.variant_id, d.place_id, d.expected_on;
comment on view stock.read_arrival is 'not null: variant_id, place_id, expected_on, quantity';

-- Units on their way to a place.
create view stock.read_incoming as
  select l.variant_id, d.place_id, sum(l.quantity)::integer as quantity
    from stock.document d join stock.document_line l on l.document_id = d.id
   where d.kind = 'transfer' and d.done_at is null group by l.variant_id, d.place_id;
comment on view stock.read_incoming is 'not null: variant_id, place_id, quantity';

-- Locks the levels of some variants at a place in their order [STK-5] and answers what is on hand there and what of it is promised to
-- nobody. `p_makes`: levels that are missing are made.
create function stock.lock_for_document(p_variants uuid[], p_place uuid, p_makes boolean)
returns table (variant_id uuid, on_hand integer, unpromised integer) language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
#variable_conflict use_column
begin
  if p_makes then
    insert into stock.level (variant_id, place_id) select distinct v, p_place from unnest(p_variants) as u(v) order by v on conflict do nothing;
  end if;
  perform stock.lock_levels(p_variants, array_fill(p_place, array[cardinality(p_variants)]));
  return query select l.variant_id, l.on_hand, l.on_hand - l.allocated - l.held
    from unnest(p_variants) as u(v) join stock.level l on l.variant_id = u.v and l.place_id = p_place;
end $$;

-- Books lines of a document at a place; `p_changes` are signed, and the levels are locked by the caller. Goods that are gone although they
-- were promised are a conflict, as those that a sale took [STK-3].
create function stock.book_lines(p_document uuid, p_kind text, p_place uuid, p_lines uuid[], p_variants uuid[], p_changes integer[],
                                 p_channel uuid, p_staff uuid, p_actor_name text, p_reason text) returns void language plpgsql
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare v_places uuid[] := array_fill(p_place, array[cardinality(p_variants)]);
begin
  insert into stock.movement (kind, variant_id, place_id, quantity, cause_type, cause_id, line_id, channel_id, staff_id, actor_name, reason)
  select p_kind, variant, p_place, change, 'document', p_document, line, p_channel, p_staff, p_actor_name, p_reason
    from unnest(p_lines, p_variants, p_changes) as t(line, variant, change);
  with changed as (
    update stock.level l set on_hand = l.on_hand + t.change from unnest(p_variants, p_changes) as t(variant, change)
     where l.variant_id = t.variant and l.place_id = p_place
    returning l.variant_id, t.change, l.on_hand - l.allocated - l.held as unpromised
  )
  insert into stock.conflict (variant_id, place_id, missing, cause_type, cause_id)
  select variant_id, p_place, least(-change, -unpromised), 'document', p_document from changed where change < 0 and unpromised < 0;
  perform stock.settle(p_variants, v_places);
  perform stock.tell_changed(p_variants, v_places);
end $$;

-- Sets from how few units on a level is to be filled up; null: the house's few. False without a level.
create function stock.set_low_at(p_variant uuid, p_place uuid, p_low_at integer) returns boolean language plpgsql as $$
begin
  perform stock.lock_levels(array[p_variant], array[p_place]);
  update stock.level set low_at = p_low_at where variant_id = p_variant and place_id = p_place;
  return found;
end $$;

-- Levels that run out, of those that somebody watches: a mark of their own, or safety stock that is all that is left.
create view stock.read_low as
  select a.variant_id, a.place_id, a.available, l.low_at
    from stock.level l join stock.read_available a on a.variant_id = l.variant_id and a.place_id = l.place_id
   where (l.safety > 0 or l.low_at is not null) and a.available <= coalesce(l.low_at, 0);
comment on view stock.read_low is 'not null: variant_id, place_id, available';

-- Counts that go on and goods on their way.
create view stock.read_open_document as
  select id, kind, place_id, from_place_id, created_at, number, expected_on from stock.document where done_at is null;
comment on view stock.read_open_document is 'not null: id, kind, place_id, created_at, number';
