-- Money of an order that pays for another one in the same act: nothing leaves the drawer or goes to the card. Locks: payments.refund for a moment.
-- The tender of the other order has the id of the refund that it came by, and the intent of the card that it was paid by at first.
alter table payments.refund drop constraint refund_target_check;
alter table payments.refund add constraint refund_target_check check (target in ('tender', 'store_credit', 'exchange'));
