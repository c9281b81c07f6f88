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
