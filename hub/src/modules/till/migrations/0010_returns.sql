-- Goods that come back at a register: a ticket of its own with what was given back, as a negative amount. Locks: none that matter.
alter table till.cash_event drop constraint cash_event_kind_check, drop constraint "TIL-5 the sign follows the kind";
alter table till.cash_event
  add constraint cash_event_kind_check check (kind in ('float', 'sale', 'return', 'in', 'out', 'drawer')),
  add constraint "TIL-5 the sign follows the kind"
    check (case kind when 'out' then amount < 0 when 'return' then amount < 0 when 'drawer' then amount = 0 else amount >= 0 end);

alter table till.sale drop constraint sale_kind_check;
alter table till.sale
  add constraint sale_kind_check check (kind in ('sale', 'collection', 'return')),
  add column return_id uuid,
  add constraint "TIL-12 a return's ticket gives back" check ((kind = 'return') = (return_id is not null) and (kind <> 'return' or (cash <= 0 and card <= 0)));

-- The receipt that an order got at a register, for the order's own page: what was given when goods came back is another document.
create or replace view till.read_receipt as
  select distinct on (s.order_id) s.order_id, s.number, s.register_id, r.name as register_name, s.at
  from till.sale s join till.register r on r.id = s.register_id
  where s.kind <> 'return'
  order by s.order_id, s.at desc;
comment on view till.read_receipt is 'not null: order_id, number, register_id, register_name, at';
