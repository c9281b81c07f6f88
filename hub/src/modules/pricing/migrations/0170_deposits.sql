-- Deposits on packaging, what they are in each country, and the goods that carry them [PRC-22]. Locks: none that matter, the tables are new.
-- Ids of other modules (variants) have no foreign key: those stay inside a schema.
create table pricing.deposit (
  code  text primary key check (code ~ '^[a-z0-9][a-z0-9_-]*$'),
  name  jsonb not null                                   -- LocalizedText
);

create table pricing.deposit_amount (
  deposit_code   text not null references pricing.deposit,
  country        text not null check (country ~ '^[A-Z]{2}$'),
  currency       text not null check (currency ~ '^[A-Z]{3}$'),
  amount         integer not null constraint "PRC-22 a deposit is paid" check (amount > 0),
  follows_goods  boolean not null,                       -- taxed as what it is sold with
  tax_class      text not null references pricing.tax_class,   -- by itself, and when it comes back alone
  primary key (deposit_code, country, currency)
);

create table pricing.deposit_goods (
  variant_id    uuid primary key,                        -- a piece of goods carries one deposit
  deposit_code  text not null references pricing.deposit
);
create index deposit_goods_by_code on pricing.deposit_goods (deposit_code);
