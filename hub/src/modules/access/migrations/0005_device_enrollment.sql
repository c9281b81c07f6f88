-- A screen that asks to become a device by the code that it shows. Locks: none, the table is new.
create table access.enrollment (
  code_mac    bytea primary key,                  -- keyed hash of the code: a copy of the database enrolls nothing [ACC-16]
  token_hash  bytea not null unique,              -- of the random bits that the browser holds already; the device's once it is confirmed
  kind        text not null check (kind in ('board')),
  expires_at  timestamptz not null
);
create index enrollment_expires on access.enrollment (expires_at);
