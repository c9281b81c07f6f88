-- Orders on account: a tender that a company owes [PAY-31]. Locks: none that matter, the table is new.

-- Who owes a tender on account, and since when that is paid.
create table payments.account_tender (
  tender_id   uuid primary key references payments.tender,
  order_id    uuid not null,
  company_id  uuid not null,
  amount      bigint not null check (amount > 0),
  settled_at  timestamptz                                -- when what was open of its invoice was paid
);
create index account_tender_of_order on payments.account_tender (order_id);
create index account_tender_of_company on payments.account_tender (company_id) where settled_at is null;

-- Books the tenders on account of an order on its company. The caller holds the company's lock.
create function payments.charge_account(p_order uuid, p_company uuid, p_actor_kind text, p_actor_id uuid, p_at timestamptz) returns void
language plpgsql as $$
declare t payments.tender;
begin
  for t in select * from payments.tender where order_id = p_order and kind = 'account' order by id loop
    insert into payments.account_tender (tender_id, order_id, company_id, amount) values (t.id, p_order, p_company, t.amount) on conflict do nothing;
    perform ledger.charge_company('charge', 'tender', t.id, p_company, t.currency, t.amount, t.entity_id, t.place_id, t.channel_id, t.business_date, t.time_zone,
      p_actor_kind, p_actor_id, jsonb_build_object('kind', 'ordered', 'data', jsonb_build_object('orderId', p_order)), p_at);
  end loop;
end $$;

-- Books refunds of an order that are owed no more by its company [PAY-32]. Called where those of stored value are. Answers how many.
create function payments.book_account_refunds(p_order uuid, p_actor_kind text, p_actor_id uuid, p_at timestamptz) returns integer
language plpgsql as $$
declare r record; v_rows integer := 0;
begin
  for r in
    select refund.*, a.company_id from payments.refund join payments.account_tender a on a.tender_id = refund.tender_id
    where refund.order_id = p_order and refund.state = 'requested' order by refund.id for update of refund
  loop
    perform ledger.charge_company('credit', 'refund', r.id, r.company_id, r.currency, -r.amount, r.entity_id, r.place_id, r.channel_id, r.business_date, r.time_zone,
      p_actor_kind, p_actor_id, jsonb_build_object('kind', 'refunded', 'data', jsonb_build_object('orderId', p_order)), p_at);
    update payments.refund set state = 'succeeded' where id = r.id;
    v_rows := v_rows + 1;
  end loop;
  return v_rows;
end $$;

-- Says of orders on account whether what was open of them is paid; null: it is open again.
create function payments.settle_account(p_orders uuid[], p_at timestamptz) returns void language sql as $$
  update payments.account_tender set settled_at = p_at where order_id = any (p_orders)
$$;

-- What an order has been paid or is owed on account, what is due at its collection, what went back, what of it a company still owes, and what a
-- card has agreed to and nobody has taken yet. Published for `checkout` and `fulfillment`.
create view payments.read_paid as
  select order_id,
         coalesce(sum(amount) filter (where state = 'captured' or kind = 'imported'), 0)::bigint as paid,
         coalesce(sum(amount) filter (where state = 'due'), 0)::bigint as due,
         coalesce((select sum(refund.amount) from payments.refund
                   where refund.order_id = tender.order_id and refund.state in ('requested', 'pending', 'succeeded')), 0)::bigint as refunded,
         coalesce((select sum(a.amount - coalesce((select sum(r.amount) from payments.refund r where r.tender_id = a.tender_id and r.state <> 'failed'), 0))
                   from payments.account_tender a where a.order_id = tender.order_id and a.settled_at is null), 0)::bigint as on_account,
         coalesce(sum(amount) filter (where state = 'authorized'), 0)::bigint as authorized
  from payments.tender group by order_id;

-- Tenders on account with what of them is owed: for invoices over several orders.
create view payments.read_account_tender as
  select a.order_id, a.company_id, t.currency, t.entity_id, a.settled_at,
         (a.amount - coalesce((select sum(r.amount) from payments.refund r where r.tender_id = a.tender_id and r.state <> 'failed'), 0))::bigint as owed
  from payments.account_tender a join payments.tender t on t.id = a.tender_id;
comment on view payments.read_account_tender is 'not null: order_id, company_id, currency, entity_id, owed';
