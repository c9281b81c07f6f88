import type { FiscalArchiveView, FiscalIdentityView, JournalCheckView, JournalRegisterView } from "@weft/contracts";
import type { EntityId, PlaceId, RegisterId, StaffId } from "@weft/kernel";
import { sql } from "kysely";
import { staffNames } from "../../access/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import { NEW_YEAR } from "../fiscal/index.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

type RegisterRow = Omit<JournalRegisterView, "placeName" | "heads" | "lastClosing" | "lastReceivedAt" | "lastManifest" | "lastSeenAt"> & {
  readonly heads:
    | readonly { chain: JournalRegisterView["heads"][number]["chain"]; seq: number; at: string; hash: string; isSigned: boolean }[]
    | null;
  readonly closing: { kind: string; businessDate: string; at: string } | null;
  readonly received: Date | null;
  readonly manifest: { toSeq: number; at: string } | null;
  readonly seen: Date | null;
};

/** Registers of some places, null for all, with the heads of their chains, their last closing, and what was refused of them. */
export async function journalRegisters(ctx: Reader, placeIds: readonly PlaceId[] | null): Promise<JournalRegisterView[]> {
  const { rows } = await sql<RegisterRow>`
    select r.id, r.name, r.code, r.place_id as "placeId", r.entity_id as "entityId", r.training, r.key_id as "keyId", r.last_seen_at as seen,
           heads.heads, heads.received, closing.closing, manifest.manifest,
           (select count(*)::integer from till.fiscal_defect d where d.register_id = r.id and d.settled_at is null) as defects
      from till.register r
      left join lateral (
        select jsonb_agg(jsonb_build_object('chain', c.chain, 'seq', h.seq, 'at', to_char(h.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                 'hash', encode(h.body_hash, 'hex'), 'isSigned', h.sig is not null) order by c.place) as heads, max(h.received_at) as received
          from unnest(array['T','P','I','B','G','L','A','C','X']) with ordinality as c (chain, place)
          cross join lateral (select e.seq, e.at, e.body_hash, e.sig, e.received_at from till.fiscal_entry e
                               where e.register_id = r.id and e.chain = c.chain order by e.seq desc limit 1) h) heads on true
      left join lateral (
        select jsonb_build_object('kind', e.kind, 'businessDate', e.business_date, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as closing
          from till.fiscal_entry e where e.register_id = r.id and e.chain = 'G' order by e.seq desc limit 1) closing on true
      left join lateral (
        select jsonb_build_object('toSeq', u.to_seq, 'at', to_char(u.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) as manifest
          from till.fiscal_upload u where u.register_id = r.id order by u.to_seq desc limit 1) manifest on true
     where r.retired_at is null and (${placeIds && [...placeIds]}::uuid[] is null or r.place_id = any(${placeIds && [...placeIds]}::uuid[]))
     order by r.name, r.id`.execute(ctx.db);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const named = rows.map(({ heads, closing, received, manifest, seen, ...row }) => ({
    ...row,
    placeName: places.get(row.placeId as PlaceId)?.name ?? "", // an id of places
    heads: [...(heads ?? [])],
    lastClosing: closing,
    lastReceivedAt: received?.toISOString() ?? null,
    lastManifest: manifest,
    lastSeenAt: seen?.toISOString() ?? null,
  }));
  return named.toSorted((a, b) => a.placeName.localeCompare(b.placeName) || a.name.localeCompare(b.name));
}

