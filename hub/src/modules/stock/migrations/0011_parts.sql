-- Lines of orders, and of returns, whose goods are taken or come back in parts: a bundle, a cup by its recipe. Stock knows each part by a line id of its own, so that holds,
-- allocations and movements of parts are as those of any line; here is which line they belong to, as it was when it was sold: a recipe
-- that changes later changes no order. Only sales of such goods write here. Locks: none that matter, the table is new.
create table stock.part (
  order_line_id  uuid not null,
  part_line_id   uuid not null unique,
  variant_id     uuid not null,
  quantity       integer not null check (quantity > 0),                -- of the part, for one unit of the line
  primary key (order_line_id, part_line_id)
);

-- Order lines and units as stock keeps them: a line with parts is replaced by those.
create function stock.in_parts(p_order_lines uuid[], p_quantities integer[]) returns table (lines uuid[], quantities integer[]) language sql stable as $$
  select array_agg(coalesce(p.part_line_id, t.line)), array_agg(t.quantity * coalesce(p.quantity, 1))
    from unnest(p_order_lines, p_quantities) as t(line, quantity) left join stock.part p on p.order_line_id = t.line
$$;

-- Which order line what is allocated belongs to, and how many units of it; of a line with parts, by each part. What a line waits for counts
-- as promised to it; goods with parts are never sold ahead.
create view stock.read_allocated as
  select coalesce(p.order_line_id, a.order_line_id) as order_line_id, a.variant_id, a.place_id, a.quantity, coalesce(p.quantity, 1) as per_unit
    from stock.allocation a left join stock.part p on p.part_line_id = a.order_line_id
  union all
  select w.line_id, w.variant_id, w.place_id, w.quantity, 1 from stock.read_waiting w;
comment on view stock.read_allocated is 'not null: order_line_id, variant_id, place_id, quantity, per_unit';

-- The parts of order lines, and of what came back of them, for who compares documents with movements.
create view stock.read_part as select order_line_id, part_line_id, quantity from stock.part;
comment on view stock.read_part is 'not null: order_line_id, part_line_id, quantity';
