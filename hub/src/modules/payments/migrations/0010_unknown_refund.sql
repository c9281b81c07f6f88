-- Refunds whose provider has not said for ten minutes whether the money went back: a person asks the provider. Locks: none, a view is made.
create view payments.read_unknown_refund as
  select id, order_id, place_id, at from payments.refund where state in ('requested', 'pending') and at < now() - interval '10 minutes';
comment on view payments.read_unknown_refund is 'not null: id, order_id, at';
