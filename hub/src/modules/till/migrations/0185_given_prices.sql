-- Prices that staff gave by hand at a till, by the line that they are for [TIL-57]: a sale that a register made by itself is held against them when it
-- comes. The journal has the act itself. Locks: none that matter, the table is new.
create table till.given_price (
  command_id   uuid not null,
  line_id      uuid not null,                 -- of the ticket
  register_id  uuid not null references till.register,
  quantity     integer not null check (quantity > 0),
  unit_price   jsonb not null,
  is_covered   boolean not null,              -- whether somebody stood behind it who may
  primary key (line_id, command_id)
);
