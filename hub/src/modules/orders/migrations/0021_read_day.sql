-- What was sold, and who took part in it: for figures of a day. `amount` is what the order is to be paid in all, without units given up.
-- Locks: none, only views are new.
create view orders.read_day as
  select id, number, entity_id, place_id, channel_id, business_date, time_zone, placed_at, currency, state,
         orders.owed(total, canceled_amount, units_ordered, units_canceled) as amount
    from orders.orders;
comment on view orders.read_day is 'not null: id, number, entity_id, channel_id, business_date, time_zone, placed_at, currency, state, amount';

create view orders.read_contribution as
  select order_id, position, step, channel_id, place_id, at from orders.contribution;
comment on view orders.read_contribution is 'not null: order_id, position, step, channel_id, at';
