import type { JournalChain, JournalClosingView, JournalEntryRowView, JournalEntryView } from "@weft/contracts";
import type { EntityId, PlaceId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { staffNames } from "../../access/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";

type Reader = Pick<ReadCtx, "db">;

/** Where a page goes on: behind this entry, the newest first. `receivedAt` as the database writes it, to the microsecond. */
export type EntryCursor = readonly [receivedAt: string, registerId: string, chain: string, seq: number];

export type WantedEntries = {
  readonly placeIds: readonly PlaceId[] | null;
  readonly registerId: string | null;
  readonly chain: JournalChain | null;
  readonly type: string | null;
  readonly day: string | null;
  readonly after: EntryCursor | null;
  readonly limit: number;
};

type Row = {
  readonly register_id: string;
  readonly register_name: string;
  readonly chain: JournalChain;
  readonly seq: number;
  readonly kind: string;
  readonly at: Date;
  readonly business_date: string;
  readonly time_zone: string;
  readonly number: string | null;
  readonly event: number | null;
  readonly total: number | null;
  readonly currency: string | null;
  readonly is_signed: boolean;
  readonly received: string;
};

const ROW = sql.raw(`e.register_id, r.name as register_name, e.chain, e.seq::float8, e.kind, e.at, e.business_date, e.time_zone,
  e.body #>> '{document,number}' as number, case when e.kind = 'event' then (e.body #>> '{document,code}')::integer end as event,
  case when jsonb_typeof(e.body #> '{document,total}') = 'number' then (e.body #>> '{document,total}')::float8 end as total,
  e.body #>> '{document,currency}' as currency, e.sig is not null as is_signed, e.received_at::text as received`);

/** Entries with what they are asked by, the newest first. */
export async function journalEntries(
  ctx: Reader,
  wanted: WantedEntries,
): Promise<{ readonly view: JournalEntryRowView; readonly cursor: EntryCursor }[]> {
  const { placeIds, registerId, chain, type, day, after, limit } = wanted;
  const own = placeIds && [...placeIds];
  const [received, register, afterChain, seq] = after ?? [null, null, null, null];
  const { rows } = await sql<Row>`
    select ${ROW} from till.fiscal_entry e join till.register r on r.id = e.register_id
     where (${own}::uuid[] is null or e.place_id = any(${own}::uuid[]))
       and (${registerId}::uuid is null or e.register_id = ${registerId}::uuid)
       and (${chain}::text is null or e.chain = ${chain}) and (${type}::text is null or e.kind = ${type})
       and (${day}::date is null or e.business_date = ${day}::date)
       and (${received}::timestamptz is null or (e.received_at, e.register_id, e.chain, e.seq) < (${received}::timestamptz, ${register}::uuid, ${afterChain}::text, ${seq}::bigint))
     order by e.received_at desc, e.register_id desc, e.chain desc, e.seq desc limit ${limit}`.execute(ctx.db);
  return rows.map((row) => ({ view: viewOf(row), cursor: [row.received, row.register_id, row.chain, row.seq] }));
}

function viewOf(row: Row): JournalEntryRowView {
  return {
    registerId: row.register_id,
    registerName: row.register_name,
    chain: row.chain,
    seq: row.seq,
    type: row.kind,
    at: row.at.toISOString(),
    businessDate: row.business_date,
    timeZone: row.time_zone,
    number: row.number,
    event: row.event,
    total: row.total === null || row.currency === null ? null : { amount: row.total, currency: row.currency },
    isSigned: row.is_signed,
  };
}

type WholeRow = Row & {
  readonly place_id: string;
  readonly entity_id: string;
  readonly operator_id: StaffId | null;
  readonly received_at: Date;
  readonly software_version: string | null;
  readonly payload: string | null;
  readonly body_hash: string;
  readonly previous: string;
  readonly sig: string | null;
  readonly key_id: string | null;
  readonly document: Record<string, unknown> | null;
  readonly has_next: boolean;
};

/** One entry whole; undefined where there is none, or at another place. */
export async function journalEntry(
  ctx: Reader,
  { registerId, chain, seq }: { readonly registerId: string; readonly chain: JournalChain; readonly seq: number },
  placeIds: readonly PlaceId[] | null,
): Promise<JournalEntryView | undefined> {
  const own = placeIds && [...placeIds];
  const { rows } = await sql<WholeRow>`
    select ${ROW}, e.place_id, e.entity_id, e.operator_id, e.received_at, e.software_version, e.payload, encode(e.body_hash, 'hex') as body_hash,
           coalesce(e.prev_sig, encode(e.prev_hash, 'hex')) as previous, e.sig, e.key_id, e.body -> 'document' as document,
           exists (select from till.fiscal_entry n where n.register_id = e.register_id and n.chain = e.chain and n.seq = e.seq + 1) as has_next
      from till.fiscal_entry e join till.register r on r.id = e.register_id
     where e.register_id = ${registerId} and e.chain = ${chain} and e.seq = ${seq}
       and (${own}::uuid[] is null or e.place_id = any(${own}::uuid[]))`.execute(ctx.db);
  const [row] = rows;
  if (!row) return undefined;
  const operator = row.operator_id && (await staffNames(ctx, [row.operator_id])).get(row.operator_id);
  return {
    ...viewOf(row),
    placeId: row.place_id,
    entityId: row.entity_id,
    operatorName: operator ?? null,
    receivedAt: row.received_at.toISOString(),
    softwareVersion: row.software_version,
    payload: row.payload,
    bodyHash: row.body_hash,
    previous: row.previous,
    signature: row.sig,
    keyId: row.key_id,
    document: row.document ?? {},
    hasPrevious: row.seq > 1,
    hasNext: row.has_next,
  };
}

type ClosingRow = Pick<
  Row,
  "register_id" | "register_name" | "chain" | "seq" | "kind" | "at" | "business_date" | "time_zone" | "received"
> & {
  readonly net: number;
  readonly perpetual: number | null;
  readonly currency: string | null;
  readonly entity_id: EntityId;
};

/** Closings, the newest first: those that registers signed, and the counts of drawers that the hub logged for registers without a key. */
export async function journalClosings(
  ctx: Pick<ReadCtx, "db" | "snapshots">,
  { placeIds, registerId, after, limit }: Pick<WantedEntries, "placeIds" | "registerId" | "after" | "limit">,
): Promise<{ readonly view: JournalClosingView; readonly cursor: EntryCursor }[]> {
  const own = placeIds && [...placeIds];
  const [received, register, chain, seq] = after ?? [null, null, null, null];
  const { rows } = await sql<ClosingRow>`
    select e.register_id, r.name as register_name, e.chain, e.seq::float8, e.kind, e.at, e.business_date, e.time_zone, e.received_at::text as received,
           coalesce((e.body #>> '{document,totals,net}')::float8, (e.body #>> '{document,sales,total,amount}')::float8, 0) as net,
           (e.body #>> '{document,perpetual,net}')::float8 as perpetual,
           e.body #>> '{document,currency}' as currency, e.entity_id
      from till.fiscal_entry e join till.register r on r.id = e.register_id
     where (e.chain = 'G' or e.kind = 'shift.close')
       and (${own}::uuid[] is null or e.place_id = any(${own}::uuid[]))
       and (${registerId}::uuid is null or e.register_id = ${registerId}::uuid)
       and (${received}::timestamptz is null or (e.received_at, e.register_id, e.chain, e.seq) < (${received}::timestamptz, ${register}::uuid, ${chain}::text, ${seq}::bigint))
     order by e.received_at desc, e.register_id desc, e.chain desc, e.seq desc limit ${limit}`.execute(ctx.db);
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  // A closing sums tickets in the currency of their legal entity, and does not say it again.
  const currencyOf = (row: ClosingRow): string => row.currency ?? entities.get(row.entity_id)?.currency ?? "EUR";
  return rows.map((row) => ({ view: closingOf(row, currencyOf(row)), cursor: [row.received, row.register_id, row.chain, row.seq] }));
}

function closingOf(row: ClosingRow, currency: string): JournalClosingView {
  const { register_id: registerId, register_name: registerName, chain, seq, perpetual } = row;
  return {
    registerId,
    registerName,
    chain,
    seq,
    kind: row.kind === "day" || row.kind === "month" || row.kind === "year" ? row.kind : "shift",
    at: row.at.toISOString(),
    businessDate: row.business_date,
    timeZone: row.time_zone,
    net: { amount: row.net, currency },
    perpetual: perpetual === null ? null : { amount: perpetual, currency },
  };
}
