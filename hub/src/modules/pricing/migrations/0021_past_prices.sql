-- What goods cost before their price changed: whoever shows a price as reduced says what the lowest was in the 30 days before [PRC-20]. Kept for
-- the price of one unit only, by triggers, so that no way of writing prices forgets it. Locks: pricing.price for a moment, to add them.
create table pricing.past_price (
  list_id       uuid not null,
  variant_id    uuid not null,
  until         timestamptz not null,
  amount        bigint not null,
  scale         smallint not null,
  per_quantity  integer not null,
  per_unit      text not null,
  primary key (list_id, variant_id, until)
);
create index past_price_until on pricing.past_price (until);

create function pricing.keep_past_price() returns trigger language plpgsql as $$
begin
  -- Changed twice in one transaction, the first price was in force before it.
  insert into pricing.past_price (list_id, variant_id, until, amount, scale, per_quantity, per_unit)
  values (old.list_id, old.variant_id, now(), old.amount, old.scale, old.per_quantity, old.per_unit)
  on conflict do nothing;
  return null;
end $$;
create trigger keep_changed_price after update on pricing.price for each row
  when (old.min_quantity = 1 and (old.amount, old.scale, old.per_quantity, old.per_unit)
    is distinct from (new.amount, new.scale, new.per_quantity, new.per_unit))
  execute function pricing.keep_past_price();
create trigger keep_removed_price after delete on pricing.price for each row
  when (old.min_quantity = 1) execute function pricing.keep_past_price();

-- Since when a promotion takes off what it does in this version: another name, budget or end is no other reduction.
create function pricing.unchanged_since(p_promotion uuid, p_version integer) returns timestamptz language sql stable as $$
  select min(w.at) from pricing.promotion_version w
   where w.promotion_id = p_promotion and w.version <= p_version and w.version > coalesce((
     select max(x.version)
       from pricing.promotion_version x
       join pricing.promotion_version v on v.promotion_id = x.promotion_id and v.version = p_version
      where x.promotion_id = p_promotion and x.version < p_version
        and (x.terms -> 'benefit', x.terms -> 'goods', x.terms -> 'hours')
          is distinct from (v.terms -> 'benefit', v.terms -> 'goods', v.terms -> 'hours')), 0)
$$;
