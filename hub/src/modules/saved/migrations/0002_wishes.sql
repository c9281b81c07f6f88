-- What people want to be told of, once. Locks: none that matter, the tables are new.
create table saved.wish (
  id            uuid primary key,
  record_id     uuid not null,
  channel_id    uuid,
  kind          text not null check (kind in ('back_in_stock', 'cheaper', 'in_my_store', 'new_on_menu')),
  state         text not null default 'waiting' check (state in ('waiting', 'told')),
  variant_id    uuid,
  place_id      uuid,                                                     -- null: anywhere
  near_id       uuid,                                                     -- the store that was in view: where it is wanted
  price         jsonb,                                                    -- the unit price when it was made
  made_at       timestamptz not null,
  told_at       timestamptz,
  because       jsonb,
  seen_at       timestamptz,
  offered_until timestamptz,                                              -- until then stock holds a unit under the id of the wish; null: none was held
  taken_at      timestamptz,                                              -- when that unit went into their cart
  constraint "SAV-6 what came true says when and why" check ((state = 'told') = (told_at is not null) and (state = 'told') = (because is not null)),
  constraint "SAV-12 a unit of goods at a store is held for who was told" check (offered_until is null or (state = 'told' and kind = 'back_in_stock' and place_id is not null)),
  constraint "SAV-13 only what was held is taken" check (taken_at is null or offered_until is not null),
  constraint "SAV-7 a wish names goods, or the menu of a store" check (kind = 'new_on_menu' or variant_id is not null),
  constraint "SAV-7 about a store it names the store" check (kind not in ('in_my_store', 'new_on_menu') or place_id is not null),
  constraint "SAV-7 to be cheaper it knows the price" check (kind <> 'cheaper' or price is not null)
);
create index wish_record on saved.wish (record_id, made_at);
create index wish_waiting on saved.wish (kind, variant_id) where state = 'waiting';
create index wish_wanted on saved.wish (variant_id) where state = 'waiting';
create index wish_told on saved.wish (told_at) where state = 'told';
create index wish_offered on saved.wish (offered_until) where taken_at is null;
create index wish_made on saved.wish (made_at);

-- What was on a store's menu when somebody began to wait for something new there [SAV-9].
create table saved.menu (
  place_id     uuid primary key,
  product_ids  uuid[] not null,
  at           timestamptz not null
);
