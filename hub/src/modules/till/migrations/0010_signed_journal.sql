-- What the hub keeps of registers that sign their journal themselves: their keys, their book as it folds it, what was refused, what they still
-- have to sign, their closings, and the root of each day over all of them.
-- Locks: none that matter, the tables are new.

-- An entry is found by its place in the whole journal of its register, too.
create unique index "JRN-7 one journal per register" on till.fiscal_entry (register_id, journal_seq) where journal_seq is not null;

-- Public keys, each valid from an entry on [JRN-8]. A lost one is replaced by a manager; the entries that it signed stay valid.
create table till.register_key (
  register_id       uuid not null references till.register,
  key_id            text not null,               -- its thumbprint (RFC 7638)
  public_key        jsonb not null,
  from_journal_seq  bigint not null check (from_journal_seq > 0),
  lost              boolean not null,            -- the key before it was lost
  enrolled_at       timestamptz not null,
  enrolled_by       uuid,
  device_id         uuid,
  primary key (register_id, key_id)
);

-- The hub's own fold of a register's entries: what the next one is held against [JRN-7].
create table till.register_book (
  register_id  uuid primary key references till.register,
  book         jsonb not null,
  at           timestamptz not null
) with (fillfactor = 70);

-- What a register that signs has not signed yet: documents that the hub made, because the sale needed it. A row goes with its entry.
create table till.unsigned_document (
  id           uuid primary key,
  register_id  uuid not null references till.register,
  command_id   uuid not null,
  kind         text not null,
  at           timestamptz not null,
  operator_id  uuid,
  document     jsonb not null
);
create index unsigned_of_register on till.unsigned_document (register_id, at);

-- Entries that were refused, whole, as evidence: a branch, a gap, another content than was signed [JRN-10].
create table till.fiscal_defect (
  id           uuid primary key,
  register_id  uuid not null references till.register,
  command_id   uuid,
  chain        text,
  seq          bigint,
  journal_seq  bigint,
  sig          text,
  code         text not null,
  detail       text not null,
  entry        jsonb not null,
  found_at     timestamptz not null,
  settled_at   timestamptz                       -- when the journal went on under a new key
);
create index fiscal_defect_of_register on till.fiscal_defect (register_id, found_at desc);
create trigger stays before delete on till.fiscal_defect for each row execute function till.refuse_change();

-- Closings as they were signed, to be added up without reading documents.
create table till.fiscal_total (
  register_id         uuid not null references till.register,
  period_kind         text not null check (period_kind in ('shift', 'day', 'month', 'year')),
  period_key          text not null,
  net                 bigint not null,
  absolute            bigint not null check (absolute >= abs(net)),
  perpetual_net       bigint not null,
  perpetual_absolute  bigint not null check (perpetual_absolute >= abs(perpetual_net)),
  by_rate             jsonb not null,
  closing_seq         bigint not null,           -- on chain G
  primary key (register_id, period_kind, period_key)
);
create trigger append_only before update or delete on till.fiscal_total for each row execute function till.refuse_change();

-- What a register said of the entries that it sent, so that it can be told whether all came [JRN-11].
create table till.fiscal_upload (
  register_id   uuid not null references till.register,
  from_seq      bigint not null check (from_seq > 0),
  to_seq        bigint not null,
  count         bigint not null,
  head_sig      text not null,
  key_id        text not null,
  manifest_sig  text not null,
  received_at   timestamptz not null,
  primary key (register_id, from_seq, to_seq),
  constraint "JRN-11 without a gap" check (count = to_seq - from_seq + 1)
);
create trigger append_only before update or delete on till.fiscal_upload for each row execute function till.refuse_change();

-- Once a day the Merkle root over what every register wrote since the day before, signed by the hub [JRN-12].
create table till.fiscal_root (
  day        date primary key,
  root       text not null,
  key_id     text not null,
  signature  bytea not null,
  made_at    timestamptz not null
);
create trigger append_only before update or delete on till.fiscal_root for each row execute function till.refuse_change();

create table till.fiscal_root_register (
  day          date not null references till.fiscal_root,
  register_id  uuid not null references till.register,
  since        jsonb not null,                   -- per chain the last entry that an earlier day holds
  heads        jsonb not null,                   -- per chain its last entry
  entries      text not null,                    -- Merkle root over those between
  primary key (day, register_id)
);
create trigger append_only before update or delete on till.fiscal_root_register for each row execute function till.refuse_change();
