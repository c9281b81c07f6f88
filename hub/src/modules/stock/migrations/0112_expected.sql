-- When goods that are on their way are expected where they go, as whoever sent them says. Locks: `document` for a moment, the column is empty.
alter table stock.document add column expected_on date;              -- of a transfer, on the calendar of the place that it goes to

-- Goods on their way with the day on which they are expected.
create view stock.read_arrival as
  select l.variant_id, d.place_id, d.expected_on, sum(l.quantity)::integer as quantity
    from stock.document d join stock.document_line l on l.document_id = d.id
   where d.kind = 'transfer' and d.done_at is null and d.expected_on is not null group by l.variant_id, d.place_id, d.expected_on;
comment on view stock.read_arrival is 'not null: variant_id, place_id, expected_on, quantity';
