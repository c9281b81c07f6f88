-- What happens at a counter: registers with their command counter, shifts with their cash, and the journal that nobody can change.
-- Locks: none that matter, the tables are new. Ids of other modules, no foreign key: those stay inside a schema.

create table till.register (
  id            uuid primary key,
  place_id      uuid not null,
  entity_id     uuid not null,
  channel_id    uuid,                        -- a pilot's channel; null: that of the place
  code          text not null unique,        -- what its receipt numbers begin with
  name          text not null,
  training      boolean not null default false,
  last_seq      integer not null default 0 check (last_seq >= 0),
  last_seen_at  timestamptz,
  unsent        integer not null default 0 check (unsent >= 0),  -- acts that it still had in its outbox when it last sent some
  key_id        text,                        -- with a key it signs its own journal [JRN-7]; null: the hub writes its entries
  created_at    timestamptz not null,
  retired_at    timestamptz
) with (fillfactor = 70);
create index register_of_place on till.register (place_id);

-- Every act of a till with the answer it was given. Never expires: tills come back after weeks [TIL-1].
create table till.command (
  command_id    uuid primary key,
  register_id   uuid not null references till.register,
  seq           integer not null check (seq > 0),
  schema        integer not null,
  kind          text not null,
  at            timestamptz,                 -- by the till's clock; null when it could not be read
  received_at   timestamptz not null,
  staff_id      uuid,
  body_hash     bytea not null,
  outcome       text not null check (outcome in ('done', 'refused', 'quarantined')),
  answer        jsonb not null,
  constraint "TIL-2 one command per register and number" unique (register_id, seq)
);

create table till.shift (
  id              uuid primary key,
  register_id     uuid not null references till.register,
  entity_id       uuid not null,
  place_id        uuid not null,
  channel_id      uuid,
  business_date   date not null,
  time_zone       text not null,
  currency        text not null,
  opened_at       timestamptz not null,
  opened_by       uuid,
  opened_by_name  text not null,
  float_amount    bigint not null check (float_amount >= 0),
  closed_at       timestamptz,
  closed_by       uuid,
  closed_by_name  text,
  counted_lines   jsonb,
  expected        bigint,
  counted         bigint,
  difference      bigint generated always as (counted - expected) stored,
  constraint "TIL-4 told after the count" check ((closed_at is null) = (counted is null) and (closed_at is null) = (expected is null))
);
create unique index "TIL-3 one open shift per register" on till.shift (register_id) where closed_at is null;
create index shift_of_register on till.shift (register_id, opened_at desc);
create index shift_of_place on till.shift (place_id, opened_at desc);

-- What moved the drawer. The cash expected in it is the sum of the amounts.
create table till.cash_event (
  id             uuid primary key,
  shift_id       uuid not null references till.shift,
  register_id    uuid not null references till.register,
  kind           text not null check (kind in ('float', 'sale', 'return', 'in', 'out', 'drawer', 'rounding', 'deposit', 'tip')),
  amount         bigint not null,
  reason         text,
  order_id       uuid,
  staff_id       uuid,
  at             timestamptz not null,
  entity_id      uuid not null,
  place_id       uuid not null,
  channel_id     uuid,
  business_date  date not null,
  time_zone      text not null,
  constraint "TIL-5 the sign follows the kind"
    check (case kind when 'out' then amount < 0 when 'return' then amount < 0 when 'deposit' then amount < 0 when 'drawer' then amount = 0
                     when 'rounding' then amount <> 0 when 'tip' then amount > 0 else amount >= 0 end)
);
create index cash_event_of_shift on till.cash_event (shift_id);

-- What a register took money for: a sale, or an order of another channel that was paid at its hand-over; and what it gave back for goods that
-- came back, as a negative amount. Goods that come back and goods that go out on one ticket: its total is the difference.
create table till.sale (
  command_id          uuid primary key,
  order_id            uuid,                        -- null for goods that came back without any proof [TIL-17]
  shift_id            uuid not null references till.shift,
  register_id         uuid not null references till.register,
  chain               text not null check (chain in ('T', 'X')),
  seq                 bigint,                      -- with its number: given with its entry, which a register that signs makes itself [JRN-9]
  number              text unique,
  kind                text not null check (kind in ('sale', 'collection', 'return', 'exchange')),
  at                  timestamptz not null,
  total               bigint not null,
  cash                bigint not null,
  card                bigint not null,
  rounding            bigint not null default 0,  -- what the rounding of cash added to `cash` in the drawer, or took off it [TIL-18]
  tip                 bigint not null default 0,  -- given to the staff on top of `total`, by cash and cards [TIL-16]
  tip_cash            bigint not null default 0,
  stored              bigint not null default 0,  -- by store credit or gift cards: it moves neither the drawer nor a card
  return_id           uuid,
  -- Given beyond what is booked: for goods that had come back before at another counter, a cent of a share more or less [TIL-51].
  lost                bigint not null default 0,
  customer_reference  uuid not null,
  receipt_hash        bytea,                       -- of what opens its e-receipt [TIL-23]; null where the till showed none
  table_name          text,                        -- where its guests sat [TBL-14]; null: at the counter
  constraint "TIL-6 a ticket is what was paid for it" check (total = cash + card + stored),
  constraint "JRN-9 numbered with its entry" check ((seq is null) = (number is null)),
  constraint "TIL-16 a tip comes with a payment"
    check (tip_cash between 0 and tip and (tip = 0 or kind in ('sale', 'collection'))),
  constraint "TIL-12 a return's ticket gives back"
    check ((kind in ('return', 'exchange')) = (return_id is not null) and (kind <> 'return' or (cash <= 0 and card <= 0))),
  constraint "TIL-17 what has no order came back" check (order_id is not null or (kind = 'return' and cash = 0 and card = 0))
);
create index sale_of_order on till.sale (order_id);
create index sale_of_shift on till.sale (shift_id);
-- Not unique: no sale is refused because a till used a token twice; the first sale keeps it.
create index sale_of_receipt on till.sale (receipt_hash) where receipt_hash is not null;

