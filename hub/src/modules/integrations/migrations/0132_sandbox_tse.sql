-- The sandbox of a German technical security device: it counts and signs as a real one does, and certifies nothing. Locks: none, it is new.
create table integrations.sandbox_tse (
  id            boolean primary key default true check (id),  -- one per installation
  private_jwk   jsonb not null,
  transactions  bigint not null default 0,
  signatures    bigint not null default 0
);
