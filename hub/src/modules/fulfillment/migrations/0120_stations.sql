-- What the stations of a place have made, and whose customer is there. Locks: none that matter, the tables are new.

-- What somebody at a station said of a line [FUL-61]. A line without a row waits. The rows of sales that a till handed over at once are all that
-- anybody knows of their making; the work itself is no row, it is read from the order book. Written under the lock of the order, and let go long
-- before it: no foreign key.
create table fulfillment.prepared (
  fulfillment_id  uuid not null,
  order_line_id   uuid not null,
  place_id        uuid not null,
  is_done         boolean not null,          -- false: recalled
  at              timestamptz not null,
  staff_id        uuid,                      -- null: at a screen on which nobody signs in
  primary key (fulfillment_id, order_line_id)
);
create index prepared_at_place on fulfillment.prepared (place_id, at desc);

-- Whose customer says to be near, or here, until it is handed over [FUL-65]. No position is kept, and none is asked for.
create table fulfillment.arrival (
  fulfillment_id  uuid primary key references fulfillment.fulfillment,
  place_id        uuid not null,
  near_at         timestamptz not null,
  here_at         timestamptz                -- null: on the way
);
create index arrival_at_place on fulfillment.arrival (place_id);

-- Published for views: what was made where and when, with when it was ordered and promised. What was called back since is not made.
create view fulfillment.read_prepared as
  select p.fulfillment_id, p.order_line_id, p.place_id, p.at, fl.quantity, f.placed_at, coalesce(f.due_at, f.promised_at) as wanted_at, f.due_at is not null as is_ahead,
         f.kind = 'take_away' and f.code_mac is null as is_walk_in
    from fulfillment.prepared p join fulfillment.fulfillment f on f.id = p.fulfillment_id
    join fulfillment.fulfillment_line fl on fl.fulfillment_id = p.fulfillment_id and fl.order_line_id = p.order_line_id
   where p.is_done;
comment on view fulfillment.read_prepared is 'not null: fulfillment_id, order_line_id, place_id, at, quantity, placed_at, is_ahead, is_walk_in';
