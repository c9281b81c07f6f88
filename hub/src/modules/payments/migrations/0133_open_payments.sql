-- Payments that wait for a person [PAY-36]: a card whose agreement ends within a day, or what is left of it, and goods that were handed over or have left and whose card
-- could not be charged, while they are still due. Published for `tasks`. Locks: none.
create view payments.read_open_payment as
  select i.id, t.order_id, i.authorized_until as due_at from payments.tender t join payments.intent i on i.id = t.intent_id
   where t.state = 'authorized' and i.authorized_until <= now() + interval '24 hours'
  union all
  select c.id, c.order_id, c.settled_at + interval '4 hours' from payments.capture c
   where c.kind = 'capture' and c.state = 'failed'
     and exists (select from payments.tender t where t.order_id = c.order_id and t.state = 'due');
comment on view payments.read_open_payment is 'not null: id, order_id, due_at';
