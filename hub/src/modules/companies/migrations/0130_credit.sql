-- What a company may owe, per currency, and by when it pays. Locks: none that matter, the table is new.
create table companies.credit (
  company_id    uuid not null references companies.company on delete cascade,
  currency      text not null check (currency ~ '^[A-Z]{3}$'),
  credit_limit  bigint not null check (credit_limit >= 0),               -- the most that may be open at a time, minor units
  terms_days    integer not null check (terms_days between 0 and 120),   -- after the invoice
  updated_at    timestamptz not null default now(),
  primary key (company_id, currency)
);

-- What a cart must know of the company that it is bought for, its credit with it: what is owed is for showing.
create or replace function companies.for_cart(p_company uuid, p_records uuid[]) returns json language sql stable as $$
  select json_build_object('id', c.id, 'name', c.name, 'country', c.country, 'vatNumber', c.vat_number, 'address', c.address, 'priceGroup', c.price_group,
      'currency', c.currency, 'orderLimit', c.order_limit, 'monthLimit', c.month_limit,
      'used', (select coalesce(json_object_agg(u.month, u.amount), '{}') from (
          select to_char(p.month, 'YYYY-MM') as month, sum(p.amount) as amount from companies.purchase p
           where p.company_id = c.id and p.currency = c.currency and p.month >= date_trunc('month', now() - interval '2 days') group by p.month) u),
      'credit', (select coalesce(json_agg(json_build_object('currency', k.currency, 'limit', k.credit_limit, 'termsDays', k.terms_days,
          'owed', ledger.owed_by(c.id, k.currency)) order by k.currency), '[]') from companies.credit k where k.company_id = c.id))
    from companies.company c where c.id = p_company and companies.may_order(c.id, p_records)
$$;

-- Decides whether a company may owe so much more, under its lock: of two orders at a time the second sees the first [CMP-10]. Raises WF023 when
-- it has no credit in that currency, WF022 with what is left in `detail` when its limit would be passed. A sale that happened is never refused.
create function companies.take_credit(p_company uuid, p_amount bigint, p_currency text, p_enforce boolean) returns void language plpgsql as $$
declare v_limit bigint; v_left bigint;
begin
  perform 1 from companies.company where id = p_company for update;
  if not p_enforce then return; end if;
  select credit_limit into v_limit from companies.credit where company_id = p_company and currency = p_currency;
  if v_limit is null then
    raise exception 'this company does not buy on account' using errcode = 'WF023',
      detail = json_build_object('currency', p_currency)::text;
  end if;
  v_left := v_limit - ledger.owed_by(p_company, p_currency);
  if v_left < p_amount then
    raise exception 'over the credit of the company' using errcode = 'WF022',
      detail = json_build_object('left', greatest(0, v_left), 'currency', p_currency)::text;
  end if;
end $$;

-- Takes the lock of a company, for who books on its account.
create function companies.lock_company(p_company uuid) returns boolean language plpgsql as $$
begin
  perform 1 from companies.company where id = p_company for update;
  return found;
end $$;
