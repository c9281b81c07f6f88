-- What a line of a history needs to be put into words: its unit and what it was worth. Locks: none, a view gets columns at its end.
create or replace view orders.read_line as
  select id, order_id, position, variant_id, sku, name, options, ordered, canceled, allocated, fulfilled, returned, unit, subtotal from orders.order_line;
