-- Companies, who belongs to them, and what they ordered. Locks: none that matter, the tables are new.
-- Records, channels and orders are of other modules: ids without a foreign key.
create table companies.company (
  id           uuid primary key,
  state        text not null check (state in ('suggested', 'active', 'archived')),
  name         text not null check (name <> ''),                          -- as its documents are written to
  country      text not null check (country ~ '^[A-Z]{2}$'),
  vat_number   text check (vat_number <> ''),                             -- with its country's prefix, in capitals without signs [CMP-2]
  address      jsonb,                                                     -- { line1, line2, postcode, city }
  price_group  text check (price_group <> ''),                            -- the customer group whose price lists count [CMP-5]
  currency     text check (currency ~ '^[A-Z]{3}$'),
  order_limit  bigint check (order_limit >= 0),                           -- minor units; null: none
  month_limit  bigint check (month_limit >= 0),
  version      integer not null default 1,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now(),
  archived_at  timestamptz,
  constraint "CMP-6 a limit has a currency" check (currency is not null or (order_limit is null and month_limit is null)),
  constraint "CMP-3 an archived company says since when" check ((state = 'archived') = (archived_at is not null))
);
-- What only somebody said may say a number that another company has [CMP-2].
create unique index company_vat_number on companies.company (vat_number) where state <> 'suggested' and vat_number is not null;
create index company_by_name on companies.company (lower(name), id);
create index company_suggested on companies.company (updated_at) where state = 'suggested';

-- What a channel calls a company: the `groupId` of its calls, the id in its files.
create table companies.channel_name (
  channel_id   uuid not null,
  external_id  text not null check (external_id <> ''),
  company_id   uuid not null references companies.company on delete cascade,
  primary key (channel_id, external_id)
);
create index channel_name_company on companies.channel_name (company_id);

-- Who belongs to it, by the source record that brought it: a customer is in the companies of all linked records, so a merge moves nothing.
create table companies.membership (
  id          uuid primary key,
  company_id  uuid not null references companies.company on delete cascade,
  record_id   uuid not null,
  role        text not null check (role in ('owner', 'buyer', 'member')),
  state       text not null check (state in ('suggested', 'active', 'ended')),
  source      text not null check (source in ('office', 'import', 'group_call')),
  channel_id  uuid,
  since       timestamptz not null,
  staff_id    uuid,                                                       -- who vouched for it last
  ended_at    timestamptz,
  constraint "CMP-4 what has ended says when" check ((state = 'ended') = (ended_at is not null))
);
create unique index membership_standing on companies.membership (company_id, record_id) where state <> 'ended';
create index membership_record on companies.membership (record_id);
create index membership_ended on companies.membership (ended_at) where state = 'ended';

-- What was ordered for a company: its limits are counted from here, under the company's lock [CMP-7].
create table companies.purchase (
  order_id    uuid primary key,
  company_id  uuid not null references companies.company,
  record_id   uuid,                                                       -- who ordered; null after an erasure
  month       date not null check (extract(day from month) = 1),   -- by the calendar of the place
  currency    text not null,
  amount      bigint not null check (amount >= 0),                        -- as it stands: without what was canceled or came back
  at          timestamptz not null
);
create index purchase_month on companies.purchase (company_id, month);
create index purchase_newest on companies.purchase (company_id, at desc, order_id desc);
create index purchase_record on companies.purchase (record_id) where record_id is not null;

-- What a company may owe, per currency, and by when it pays.
create table companies.credit (
  company_id    uuid not null references companies.company on delete cascade,
  currency      text not null check (currency ~ '^[A-Z]{3}$'),
  credit_limit  bigint not null check (credit_limit >= 0),               -- the most that may be open at a time, minor units
  terms_days    integer not null check (terms_days between 0 and 120),   -- after the invoice
  updated_at    timestamptz not null default now(),
  primary key (company_id, currency)
);

-- What companies are called, for lists of higher modules that name one.
create view companies.read_name as select id, name from companies.company;

create view companies.read_purchase as select order_id, company_id, amount, currency, at from companies.purchase;
comment on view companies.read_purchase is 'not null: order_id, company_id, amount, currency, at';

