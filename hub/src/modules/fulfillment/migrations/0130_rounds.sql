-- What was sent to the stations of a place from a table, before it is paid [TBL-5]. Locks: none that matter, the tables are new.
create table fulfillment.round (
  id          uuid primary key,
  cart_id     uuid not null,                  -- the ticket that it was sent from
  record_id   uuid,                           -- whose ticket it was then
  place_id    uuid not null,
  channel_id  uuid not null,
  course      smallint not null check (course between 0 and 3),  -- 0: at once
  staff_id    uuid,                           -- null: nobody was signed in
  sent_at     timestamptz not null
);
create index round_at_place on fulfillment.round (place_id, sent_at desc);

-- By line of the ticket, whose id its order keeps: so an order knows what of it was sent before. What stations make of it is in
-- `fulfillment.prepared`, under the id of the round. Lines that move to another ticket stay in their round, because they are made once [TBL-11].
create table fulfillment.round_line (
  round_id  uuid not null references fulfillment.round on delete cascade,
  line_id   uuid not null,
  cart_id   uuid not null,                    -- the ticket that it is on now
  table_name text not null,                   -- where it is brought to
  position  smallint not null,
  sku       text not null,
  name      jsonb not null,
  options   jsonb not null,                   -- [{ name }]
  unit      text not null,
  note      text,                             -- what was said about it; erased with its customer
  quantity  integer not null check (quantity > 0),
  taken     integer not null default 0,       -- taken off the ticket since [TBL-7]
  primary key (round_id, line_id),
  constraint "TBL-7 no more is taken off than was sent" check (taken between 0 and quantity)
);
create index round_line_of on fulfillment.round_line (line_id);
create index round_line_on on fulfillment.round_line (cart_id);
