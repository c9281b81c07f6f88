-- Archives of the journal, what is verified in the background, and the hub's own journal, which says what left the house and when.
-- Locks: none that matter, the tables are new.

-- The journal is read by day, and its newest entries first. A block range index costs a write nothing that can be measured.
create index fiscal_entry_by_day on till.fiscal_entry using brin (business_date);
create index fiscal_entry_by_time on till.fiscal_entry (received_at, register_id, chain, seq);

-- Numbers of a legal entity that the law wants on archives and exports, beside its name and VAT number.
create table till.fiscal_identity (
  entity_id       uuid primary key,
  company_number  text,                        -- SIRET in France
  activity_code   text,                        -- APE in France
  tax_number      text,                        -- Steuernummer in Germany
  changed_at      timestamptz not null
);

-- The hub's own journal per legal entity, in the form of a register's and signed by the hub's key: chain A archives, chain L exports.
create table till.hub_entry (
  entity_id      uuid not null,
  journal_seq    bigint not null check (journal_seq > 0),
  chain          text not null check (chain in ('A', 'L')),
  seq            bigint not null check (seq > 0),
  business_date  date not null,
  at             timestamptz not null,
  entry          jsonb not null,
  primary key (entity_id, journal_seq),
  constraint "ARC-5 a place in its chain" unique (entity_id, chain, seq)
);
create trigger append_only before update or delete on till.hub_entry for each row execute function till.refuse_change();
create trigger append_only_all before truncate on till.hub_entry for each statement execute function till.refuse_change();

create table till.fiscal_archive (
  id                 uuid primary key,
  entity_id          uuid not null,
  from_date          date not null,
  until_date         date not null,
  state              text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  expected           bigint not null,
  entries            bigint not null default 0,
  bytes              bigint,
  sha256             bytea,
  failure            text,
  requested_at       timestamptz not null,
  requested_by       uuid,
  ended_at           timestamptz,
  constraint "ARC-2 a year at most" check (until_date >= from_date and until_date < from_date + interval '1 year')
);
create index fiscal_archive_by_time on till.fiscal_archive (requested_at desc);

-- The file, part by part: any node of the hub can give it. Deleted after some days; the archive's row with its hash stays.
create table till.fiscal_archive_part (
  archive_id  uuid not null,
  part        integer not null,
  bytes       bytea not null,
  written_at  timestamptz not null,
  primary key (archive_id, part)
);

-- Verifications in the background: of one register, of an archive, or of the registers of some places.
create table till.journal_check (
  id            uuid primary key,
  register_id   uuid,
  archive_id    uuid references till.fiscal_archive on delete cascade,
  place_ids     uuid[],                        -- of those registers; null: of all
  state         text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  entries       bigint not null default 0,
  found         bigint not null default 0,
  continued     bigint not null default 0,
  findings      jsonb not null default '[]',
  failure       text,
  requested_at  timestamptz not null,
  requested_by  uuid,
  ended_at      timestamptz
);
create index journal_check_by_time on till.journal_check (requested_at desc);

-- What the technical security device of a German register made of each ticket: its transaction, or why there is none [ARC-6].
create table till.tse_signature (
  register_id   uuid not null references till.register,
  chain         text not null check (chain in ('T', 'X')),
  seq           bigint not null,
  process_type  text not null,
  process       text not null,
  transaction   jsonb,
  error         text,
  at            timestamptz not null,
  primary key (register_id, chain, seq),
  constraint "ARC-6 signed, or why not" check ((transaction is null) <> (error is null))
);
create trigger append_only before update or delete on till.tse_signature for each row execute function till.refuse_change();
