-- What hangs at a till, as the till says: the office sees which device of which store is in trouble, and since when [TIL-65].
-- Locks: none that matter, the table is new.
create table till.equipment (
  register_id  uuid not null references till.register,
  kind         text not null check (kind in ('printer', 'scale', 'terminal', 'bridge', 'display')),
  name         text not null,
  way          text not null check (way in ('usb', 'serial', 'bridge', 'network', 'window')),
  problem      text,                           -- null: it works, as far as its till knows
  since        timestamptz not null,           -- when it began to work, or not to
  reported_at  timestamptz not null,
  primary key (register_id, kind)
);
