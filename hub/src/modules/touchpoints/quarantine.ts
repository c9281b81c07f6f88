import type { QuarantinedItem } from "@weft/contracts";
import { err, newId, ok, type ChannelId, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { pageFrom, readCursor, type Ctx, type ReadCtx } from "../../platform/index.ts";
import type { TouchpointError } from "./errors.ts";

export type QuarantineId = Id<"quarantined item">;
type View = z.infer<typeof QuarantinedItem>;

/** Something that could not be processed, as it came. */
export type QuarantineItem = {
  /** Says who takes it when it is given again: `intake`, `import.order_line`, `till.command`… */
  readonly kind: string;
  readonly channelId: ChannelId | null;
  readonly recordId?: RecordId | null;
  /** A stable code. */
  readonly reason: string;
  readonly detail?: string | null;
  readonly raw: string;
  /** What the handler needs beside the raw text. No personal values. */
  readonly context?: Readonly<Record<string, unknown>>;
};

/** Takes one item again, in the transaction of the replay. An error leaves it waiting, with the new reason. */
export type QuarantineHandler = (
  ctx: Ctx,
  item: { readonly raw: string; readonly channelId: ChannelId | null; readonly context: Readonly<Record<string, unknown>> },
) => Promise<Result<unknown, { readonly code: string; readonly detail?: string | null }>>;

/** What a till did and nobody has booked or set aside: money changed hands, so it stays until somebody has decided. */
const TILL_ACT = "till.command";
/** Days after which raw input is deleted, whatever became of it. */
export const QUARANTINE_DAYS = 30;
const MOST_RAW = 200_000;

/** Puts aside what could not be processed; nothing is lost and nobody is stopped [TCH-6]. Answers its id. */
export async function quarantine(ctx: Pick<Ctx, "db">, item: QuarantineItem): Promise<QuarantineId> {
  const [id] = await quarantineAll(ctx, [item]);
  if (!id) throw new Error("the item was not written");
  return id;
}

/** Many at once, in one statement. */
export async function quarantineAll({ db }: Pick<Ctx, "db">, items: readonly QuarantineItem[]): Promise<QuarantineId[]> {
  if (items.length === 0) return [];
  const ids = items.map(() => newId<QuarantineId>());
  const column = <T>(value: (item: QuarantineItem) => T): T[] => items.map(value);
  await sql`
    insert into touchpoints.quarantine (id, at, kind, channel_id, record_id, reason, detail, raw, context)
    select id, now(), kind, channel_id, record_id, reason, detail, raw, context from unnest(
      ${ids}::uuid[], ${column(({ kind }) => kind)}::text[], ${column(({ channelId }) => channelId)}::uuid[],
      ${column(({ recordId }) => recordId ?? null)}::uuid[], ${column(({ reason }) => reason)}::text[],
      ${column(({ detail }) => detail?.slice(0, 500) ?? null)}::text[], ${column(({ raw }) => storable(raw))}::text[],
      ${column(({ context }) => JSON.stringify(context ?? {}))}::jsonb[])
    as t (id, kind, channel_id, record_id, reason, detail, raw, context)`.execute(db);
  return ids;
}

/** A text column holds every character but this one. */
const storable = (raw: string): string => raw.slice(0, MOST_RAW).replaceAll("\0", "\uFFFD");

type Row = {
  readonly id: QuarantineId;
  readonly at: Date;
  readonly kind: string;
  readonly channelId: ChannelId | null;
  readonly reason: string;
  readonly detail: string | null;
  readonly raw: string;
  readonly context: Readonly<Record<string, unknown>>;
  readonly state: View["state"];
};

const COLUMNS = sql.raw(`id, at, kind, channel_id as "channelId", reason, detail, raw, context, state`);

export type QuarantineQuery = {
  readonly state: View["state"];
  readonly kind?: string | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

/** What could not be processed, newest first. */
export async function listQuarantine(
  ctx: Pick<ReadCtx, "db">,
  { state, kind, limit, cursor }: QuarantineQuery,
): Promise<{ items: View[]; nextCursor: string | null }> {
  const [before] = readCursor(z.tuple([z.uuid()]), cursor) ?? [null];
  const { rows } = await sql<Row>`
    select ${COLUMNS} from touchpoints.quarantine
     where state = ${state} and (${kind ?? null}::text is null or kind = ${kind ?? null}::text)
       and (${before}::uuid is null or id < ${before}::uuid)
     order by id desc limit ${limit + 1}`.execute(ctx.db);
  return pageFrom(rows, limit, present, (row) => [row.id]);
}

/**
 * Gives an item to its handler again, mended when `mended` is given. What fails again stays, with its new reason and the mended text; that
 * is no error of the one who asked. Errors: `quarantine.unknown`, `quarantine.not_waiting`, `quarantine.no_handler`.
 */
export async function replayItem(
  ctx: Ctx,
  handlers: Readonly<Record<string, QuarantineHandler>>,
  id: string,
  mended: string | undefined,
): Promise<Result<View, TouchpointError>> {
  const found = await lockWaiting(ctx, id);
  if (!found.ok) return found;
  const item = { ...found.value, raw: mended ?? found.value.raw };
  const handle = handlers[item.kind];
  if (!handle) return err({ code: "quarantine.no_handler", kind: item.kind });
  await sql`savepoint replay`.execute(ctx.db);
  const outcome = await handle(ctx, item);
  if (!outcome.ok) await sql`rollback to savepoint replay`.execute(ctx.db);
  const { rows } = await sql<Row>`
    update touchpoints.quarantine set raw = ${storable(item.raw)}, state = ${outcome.ok ? "replayed" : "waiting"},
      reason = ${outcome.ok ? item.reason : outcome.error.code}, detail = ${outcome.ok ? item.detail : (outcome.error.detail ?? null)},
      resolved_at = case when ${outcome.ok} then now() end, resolved_by = case when ${outcome.ok} then ${ctx.actor.staff?.id ?? null}::uuid end
    where id = ${id} returning ${COLUMNS}`.execute(ctx.db);
  return rows[0] ? ok(present(rows[0])) : err({ code: "quarantine.unknown" });
}

/** Puts an item aside for good. Errors: `quarantine.unknown`, `quarantine.not_waiting`. */
export async function discardItem(ctx: Ctx, id: string, note: string): Promise<Result<View, TouchpointError>> {
  const found = await lockWaiting(ctx, id);
  if (!found.ok) return found;
  const { rows } = await sql<Row>`
    update touchpoints.quarantine set state = 'discarded', note = ${note}, resolved_at = now(), resolved_by = ${ctx.actor.staff?.id ?? null}::uuid
     where id = ${id} returning ${COLUMNS}`.execute(ctx.db);
  return rows[0] ? ok(present(rows[0])) : err({ code: "quarantine.unknown" });
}

async function lockWaiting(ctx: Ctx, id: string): Promise<Result<Row, TouchpointError>> {
  const { rows } = await sql<Row>`select ${COLUMNS} from touchpoints.quarantine where id = ${id} for update`.execute(ctx.db);
  const [row] = rows;
  if (!row) return err({ code: "quarantine.unknown" });
  return row.state === "waiting" ? ok(row) : err({ code: "quarantine.not_waiting", state: row.state });
}

/** Deletes raw input that has been kept long enough, some at a time. Answers how many. */
export async function forgetQuarantine(ctx: Pick<Ctx, "db" | "now">, most: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    delete from touchpoints.quarantine where id = any(array(
      select id from touchpoints.quarantine
       where at < ${ctx.now}::timestamptz - make_interval(days => ${QUARANTINE_DAYS}::integer) and (kind <> ${TILL_ACT} or state <> 'waiting')
       limit ${most}))`.execute(ctx.db);
  return Number(numAffectedRows);
}

function present({ id, at, kind, channelId, reason, detail, raw, state }: Row): View {
  return { id, at: at.toISOString(), kind, channelId, reason, detail, raw, state };
}

/** What waits of these items, as it came, by its id: for whoever gives the bad lines of a file back. */
export async function waitingRaw(
  ctx: Pick<ReadCtx, "db">,
  ids: readonly QuarantineId[],
): Promise<Map<QuarantineId, { readonly raw: string; readonly reason: string; readonly detail: string | null }>> {
  const { rows } = await sql<{ id: QuarantineId; raw: string; reason: string; detail: string | null }>`
    select id, raw, reason, detail from touchpoints.quarantine where id = any(${[...ids]}::uuid[]) and state = 'waiting'`.execute(ctx.db);
  return new Map(rows.map(({ id, ...item }) => [id, item]));
}

/** Those of these items that are still there, whatever became of them. */
export async function keptItems(ctx: Pick<ReadCtx, "db">, ids: readonly QuarantineId[]): Promise<Set<QuarantineId>> {
  const { rows } = await sql<{ id: QuarantineId }>`select id from touchpoints.quarantine where id = any(${[...ids]}::uuid[])`.execute(
    ctx.db,
  );
  return new Set(rows.map(({ id }) => id));
}
