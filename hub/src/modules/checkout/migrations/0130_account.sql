-- An order on account: the company's credit under its lock [CMP-10], what it owes in the ledger, and the order that shows it. After all of a
-- completion, because the company is the last lock. Locks: none, only a function is made.
create function checkout.charge_account(p_company uuid, p_order uuid, p_amount bigint, p_currency text, p_actor_kind text, p_actor_id uuid, p_at timestamptz, p_enforce boolean)
returns void language plpgsql as $$
begin
  perform companies.take_credit(p_company, p_amount, p_currency, p_enforce);
  perform payments.charge_account(p_order, p_company, p_actor_kind, p_actor_id, p_at);
  perform orders.put_on_account(p_order, p_company, p_amount);
end $$;
