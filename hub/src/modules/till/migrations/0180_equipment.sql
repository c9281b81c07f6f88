-- What hangs at a till, as the till says: the office sees which device of which store is in trouble, and since when [TIL-65].
-- Locks: none that matter, the table is new.
create table till.equipment (
  register_id  uuid not null references till.register,
  kind         text not null check (kind in ('printer', 'scale', 'terminal', 'scanner', 'bridge', 'display')),
  name         text not null,
  way          text not null check (way in ('usb', 'serial', 'bridge', 'network', 'window')),
  problem      text,                           -- null: it works, as far as its till knows
  since        timestamptz not null,           -- when it began to work, or not to
  reported_at  timestamptz not null,
  test_id        uuid,                         -- the last page that the office asked its till to print [TIL-80]; of a printer only
  test_asked_at  timestamptz,
  test_ended_at  timestamptz,                  -- when the till said what became of it
  test_problem   text,                         -- null: it was printed
  primary key (register_id, kind)
);
