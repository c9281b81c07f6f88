-- What every module may count on: extensions, and one way to fold text for search. Locks: none, nothing exists yet.
-- `create schema platform` and the table of applied migrations are made by the runner, which needs them first.
create extension if not exists pg_trgm with schema public;        -- search that forgives typing errors
create extension if not exists unaccent with schema public;       -- "cafe" finds "café"
create extension if not exists fuzzystrmatch with schema public;  -- names that sound alike
create extension if not exists cube with schema public;           -- needed by earthdistance
create extension if not exists earthdistance with schema public;  -- nearest store
create extension if not exists btree_gist with schema public;     -- periods of one key that must not overlap
create extension if not exists citext with schema public;

-- Statistics of statements: a bench counts with them, nothing else needs them, and some hosted servers do not offer them.
do $$
begin
  create extension if not exists pg_stat_statements with schema public;
exception when undefined_file or insufficient_privilege or feature_not_supported then
  raise notice 'pg_stat_statements is not available: statements are not counted';
end $$;

-- Lower case without accents, for search and its indexes. unaccent() is only stable because its dictionary could be
-- altered; named explicitly and never altered here, the result is fixed, so an index may use it.
create function platform.fold(value text) returns text
  language sql immutable strict parallel safe
  return lower(public.unaccent('public.unaccent'::regdictionary, value));
