-- What can be sold, how it is called, where it is in the assortment, and what ran out. Locks: none that matter, the tables are new.
-- Raised by every change, so that a till can tell whether its copy is current. Its lock puts changes in one order.
create table catalog.revision (
  is_only   boolean primary key default true check (is_only),
  revision  bigint not null
);
insert into catalog.revision (revision) values (0);

create table catalog.category (
  id         uuid primary key,
  parent_id  uuid references catalog.category,
  code       text not null unique,
  name       jsonb not null,                                  -- LocalizedText
  position   integer not null,
  icon       text,
  version    integer not null default 1,
  check (parent_id <> id)
);

-- A picture named by its content, so that its address never shows something else. It is drawn (SVG, of the retailer's own programs) or
-- photographed (WebP, prepared by the hub [CAT-18]).
create table catalog.picture (
  hash     text primary key,
  svg      text,
  content  bytea storage external,                              -- packed already
  constraint picture_is_one_kind check ((svg is null) = (content is not null))
);

-- A picture in the sizes that channels ask for, made of the kept one when somebody asks first [CAT-19]: WebP, or JPEG for feeds.
create table catalog.picture_size (
  hash     text not null references catalog.picture,
  size     text not null check (size in ('small', 'medium', 'large', 'feed')),
  content  bytea storage external not null,
  primary key (hash, size)
);

create table catalog.product (
  id                uuid primary key,
  slug              text not null unique,
  name              jsonb not null,
  description       jsonb not null,
  brand             text not null default '' check (brand = btrim(brand) and length(brand) <= 70),  -- whose make it is, empty where it is nobody's [CAT-21]
  category_id       uuid not null references catalog.category,
  pictures          jsonb not null default '[]',               -- [{ url, alt: LocalizedText, variantId? }], the first stands for the product
  picture_url       text generated always as (pictures -> 0 ->> 'url') stored,
  allergens         text[] not null default '{}',
  tax_class         text not null,
  prep_seconds      integer not null default 0 check (prep_seconds >= 0),
  batch_percent     integer not null default 100 check (batch_percent between 0 and 100),  -- what a further piece of it takes of that [CAT-25]
  unit              text not null default 'piece' check (unit in ('piece', 'gram')),
  is_tracked        boolean not null,                          -- counted in stock; what is made to order is not
  is_shippable      boolean not null default false,            -- may travel in a parcel: a mug may, a croissant may not
  charged_when      text not null default 'house' check (charged_when in ('house', 'order', 'dispatch')),  -- sold before it is there: when the card is charged [CAT-23]
  kind              text not null default 'goods' check (kind in ('goods', 'service')),  -- a service is given at a time that is booked [CAT-24]
  is_active         boolean not null default true,
  sold_everywhere   boolean not null default true,             -- the assortment of each store, unless `assortment` says otherwise
  popularity        integer not null default 0,
  position          integer not null default 0,
  version           integer not null default 1,                -- rises with every change; an editor says which one it saw [CAT-8]
  constraint "CAT-24 a service lies on no shelf and travels in no parcel" check (kind = 'goods' or not is_tracked and not is_shippable and unit = 'piece')
);
create index product_by_category on catalog.product (category_id);
create index product_by_popularity on catalog.product (popularity desc, id) where is_active;

create table catalog.variant (
  id          uuid primary key,
  product_id  uuid not null references catalog.product,
  sku         text not null unique,
  name        jsonb not null,
  mpn         text not null default '' check (mpn = btrim(mpn) and length(mpn) <= 70),  -- the maker's own number of it, or empty
  position    integer not null default 0,
  is_active   boolean not null default true                    -- false: orders and stock name it, nobody buys it [CAT-9]
);
create index variant_by_product on catalog.variant (product_id, position);

create table catalog.variant_barcode (
  gtin        text primary key constraint "CAT-2 a barcode is kept with 14 digits" check (gtin ~ '^[0-9]{14}$'),
  variant_id  uuid not null references catalog.variant,
  symbology   text not null check (symbology in ('ean_13', 'ean_8', 'upc_a', 'itf_14'))
);
create index variant_barcode_by_variant on catalog.variant_barcode (variant_id);

-- A choice made when ordering; several products share one.
create table catalog.option_group (
  id       uuid primary key,
  code     text not null,                                      -- one per product
  name     jsonb not null,
  minimum  integer not null check (minimum >= 0),
  maximum  integer not null check (maximum >= minimum and maximum > 0),
  version  integer not null default 1
);

create table catalog.option_value (
  group_id    uuid not null references catalog.option_group,
  code        text not null,
  name        jsonb not null,
  position    integer not null,
  amount      bigint not null,                                 -- what it costs more or less, minor units
  currency    text not null check (currency ~ '^[A-Z]{3}$'),
  variant_id  uuid references catalog.variant,                 -- what it is made of: sold out with it
  prep_seconds  integer not null default 0 check (prep_seconds >= 0),  -- work that it adds to a piece [CAT-25]
  primary key (group_id, code)
);

create table catalog.product_option (
  product_id  uuid not null references catalog.product,
  group_id    uuid not null references catalog.option_group,
  position    integer not null,
  primary key (product_id, group_id)
);

-- Where a store differs from `sold_everywhere`.
create table catalog.assortment (
  product_id   uuid not null references catalog.product,
  place_id     uuid not null,
  is_included  boolean not null,
  primary key (product_id, place_id)
);

-- What ran out at a place. It comes back by itself when `until` has passed [CAT-3].
create table catalog.sold_out (
  variant_id  uuid not null references catalog.variant,
  place_id    uuid not null,
  since       timestamptz not null default now(),
  until       timestamptz,                                      -- null: until somebody says so
  staff_id    uuid,
  reason      text,
  primary key (variant_id, place_id)
);
create index sold_out_of_place on catalog.sold_out (place_id);

-- What ran out and has not come back yet, for views.
create view catalog.read_sold_out as
  select variant_id, place_id, until from catalog.sold_out where until is null or until > now();
comment on view catalog.read_sold_out is 'not null: variant_id, place_id';

create function catalog.is_sold_out(p_variant uuid, p_place uuid) returns boolean language sql stable as $$
  select exists (select from catalog.sold_out where variant_id = p_variant and place_id = p_place and (until is null or until > now()))
$$;
