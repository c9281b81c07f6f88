-- A refund that its provider refused is not paid back: it is tried again, or somebody notes how the money went back otherwise.
-- Locks: payments.refund for a moment.
alter table payments.refund
  add column attempt     integer not null default 1 check (attempt > 0),  -- which try its provider is asked for [PAY-21]
  add column settled_by  uuid,                                            -- who noted how it ended, when no provider said it
  add column note        text;
create index refund_failed on payments.refund (at) where state = 'failed';

-- Refunds that wait for a person: those that failed, and those whose provider has not said for ten minutes what became of them.
create or replace view payments.read_unknown_refund as
  select id, order_id, place_id, at from payments.refund
   where state = 'failed' or state in ('requested', 'pending') and at < now() - interval '10 minutes';
comment on view payments.read_unknown_refund is 'not null: id, order_id, at';

-- Moves a refund from states that it may be in, or answers nothing. What goes back of a tender is never more than it took [PAY-9]: money that
-- went back by another refund meanwhile is not owed any more. The caller holds the lock of the order.
create function payments.move_refund(p_refund uuid, p_from text[], p_to text, p_next_attempt boolean, p_by uuid, p_note text, p_at timestamptz)
returns table (order_id uuid, amount bigint, currency text, tender_id uuid)
language sql as $$
  update payments.refund r
     set state = p_to, attempt = r.attempt + case when p_next_attempt then 1 else 0 end,
         settled_by = coalesce(p_by, r.settled_by), note = coalesce(p_note, r.note), at = case when p_next_attempt then p_at else r.at end
    from payments.tender t
   where r.id = p_refund and t.id = r.tender_id and r.state = any(p_from)
     and r.amount + (select coalesce(sum(o.amount), 0) from payments.refund o where o.tender_id = t.id and o.id <> r.id and o.state <> 'failed')
         <= t.amount
  returning r.order_id, r.amount, r.currency, r.tender_id
$$;

-- A step that the payer has to take at their bank before the provider goes on: where it is, until the intent has ended [PAY-22].
alter table payments.intent add column action_url text;