/** Whether a register belongs to some places; null for all. */
export async function isRegisterAt(
  ctx: Pick<ReadCtx, "db">,
  registerId: RegisterId,
  placeIds: readonly PlaceId[] | null,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from till.register where id = ${registerId}
       and (${placeIds && [...placeIds]}::uuid[] is null or place_id = any(${placeIds && [...placeIds]}::uuid[]))`.execute(ctx.db);
  return rows.length > 0;
}

type CheckRow = Omit<JournalCheckView, "requestedBy" | "requestedAt" | "endedAt"> & {
  readonly by: StaffId | null;
  readonly requested: Date;
  readonly ended: Date | null;
};

const CHECKS =
  sql.raw(`c.id, c.register_id as "registerId", c.archive_id as "archiveId", c.state, c.entries::float8, c.found::float8, c.continued::float8,
  c.findings, c.failure, c.requested_by as by, c.requested_at as requested, c.ended_at as ended`);
const MOST_SHOWN = 50;

/** Verifications, the newest first; staff of some places see those of their registers. */
export async function journalChecks(
  ctx: Reader,
  placeIds: readonly PlaceId[] | null,
  id: string | null = null,
): Promise<JournalCheckView[]> {
  const own = placeIds && [...placeIds];
  const { rows } = await sql<CheckRow>`
    select ${CHECKS} from till.journal_check c
     where (${id}::uuid is null or c.id = ${id}::uuid)
       and (${own}::uuid[] is null or c.place_ids <@ ${own}::uuid[]
            or exists (select from till.register r where r.id = c.register_id and r.place_id = any(${own}::uuid[])))
     order by c.requested_at desc limit ${MOST_SHOWN}`.execute(ctx.db);
  const names = await namesOf(ctx, rows);
  return rows.map(({ by, requested, ended, ...row }) => ({
    ...row,
    requestedBy: by && (names.get(by) ?? null),
    requestedAt: requested.toISOString(),
    endedAt: ended?.toISOString() ?? null,
  }));
}

async function namesOf(ctx: Reader, rows: readonly { readonly by: StaffId | null }[]): Promise<ReadonlyMap<StaffId, string>> {
  const ids = [...new Set(rows.flatMap(({ by }) => by ?? []))];
  return ids.length === 0 ? new Map() : staffNames(ctx, ids);
}

type ArchiveRow = Omit<FiscalArchiveView, "entityName" | "requestedBy" | "requestedAt" | "endedAt"> & {
  readonly by: StaffId | null;
  readonly requested: Date;
  readonly ended: Date | null;
};

/** Archives, the newest first. */
export async function fiscalArchives(ctx: Reader, id: string | null = null): Promise<FiscalArchiveView[]> {
  const { rows } = await sql<ArchiveRow>`
    select id, entity_id as "entityId", from_date as from, until_date as until, state, expected::float8, entries::float8, bytes::float8,
           encode(sha256, 'hex') as sha256, failure, state = 'done' and exists (select from till.fiscal_archive_part p where p.archive_id = a.id and p.part = 0) as "isKept", requested_by as by, requested_at as requested, ended_at as ended
      from till.fiscal_archive a where ${id}::uuid is null or id = ${id}::uuid order by requested_at desc limit ${MOST_SHOWN}`.execute(
    ctx.db,
  );
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const names = await namesOf(ctx, rows);
  return rows.map(({ by, requested, ended, ...row }) => ({
    ...row,
    entityName: entities.get(row.entityId as EntityId)?.name ?? "", // an id of places
    requestedBy: by && (names.get(by) ?? null),
    requestedAt: requested.toISOString(),
    endedAt: ended?.toISOString() ?? null,
  }));
}

/** What archives and exports say of the legal entities, by name. */
export async function fiscalIdentities(ctx: Reader): Promise<FiscalIdentityView[]> {
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const { rows } = await sql<{
    id: string;
    companyNumber: string | null;
    activityCode: string | null;
    taxNumber: string | null;
    yearStart: string;
  }>`
    select entity_id as id, company_number as "companyNumber", activity_code as "activityCode", tax_number as "taxNumber",
           year_start as "yearStart" from till.fiscal_identity`.execute(ctx.db);
  const known = new Map(rows.map((row) => [row.id, row]));
  return [...entities.values()].map(({ id, name, country, vatId }) => ({
    entityId: id,
    entityName: name,
    country,
    companyNumber: known.get(id)?.companyNumber ?? null,
    activityCode: known.get(id)?.activityCode ?? null,
    taxNumber: known.get(id)?.taxNumber ?? null,
    yearStart: known.get(id)?.yearStart ?? NEW_YEAR,
    vatId,
    exports: country === "DE" ? ["dsfinvk" as const] : [],
  }));
}
