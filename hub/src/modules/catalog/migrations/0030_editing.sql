-- What editing the catalog needs: versions, several pictures with words, variants that are no longer sold, channels that do not sell a
-- product. Locks: catalog.product, variant, category and option_group while they are rewritten, for seconds at 100,000 products.
alter table catalog.product
  add column version   integer not null default 1,              -- rises with every change; an editor says which one it saw [CAT-8]
  add column pictures  jsonb not null default '[]';             -- [{ url, alt: LocalizedText }], the first stands for the product
update catalog.product set pictures = jsonb_build_array(jsonb_build_object('url', picture_url, 'alt', '{"en": ""}'::jsonb))
 where picture_url is not null;
alter table catalog.product drop column picture_url;
alter table catalog.product add column picture_url text generated always as (pictures -> 0 ->> 'url') stored;

alter table catalog.variant add column is_active boolean not null default true;     -- false: orders and stock name it, nobody buys it [CAT-9]
alter table catalog.category add column version integer not null default 1;
alter table catalog.option_group add column version integer not null default 1;

-- A picture is drawn (SVG, of the retailer's own programs) or photographed (bytes, as they were given).
alter table catalog.picture
  alter column svg drop not null,
  add column media_type text check (media_type in ('image/jpeg', 'image/png', 'image/webp')),
  add column content bytea,
  add constraint picture_is_one_kind check ((svg is null) = (content is not null) and (content is null) = (media_type is null));

create function catalog.picture_ending(p_media_type text) returns text language sql immutable as $$
  select case p_media_type when 'image/jpeg' then '.jpg' when 'image/png' then '.png' when 'image/webp' then '.webp' else '.svg' end
$$;

-- Where a channel differs from "every channel sells it" [CAT-10].
create table catalog.channel_exclusion (
  product_id  uuid not null references catalog.product,
  channel_id  uuid not null,
  primary key (product_id, channel_id)
);

-- As before, but a variant that is no longer sold is not found by its name or SKU.
create or replace function catalog.index_products(p_products uuid[]) returns void language plpgsql as $$
begin
  delete from catalog.search_document d using catalog.product p
   where d.product_id = any (p_products) and p.id = d.product_id and not p.is_active;
  insert into catalog.search_document (product_id, popularity, category_id, sold_everywhere, names, texts)
  select p.id, p.popularity, p.category_id, p.sold_everywhere,
    catalog.document(p.name) || catalog.document(c.name) || coalesce(v.names, ''), catalog.document(p.description)
  from catalog.product p
  join catalog.category c on c.id = p.category_id
  left join lateral (
    select string_agg(catalog.document(v.name || jsonb_build_object('sku', v.sku))::text, ' ')::tsvector as names
      from catalog.variant v where v.product_id = p.id and v.is_active
  ) as v on true
  where p.id = any (p_products) and p.is_active
  on conflict (product_id) do update set popularity = excluded.popularity, category_id = excluded.category_id,
    sold_everywhere = excluded.sold_everywhere, names = excluded.names, texts = excluded.texts;
  insert into catalog.search_word (word)
  select distinct word from catalog.product p join catalog.category c on c.id = p.category_id,
    lateral jsonb_each_text(p.name || jsonb_build_object('in_en', c.name ->> 'en', 'in_fr', c.name ->> 'fr', 'in_de', c.name ->> 'de', 'in_ca', c.name ->> 'ca')) as t(locale, text),
    lateral unnest(catalog.words(t.text)) as word
  where p.id = any (p_products) and t.text is not null and word !~ '^[0-9]' and length(word) between 2 and 40
  order by word
  on conflict do nothing;
end $$;
