-- Search that forgives accents, endings, typing errors and half-typed words. Locks: none that matter, the tables are new.

-- Words of a text as all of search sees them: lower case, no accents, the Catalan l·l as ll.
create function catalog.words(p_text text) returns text[] language sql immutable parallel safe as $$
  select array_remove(regexp_split_to_array(platform.fold(replace(p_text, '·', '')), '[^[:alnum:]]+'), '')
$$;

-- A text in its languages as words and as their stems, each by the rules of its own language. Whoever reads in German may well type
-- the French name, so one document holds all languages.
create function catalog.document(p_text jsonb) returns tsvector language sql immutable as $$
  select coalesce(string_agg(strip(to_tsvector('simple', w.words))::text || ' ' || strip(to_tsvector(
    (case t.locale when 'fr' then 'french' when 'de' then 'german' when 'ca' then 'catalan' else 'english' end)::regconfig, w.words))::text, ' '), '')::tsvector
  from jsonb_each_text(p_text) as t(locale, text), lateral (select array_to_string(catalog.words(left(t.text, 10000)), ' ') as words) as w -- more is no description, and a vector has an end
$$;

-- What search looks through: one row per product that is sold. Narrow, so that thousands of hits lie in few pages.
create table catalog.search_document (
  product_id       uuid primary key references catalog.product,
  popularity       integer not null,
  category_id      uuid not null,
  sold_everywhere  boolean not null,
  names            tsvector not null,                        -- product, brand, variants, SKUs, category
  texts            tsvector not null                         -- description
);
-- Without a pending list: after a load of thousands of products every search would read all of it.
create index search_by_name on catalog.search_document using gin (names) with (fastupdate = off);
create index search_by_popularity on catalog.search_document ((-popularity), product_id);
create index search_by_text on catalog.search_document using gin (texts) with (fastupdate = off);

-- Every word of a name, once: a misspelled word is looked up here, among thousands, not among products.
create table catalog.search_word (word text primary key);
create index search_word_like on catalog.search_word using gist (word gist_trgm_ops (siglen = 32));

-- Writes the documents of products anew. Part of every change of their names, SKUs, category or state. A variant that is no longer sold is not
-- found by its name or SKU.
create function catalog.index_products(p_products uuid[]) returns void language plpgsql as $$
begin
  delete from catalog.search_document d using catalog.product p
   where d.product_id = any (p_products) and p.id = d.product_id and not p.is_active;
  insert into catalog.search_document (product_id, popularity, category_id, sold_everywhere, names, texts)
  select p.id, p.popularity, p.category_id, p.sold_everywhere,
    catalog.document(p.name || jsonb_build_object('brand', p.brand)) || catalog.document(c.name) || coalesce(v.names, ''), catalog.document(p.description)
  from catalog.product p
  join catalog.category c on c.id = p.category_id
  left join lateral (
    select string_agg(catalog.document(v.name || jsonb_build_object('sku', v.sku, 'mpn', v.mpn))::text, ' ')::tsvector as names
      from catalog.variant v where v.product_id = p.id and v.is_active
  ) as v on true
  where p.id = any (p_products) and p.is_active
  on conflict (product_id) do update set popularity = excluded.popularity, category_id = excluded.category_id,
    sold_everywhere = excluded.sold_everywhere, names = excluded.names, texts = excluded.texts;
  insert into catalog.search_word (word)
  select distinct word from catalog.product p join catalog.category c on c.id = p.category_id,
    lateral jsonb_each_text(p.name || jsonb_build_object('brand', p.brand, 'in_en', c.name ->> 'en', 'in_fr', c.name ->> 'fr', 'in_de', c.name ->> 'de', 'in_ca', c.name ->> 'ca')) as t(locale, text),
    lateral unnest(catalog.words(t.text)) as word
  where p.id = any (p_products) and t.text is not null and word !~ '^[0-9]' and length(word) between 2 and 40
  order by word
  on conflict do nothing;
end $$;

-- All words must be there, as typed or by their stem in the reader's language; the last may be half typed.
create function catalog.query_of(p_words text[], p_locale text) returns tsquery language plpgsql immutable as $$
declare v_stemmer regdictionary := (case p_locale when 'fr' then 'french_stem' when 'de' then 'german_stem' when 'ca' then 'catalan_stem' else 'english_stem' end);
  v_parts text[] := '{}'; v_word text; v_stem text;
