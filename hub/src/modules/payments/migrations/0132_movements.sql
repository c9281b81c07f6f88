-- What providers moved by our own books, for comparing it with what they say they settled [PAY-40]: money that was taken and money that went back,
-- by whatever name a provider may call it. An intent that was charged once goes by its own names, too. Published for `integrations`. Locks: none.
create view payments.read_movement as
  select e.id, 'payment'::text as kind, i.order_id, e.amount, i.currency, e.at, i.provider,
         array_remove(array[e.provider_event_id, case when once.is_once then i.provider_ref end, case when once.is_once then i.id::text end], null) as "references"
    from payments.payment_event e join payments.intent i on i.id = e.intent_id
    cross join lateral (select count(*) = 1 as is_once from payments.payment_event o where o.intent_id = i.id and o.kind = 'captured') once
   where e.kind = 'captured'
  union all
  select r.id, 'refund', r.order_id, -(r.amount + r.tip), r.currency, r.at, i.provider, array[r.id::text]
    from payments.refund r join payments.tender t on t.id = r.tender_id join payments.intent i on i.id = t.intent_id
   where r.state = 'succeeded' and r.target = 'tender';
comment on view payments.read_movement is 'not null: id, kind, amount, currency, at, provider, references';
create index payment_event_captured on payments.payment_event (provider, at) where kind = 'captured';

-- Providers that have moved money here.
create view payments.read_provider as select distinct provider from payments.intent;
comment on view payments.read_provider is 'not null: provider';
