-- Numbers that kiosks give their orders, per store and business day. Locks: none, the table is new.
create table till.kiosk_order (
  cart_id        uuid primary key,                    -- [KSK-2] one cart has one number, however often it is asked for
  place_id       uuid not null,
  business_date  date not null,
  number         integer not null check (number > 0),
  device_id      uuid not null,
  at             timestamptz not null,
  unique (place_id, business_date, number)            -- [KSK-2] no number is called twice on one day
);
create index kiosk_order_by_age on till.kiosk_order (at);