-- Deposits given back for empties that came alone: no order is known of them. Each is a ticket of its own with negative amounts [TIL-14].
create table till.empties (
  command_id     uuid primary key,
  shift_id       uuid not null references till.shift,
  register_id    uuid not null references till.register,
  chain          text not null check (chain in ('T', 'X')),
  seq            bigint,
  number         text unique,
  at             timestamptz not null,
  lines          jsonb not null,                      -- code, quantity, each and total of every deposit
  total          bigint not null constraint "TIL-14 a deposit goes back" check (total > 0),
  rounding       bigint not null default 0,
  currency       text not null,
  entity_id      uuid not null,
  place_id       uuid not null,
  channel_id     uuid,
  business_date  date not null,
  time_zone      text not null,
  constraint "JRN-9 numbered with its entry" check ((seq is null) = (number is null))
);
create index empties_of_shift on till.empties (shift_id);

-- The journal: chains per register. T tickets, P payments, I invoices, B bills, G grand totals, L log, A archives, C copies, X training.
-- `body_hash` is the SHA-256 of the canonical JSON (RFC 8785) of `body`. What the hub writes holds in its body the number and the hash of the
-- entry before, so one changed byte shows in that entry and in all that follow [JRN-1]; what a register signed is linked by signatures, and
-- has the columns from `journal_seq` on [JRN-7].
create table till.fiscal_entry (
  register_id       uuid not null references till.register,
  chain             text not null check (chain in ('T', 'P', 'I', 'B', 'G', 'L', 'A', 'C', 'X')),
  seq               bigint not null check (seq > 0),
  id                uuid not null,
  kind              text not null,
  at                timestamptz not null,
  received_at       timestamptz not null,
  entity_id         uuid not null,
  place_id          uuid not null,
  channel_id        uuid,
  business_date     date not null,
  time_zone         text not null,
  operator_id       uuid,
  body              jsonb not null,
  body_hash         bytea not null,
  prev_hash         bytea,
  journal_seq       bigint check (journal_seq > 0),  -- over all chains of the register, without a gap
  ts                text,                            -- the register's clock with its offset, as it was signed
  register_code     text,
  software_version  text,
  payload           text,                            -- the signed string
  prev_sig          text,
  journal_prev_sig  text,
  key_id            text,
  sig               text,
  primary key (register_id, chain, seq),
  constraint "JRN-7 signed or hashed"
    check ((sig is null) = (prev_hash is not null)
       and num_nonnulls(journal_seq, ts, register_code, software_version, payload, prev_sig, journal_prev_sig, key_id, sig) in (0, 9))
);

-- Corrections are further entries [JRN-2].
create function till.refuse_change() returns trigger
language plpgsql as $$
begin
  raise exception 'JRN-2: the journal is append-only';
end $$;
create trigger append_only before update or delete on till.fiscal_entry for each row execute function till.refuse_change();
create trigger append_only_all before truncate on till.fiscal_entry for each statement execute function till.refuse_change();

-- Whose a document is. The journal knows the reference only, so erasing here leaves every entry as it is [JRN-3].
create table till.document_customer (
  reference  uuid primary key,
  record_id  uuid not null
);
create index document_customer_of_record on till.document_customer (record_id);

-- Customers whom staff opened during a shift, to count those without a sale.
create table till.customer_opening (
  opening_id  uuid primary key,
  shift_id    uuid not null references till.shift,
  record_id   uuid,
  at          timestamptz not null
);
create index customer_opening_of_shift on till.customer_opening (shift_id);
create index customer_opening_of_record on till.customer_opening (record_id);

-- Tickets that wait, for every till of their store.
create table till.parked_ticket (
  cart_id      uuid primary key,               -- [TIL-11] whoever deletes the row has the ticket
  place_id     uuid not null,
  channel_id   uuid not null,
  device_id    uuid not null,
  device_name  text not null,
  parked_at    timestamptz not null
);
create index parked_here on till.parked_ticket (place_id, channel_id, parked_at);

-- The receipt that an order got at a register, for the order's own page: what was given when goods came back is another document.
create view till.read_receipt as
  select distinct on (s.order_id) s.order_id, s.number, s.register_id, r.name as register_name, s.at
  from till.sale s join till.register r on r.id = s.register_id
  where s.kind <> 'return' and s.number is not null
  order by s.order_id, s.at desc;
comment on view till.read_receipt is 'not null: order_id, number, register_id, register_name, at';

-- How each register stands: its open shift, the last one that was closed, when it was heard and what it still had to send. Without
-- training.
create view till.read_register as
  select r.id, r.place_id, r.name, r.last_seen_at, r.unsent,
         o.opened_at, o.opened_by_name, o.business_date as open_since_date,
         c.closed_at, c.difference, c.currency
    from till.register r
    left join till.shift o on o.register_id = r.id and o.closed_at is null
    left join lateral (select s.closed_at, s.difference, s.currency from till.shift s
                        where s.register_id = r.id and s.closed_at is not null order by s.opened_at desc limit 1) c on true
   where r.retired_at is null and not r.training;
comment on view till.read_register is 'not null: id, place_id, name, unsent';
