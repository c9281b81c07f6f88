-- Lines that are ordered later may be what shipping costs, when an order is sent that was to be fetched. Replaces the function of 0030; nothing else
-- of it changed. Locks: none, only a function is made.
create or replace function orders.add_lines(p_order uuid, p_change uuid, p_lines json, p_taxes jsonb) returns void language plpgsql as $$
begin
  insert into orders.order_line (id, order_id, position, variant_id, product_id, sku, name, options, unit, unit_price, ordered, allocated,
    fulfilled, subtotal, discount, net, tax, total, tax_class, tax_rate, because, kind, change_id)
  select l.id, p_order, l.position, l.variant_id, l.product_id, l.sku, l.name, l.options, l.unit, l.unit_price, l.ordered, l.allocated,
    0, l.subtotal, l.discount, l.net, l.tax, l.total, l.tax_class, l.tax_rate, l.because, coalesce(l.kind, 'goods'), p_change
  from json_to_recordset(p_lines) as l(id uuid, position integer, variant_id uuid, product_id uuid, sku text, name jsonb, options jsonb,
    unit text, unit_price jsonb, ordered integer, allocated integer, subtotal bigint, discount bigint, net bigint, tax bigint, total bigint,
    tax_class text, tax_rate jsonb, because jsonb, kind text);
  update orders.orders o
    set subtotal = o.subtotal + s.subtotal, discount = o.discount + s.discount, tax = o.tax + s.tax, total = o.total + s.total, taxes = p_taxes,
        units_ordered = o.units_ordered + s.units, is_ready = false, version = o.version + 1
    from (select sum(subtotal)::bigint as subtotal, sum(discount)::bigint as discount, sum(tax)::bigint as tax, sum(total)::bigint as total,
                 sum(ordered)::integer as units from orders.order_line where order_id = p_order and change_id = p_change) as s
    where o.id = p_order;
end $$;