-- Whether somebody may order for a company: one of their records is an active owner or buyer of an active company [CMP-4].
create function companies.may_order(p_company uuid, p_records uuid[]) returns boolean language sql stable as $$
  select exists (select from companies.company c join companies.membership m on m.company_id = c.id
    where c.id = p_company and c.state = 'active' and m.record_id = any (p_records) and m.state = 'active' and m.role in ('owner', 'buyer'))
$$;

-- What a cart must know of the company that it is bought for; null as soon as its customer may not order for it any more [CMP-4]. Asked only
-- for carts that name one. `used` and what is owed are for showing; two months, because the calendar of the place decides which one counts.
create function companies.for_cart(p_company uuid, p_records uuid[]) returns json language sql stable as $$
  select json_build_object('id', c.id, 'name', c.name, 'country', c.country, 'vatNumber', c.vat_number, 'address', c.address, 'priceGroup', c.price_group,
      'currency', c.currency, 'orderLimit', c.order_limit, 'monthLimit', c.month_limit,
      'used', (select coalesce(json_object_agg(u.month, u.amount), '{}') from (
          select to_char(p.month, 'YYYY-MM') as month, sum(p.amount) as amount from companies.purchase p
           where p.company_id = c.id and p.currency = c.currency and p.month >= date_trunc('month', now() - interval '2 days') group by p.month) u),
      'credit', (select coalesce(json_agg(json_build_object('currency', k.currency, 'limit', k.credit_limit, 'termsDays', k.terms_days,
          'owed', ledger.owed_by(c.id, k.currency)) order by k.currency), '[]') from companies.credit k where k.company_id = c.id))
    from companies.company c where c.id = p_company and companies.may_order(c.id, p_records)
$$;

-- Counts an order of a company against its limits, under its lock: of two orders at a time the second sees the first [CMP-7]. The last lock
-- of a completion. Raises WF020 when its customer may not order for it, WF021 when a limit would be passed, with what is left in `detail`.
-- A sale that happened is counted whatever the limits say.
create function companies.count_purchase(p_company uuid, p_order uuid, p_record uuid, p_amount bigint, p_currency text, p_month date, p_at timestamptz, p_enforce boolean)
returns void language plpgsql as $$
declare v_company companies.company; v_left bigint;
begin
  select * into v_company from companies.company where id = p_company for update;
  if p_enforce then
    if not companies.may_order(p_company, array(select customers.records_of(p_record))) then
      raise exception 'this customer may not order for this company' using errcode = 'WF020';
    end if;
    if (v_company.order_limit is not null or v_company.month_limit is not null) and v_company.currency <> p_currency then
      raise exception 'the limit is in another currency' using errcode = 'WF021',
        detail = json_build_object('limit', 'currency', 'left', 0, 'currency', v_company.currency)::text;
    end if;
    if v_company.order_limit < p_amount then
      raise exception 'over the limit of an order' using errcode = 'WF021',
        detail = json_build_object('limit', 'order', 'left', v_company.order_limit, 'currency', p_currency)::text;
    end if;
    v_left := v_company.month_limit - (select coalesce(sum(amount), 0) from companies.purchase
      where company_id = p_company and month = p_month and currency = p_currency);
    if v_left < p_amount then
      raise exception 'over the limit of the month' using errcode = 'WF021',
        detail = json_build_object('limit', 'month', 'left', greatest(0, v_left), 'currency', p_currency)::text;
    end if;
  end if;
  insert into companies.purchase (order_id, company_id, record_id, month, currency, amount, at)
  values (p_order, p_company, p_record, p_month, p_currency, p_amount, p_at);
end $$;

-- What an order of a company comes to after something was canceled or came back; for an order of nobody nothing happens.
create function companies.recount_purchase(p_order uuid, p_amount bigint) returns void language sql as $$
  update companies.purchase set amount = greatest(0, p_amount) where order_id = p_order and amount <> greatest(0, p_amount)
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

-- The records by which somebody belongs to a company, whether they may order or not.
create function companies.people_of(p_company uuid) returns setof uuid language sql stable as $$
  select m.record_id from companies.membership m where m.company_id = p_company and m.state <> 'ended'
$$;