begin
  for n in 1 .. cardinality(p_words) loop
    v_word := p_words[n];
    v_stem := (ts_lexize(v_stemmer, v_word))[1];
    v_parts := v_parts || format('(%L%s | %L)', v_word, case when n = cardinality(p_words) then ':*' else '' end, coalesce(nullif(v_stem, ''), v_word));
  end loop;
  return array_to_string(v_parts, ' & ')::tsquery;
end $$;

-- Typing errors between two words: letters too many, too few or wrong; two that changed their seats are one error.
create function catalog.typing_errors(p_typed text, p_meant text) returns integer language sql immutable as $$
  select case when d.errors = 2 and length(p_typed) = length(p_meant) and
      (select array_agg(letter order by letter) from unnest(string_to_array(p_typed, null)) as letter) =
      (select array_agg(letter order by letter) from unnest(string_to_array(p_meant, null)) as letter) then 1 else d.errors end
  from (select levenshtein(p_typed, p_meant) as errors) as d
$$;

-- The known words that a word was probably meant to be: those fewest typing errors away, at most one in a short word and three in a long
-- one. The last word may be half typed, so it is compared with beginnings too.
create function catalog.probable_words(p_word text, p_is_last boolean) returns text[] language sql stable as $$
  with near as (
    select word from catalog.search_word order by word <-> p_word limit 40
  ), far as (
    select word, least(catalog.typing_errors(p_word, word), case when p_is_last then least(catalog.typing_errors(p_word, left(word, length(p_word))),
      levenshtein(p_word, left(word, length(p_word) + 1)), levenshtein(p_word, left(word, length(p_word) - 1))) end) as errors
    from near
  )
  select array_agg(word) from far
   where errors = (select min(errors) from far) and errors <= case when length(p_word) <= 2 then 0 when length(p_word) <= 4 then 1 when length(p_word) <= 8 then 2 else 3 end
$$;

create function catalog.corrected_query_of(p_words text[]) returns tsquery language plpgsql stable as $$
declare v_parts text[] := '{}'; v_probable text[]; v_alternatives text;
begin
  for n in 1 .. cardinality(p_words) loop
    v_probable := catalog.probable_words(left(p_words[n], 40), n = cardinality(p_words));
    continue when v_probable is null and length(p_words[n]) <= 2; -- an article or half a word: too short to guess
    if v_probable is null then return ''::tsquery; end if;
    select string_agg(quote_literal(word), ' | ') into v_alternatives from unnest(v_probable) as word;
    v_parts := v_parts || ('(' || v_alternatives || ')');
  end loop;
  return array_to_string(v_parts, ' & ')::tsquery;
end $$;

-- The next products by popularity that fit, found by walking down all of them: quick when many fit, because the page is soon full.
-- `p_most` ends the walk after so many products, whether the page is full or not. Internal, as is the next.
create function catalog.hits_by_walk(p_query tsquery, p_in_text boolean, p_categories uuid[], p_place uuid, p_popularity integer, p_product uuid,
                                     p_limit integer, p_most integer)
returns table (product_id uuid, popularity integer) language sql stable as $$
  select d.product_id, d.popularity from (
    select product_id, popularity, category_id, sold_everywhere, names, texts from catalog.search_document
     where p_product is null or (-popularity, product_id) > (-p_popularity, p_product)
     order by -popularity, product_id limit p_most
  ) as d
  where case when p_in_text then d.texts @@ p_query and not d.names @@ p_query else d.names @@ p_query end
    and (p_categories is null or d.category_id = any (p_categories)) and (p_place is null
      or coalesce((select a.is_included from catalog.assortment a where a.product_id = d.product_id and a.place_id = p_place), d.sold_everywhere))
  limit p_limit
$$;

-- Hits in names, or in descriptions and not in names, by popularity. Among 100,000 products a word may fit a third of them or one, so it
-- tries what is quick for the one, then for the other: the two hundred most popular; all that the index names, unless they are too many
-- to sort; the walk, which then is short.
create function catalog.hits(p_query tsquery, p_in_text boolean, p_categories uuid[], p_place uuid, p_popularity integer, p_product uuid, p_limit integer)
returns table (product_id uuid, popularity integer) language plpgsql stable as $$
#variable_conflict use_column
declare
  c_walk constant integer := 200;
  c_sort constant integer := 2000;
  v_ids uuid[]; v_popularities integer[]; v_everywhere boolean[];
