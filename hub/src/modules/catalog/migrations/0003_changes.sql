-- Changes that several tables take part in. Locks: none, only functions are made.

-- Puts products into assortments, or takes them out: one entry per product and place. Answers each that was different before.
create function catalog.set_assortment(p_products uuid[], p_places uuid[], p_included boolean[])
returns table (product_id uuid, place_id uuid, is_included boolean) language sql as $$
  with wanted as (
    select distinct on (u.product, u.place) u.product, u.place, u.included, p.sold_everywhere
      from unnest(p_products, p_places, p_included) with ordinality as u(product, place, included, nth)
      join catalog.product p on p.id = u.product order by u.product, u.place, u.nth desc
  ), as_everywhere as (
    delete from catalog.assortment a using wanted w
     where a.product_id = w.product and a.place_id = w.place and w.included = w.sold_everywhere returning a.product_id, a.place_id, w.included
  ), different as (
    insert into catalog.assortment as a (product_id, place_id, is_included)
    select w.product, w.place, w.included from wanted w where w.included <> w.sold_everywhere
    on conflict (product_id, place_id) do nothing returning a.product_id, a.place_id, a.is_included
  )
  select * from as_everywhere union all select * from different
$$;

-- Ends what was sold out until a time that has passed, a few at a time, and tells each [CAT-3]. Answers how many.
create function catalog.bring_back(p_limit integer) returns integer language plpgsql as $$
declare v_count integer;
begin
  with gone as (
    delete from catalog.sold_out where (variant_id, place_id) in (
      select variant_id, place_id from catalog.sold_out where until <= now() order by until limit p_limit for update skip locked)
    returning variant_id, place_id
  ), told as (
    select platform.publish(uuidv7(), 'catalog.sold_out_changed.v1', 'level/' || variant_id || '/' || place_id,
      jsonb_build_object('variantId', variant_id, 'placeId', place_id, 'soldOut', false, 'until', null)) from gone
  )
  select count(*) into v_count from told;
  return v_count;
end $$;
