import type { EntityId, RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import type { Db, ReadCtx, Signer as HubSigner } from "../../../platform/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { NEW_YEAR, NOTHING, type Chain, type Head } from "../fiscal/index.ts";
import { registerKeys } from "../journal/rows.ts";
import type { ArchiveBase, ArchivedRegister, ArchivePeriod } from "./format.ts";
import { HUB_CODE, hubEntries, publicKeyOf, whereItStands, type HubJournal } from "./hub-journal.ts";
import { entriesOf, type Range } from "./read-entries.ts";
import { witnessesOf } from "./witnesses.ts";
import type { ArchiveSource } from "./write-archive.ts";

export type WantedArchive = { readonly id: string; readonly entityId: EntityId; readonly period: ArchivePeriod; readonly madeAt: Date };

/** Everything that an archive holds, ready to be read: the registers with where each chain begins and ends, and how many entries that is. */
export async function gatherArchive(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  { signer: hub, softwareVersion }: HubJournal,
  { id, entityId, period, madeAt }: WantedArchive,
): Promise<{ readonly source: ArchiveSource; readonly expected: number }> {
  const { entities, places } = await ctx.snapshots.current(placesSnapshot);
  const entity = entities.get(entityId);
  if (!entity) throw new Error(`legal entity ${entityId} is unknown`);
  const registers = await registersIn(ctx.db, entityId, period);
  const own = await hubEntries(ctx, entityId, period);
  const archived = await Promise.all(registers.map((register) => archivedRegister(ctx.db, register, period)));
  const expected = registers.flatMap(({ ranges }) => [...ranges.values()]).reduce((sum, { from, to }) => sum + to - from + 1, own.length);
  const stores = new Set(registers.map(({ placeId }) => placeId));
  const source: ArchiveSource = {
    id,
    entity: {
      ...(await identityOf(ctx.db, entityId)),
      id: entityId,
      name: entity.name,
      country: entity.country,
      vatId: entity.vatId,
      address: entity.address,
    },
    period,
    madeAt,
    softwareVersion,
    places: [...places.values()]
      .filter((place) => stores.has(place.id))
      .map((place) => ({ id: place.id, name: place.name, code: place.code, address: place.address })),
    registers: own.length > 0 ? [...archived, await hubRegister(ctx, hub, entityId, period, own)] : archived,
    async *entries(chain) {
      for (const { id: registerId, ranges } of registers) {
        const range = ranges.get(chain);
        if (range) yield* entriesOf(ctx.db, registerId, chain, range);
      }
      const ofHub = own.filter((entry) => entry.chain === chain);
      if (ofHub.length > 0) yield ofHub;
    },
    witnesses: () =>
      witnessesOf(
        ctx.db,
        registers.map((register) => register.id),
        period,
      ),
  };
  return { source, expected };
}

export async function identityOf(db: Db, entityId: EntityId) {
  const { rows } = await sql<{ companyNumber: string | null; activityCode: string | null; taxNumber: string | null; yearStart: string }>`
    select company_number as "companyNumber", activity_code as "activityCode", tax_number as "taxNumber", year_start as "yearStart"
      from till.fiscal_identity where entity_id = ${entityId}`.execute(db);
  return rows[0] ?? { companyNumber: null, activityCode: null, taxNumber: null, yearStart: NEW_YEAR };
}

type RegisterIn = {
  readonly id: RegisterId;
  readonly code: string;
  readonly name: string;
  readonly placeId: string;
  readonly training: boolean;
  readonly ranges: ReadonlyMap<Chain, Range>;
};

/**
 * The registers that wrote in a period, with the numbers of each chain: from the first entry of its first day to the last of its last, all
 * between included, also where a clock went back.
 */
async function registersIn(db: Db, entityId: EntityId, { from, until }: ArchivePeriod): Promise<RegisterIn[]> {
  const { rows } = await sql<Omit<RegisterIn, "ranges"> & { chain: Chain; low: number; high: number }>`
    select r.id, r.code, r.name, r.place_id as "placeId", r.training, e.chain, min(e.seq)::float8 as low, max(e.seq)::float8 as high
      from till.fiscal_entry e join till.register r on r.id = e.register_id
     where e.entity_id = ${entityId} and e.business_date between ${from} and ${until}
     group by r.id, e.chain order by r.code, r.id, e.chain`.execute(db);
  const found = new Map<RegisterId, RegisterIn & { ranges: Map<Chain, Range> }>();
  for (const { chain, low, high, ...register } of rows) {
    const own = found.get(register.id) ?? { ...register, ranges: new Map<Chain, Range>() };
    own.ranges.set(chain, { from: low, to: high });
    found.set(register.id, own);
  }
  return [...found.values()];
}

async function archivedRegister(
  db: Db,
  { id, code, name, placeId, training, ranges }: RegisterIn,
  period: ArchivePeriod,
): Promise<ArchivedRegister> {
  const keys = await registerKeys({ db }, id);
  const heads: Partial<Record<Chain, Head>> = {};
  for (const [chain, { to }] of ranges) {
    const head = await headAt(db, id, chain, to);
    if (head) heads[chain] = head;
  }
  return { id, code, name, placeId, training, keys, base: await baseOf(db, id, ranges, period), heads };
}

async function headAt(db: Db, registerId: RegisterId, chain: Chain, seq: number): Promise<Head | undefined> {
  const { rows } = await sql<Head>`
    select seq::float8, coalesce(sig, encode(body_hash, 'hex')) as sig from till.fiscal_entry
     where register_id = ${registerId} and chain = ${chain} and seq <= ${seq} order by seq desc limit 1`.execute(db);
  return rows[0];
}

/** What stands before the first entry of each chain, and what closings begin there. */
async function baseOf(db: Db, registerId: RegisterId, ranges: ReadonlyMap<Chain, Range>, { from }: ArchivePeriod): Promise<ArchiveBase> {
  const heads: Partial<Record<Chain, Head>> = {};
  for (const [chain, range] of ranges) {
    const head = await headAt(db, registerId, chain, range.from - 1);
    if (head) heads[chain] = head;
  }
  // Closings of a time without tickets say after which ticket they came.
  const ticket = ranges.has("T") ? undefined : await lastTicketBefore(db, registerId, from);
  if (ticket) heads.T = ticket;
  return {
    heads,
    journal: await journalBefore(db, registerId, ranges),
    ...(await closedBefore(db, registerId, ranges, heads.T?.seq ?? 0)),
  };
}

async function lastTicketBefore(db: Db, registerId: RegisterId, day: string): Promise<Head | undefined> {
  const { rows } = await sql<Head>`
    select seq::float8, coalesce(sig, encode(body_hash, 'hex')) as sig from till.fiscal_entry
     where register_id = ${registerId} and chain = 'T' and business_date < ${day} order by seq desc limit 1`.execute(db);
  return rows[0];
}

/** The signed entry before the first one of the archive. */
async function journalBefore(db: Db, registerId: RegisterId, ranges: ReadonlyMap<Chain, Range>): Promise<Head> {
  const firsts = [...ranges].map(([chain, { from }]) => sql`(${chain}, ${from}::bigint)`);
  if (firsts.length === 0) return NOTHING;
  const { rows } = await sql<{ seq: number; sig: string }>`
    select b.journal_seq::float8 as seq, b.sig from till.fiscal_entry b
     where b.register_id = ${registerId} and b.journal_seq = (
       select min(e.journal_seq) - 1 from till.fiscal_entry e
         join (values ${sql.join(firsts)}) as first (chain, seq) on first.chain = e.chain and e.seq >= first.seq
        where e.register_id = ${registerId} and e.journal_seq is not null)`.execute(db);
  return rows[0] ?? NOTHING;
}

/** Kinds of closing that the archive begins with: the last one before it covers every ticket before it. */
async function closedBefore(
  db: Db,
  registerId: RegisterId,
  ranges: ReadonlyMap<Chain, Range>,
  tickets: number,
): Promise<Pick<ArchiveBase, "opened" | "perpetual">> {
  const first = ranges.get("G")?.from ?? Number.MAX_SAFE_INTEGER;
  const { rows } = await sql<{ kind: "shift" | "day" | "month" | "year"; to: number; perpetual: ArchiveBase["perpetual"]; seq: number }>`
    select distinct on (kind) kind, (body #>> '{document,tickets,to}')::float8 as to, body #> '{document,perpetual}' as perpetual, seq::float8
      from till.fiscal_entry where register_id = ${registerId} and chain = 'G' and seq < ${first} order by kind, seq desc`.execute(db);
  const closed = new Map(rows.map((row) => [row.kind, row]));
  // Nothing at all before: everything begins here. A journal that was hashed before it was signed begins its sums with its first signed ticket.
  const signed = await firstSigned(db, registerId);
  const isBeginning = signed === null || tickets <= signed - 1;
  const opened = Object.fromEntries(
    (["shift", "day", "month", "year"] as const).flatMap((kind) => {
      const to = closed.get(kind)?.to ?? (isBeginning ? (signed ?? 1) - 1 : undefined);
      return to !== undefined && to === tickets ? [[kind, { afterTicket: to }]] : [];
    }),
  );
  const last = rows.toSorted((a, b) => b.seq - a.seq)[0];
  if (!last) return { opened, perpetual: isBeginning ? { count: 0, net: 0, absolute: 0, byRate: {} } : null };
  return { opened, perpetual: last.to === tickets ? last.perpetual : null };
}

/** The number of the first ticket that the register signed, or of the one that it will. */
async function firstSigned(db: Db, registerId: RegisterId): Promise<number | null> {
  const { rows } = await sql<{ seq: number | null }>`
    select coalesce(min(seq) filter (where sig is not null), max(seq) + 1)::float8 as seq
      from till.fiscal_entry where register_id = ${registerId} and chain = 'T'`.execute(db);
  return rows[0]?.seq ?? null;
}

async function hubRegister(
  ctx: Pick<ReadCtx, "db">,
  hub: HubSigner,
  entityId: EntityId,
  period: ArchivePeriod,
  own: Awaited<ReturnType<typeof hubEntries>>,
): Promise<ArchivedRegister> {
  const { base } = await whereItStands(ctx, entityId, period.from);
  const heads: Partial<Record<Chain, Head>> = {};
  for (const { chain, seq, sig } of own) heads[chain] = { seq, sig };
  const key = { keyId: hub.publicKeys.keys[0]?.kid ?? "", publicKey: publicKeyOf(hub), fromJournalSeq: 1, lost: false };
  return {
    id: entityId,
    code: HUB_CODE,
    name: "Hub",
    placeId: null,
    training: false,
    keys: [key],
    base: { heads: base.heads, journal: base.journal, opened: {}, perpetual: null },
    heads,
  };
}