begin
  if p_limit <= c_walk / 2 then
    select array_agg(h.product_id), array_agg(h.popularity) into v_ids, v_popularities
      from catalog.hits_by_walk(p_query, p_in_text, p_categories, p_place, p_popularity, p_product, p_limit, c_walk) h;
    if cardinality(v_ids) = p_limit then
      return query select * from unnest(v_ids, v_popularities);
      return;
    end if;
  end if;
  if p_in_text then
    select array_agg(d.product_id), array_agg(d.popularity), array_agg(d.sold_everywhere) into v_ids, v_popularities, v_everywhere from (
      select product_id, popularity, sold_everywhere from catalog.search_document
       where texts @@ p_query and not names @@ p_query and (p_categories is null or category_id = any (p_categories))
         and (p_product is null or (-popularity, product_id) > (-p_popularity, p_product)) limit c_sort + 1) as d;
  else
    select array_agg(d.product_id), array_agg(d.popularity), array_agg(d.sold_everywhere) into v_ids, v_popularities, v_everywhere from (
      select product_id, popularity, sold_everywhere from catalog.search_document
       where names @@ p_query and (p_categories is null or category_id = any (p_categories))
         and (p_product is null or (-popularity, product_id) > (-p_popularity, p_product)) limit c_sort + 1) as d;
  end if;
  if v_ids is null then
    return;
  elsif cardinality(v_ids) <= c_sort then
    -- `offset 0` keeps the look at the assortment out of the sort: it is asked in order, until the page is full.
    return query
      select d.id, d.popularity from (
        select * from unnest(v_ids, v_popularities, v_everywhere) as d(id, popularity, everywhere) order by -popularity, id offset 0
      ) as d where p_place is null
        or coalesce((select a.is_included from catalog.assortment a where a.product_id = d.id and a.place_id = p_place), d.everywhere) limit p_limit;
  else
    return query select h.product_id, h.popularity
      from catalog.hits_by_walk(p_query, p_in_text, p_categories, p_place, p_popularity, p_product, p_limit, null) h;
  end if;
end $$;

-- Products that fit a text, those with it in their name first (stage 0), then in their description (1), each by popularity; when none
-- does, those that fit it with its typing errors mended (2). Of some categories or all, as sold at a place or anywhere.
-- `p_after_…` are those of the last row of the page before.
create function catalog.search(p_text text, p_locale text, p_categories uuid[], p_place uuid,
                               p_after_stage integer, p_after_popularity integer, p_after_product uuid, p_limit integer)
returns table (product_id uuid, stage integer, popularity integer) language plpgsql stable
-- One plan for every text: planning took longer than the search itself. Always by the index, also when the plan was made before the load.
set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
#variable_conflict use_column
declare
  v_words text[] := (catalog.words(left(p_text, 100)))[1:8];
  v_query tsquery; v_start integer := coalesce(p_after_stage, 0); v_found integer := 0; v_count integer;
begin
  if cardinality(v_words) = 0 then return; end if;
  if v_start < 2 then v_query := catalog.query_of(v_words, p_locale); end if;
  if v_start = 0 then
    return query select h.product_id, 0, h.popularity from catalog.hits(v_query, false, p_categories, p_place, p_after_popularity, p_after_product, p_limit) h;
    get diagnostics v_found = row_count;
  end if;
  if v_start < 2 and v_found < p_limit then
    return query select h.product_id, 1, h.popularity from catalog.hits(v_query, true, p_categories, p_place,
      case when v_start = 1 then p_after_popularity end, case when v_start = 1 then p_after_product end, p_limit - v_found) h;
    get diagnostics v_count = row_count;
    v_found := v_found + v_count;
  end if;
  if v_start = 2 or (v_found = 0 and p_after_product is null) then
    v_query := catalog.corrected_query_of(v_words);
    return query select h.product_id, 2, h.popularity from catalog.hits(v_query, false, p_categories, p_place, p_after_popularity, p_after_product, p_limit) h;
  end if;
end $$;
