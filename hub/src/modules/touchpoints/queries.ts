import type { ChannelKind, TimelineEntryView } from "@weft/contracts";
import type { ChannelId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { z } from "zod";
import { gathered, pageFrom, readCursor, type ReadCtx } from "../../platform/index.ts";
import { channelsSnapshot, type Channels } from "../channels/index.ts";
import { placesSnapshot, type Places } from "../places/index.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

export type TimelineQuery = {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly channelKind?: string | undefined;
  /** One kind; without it everything but what was only shown. */
  readonly kind?: string | undefined;
};

type Row = {
  readonly id: string;
  readonly at: Date;
  readonly recordId: RecordId;
  readonly kind: string;
  readonly name: string | null;
  readonly channelId: ChannelId | null;
  readonly placeId: PlaceId | null;
  readonly payload: Record<string, unknown>;
  readonly referenceKind: string | null;
  readonly referenceId: string | null;
  readonly shown: Record<string, unknown> | null;
  readonly journeyRef: string | null;
  readonly resend: { readonly id: string; readonly at: string; readonly because: ResendReason } | null;
};

type ResendReason = NonNullable<TimelineEntryView["resendOf"]>["because"];

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/**
 * Everything that happened to these records, newest first; of one moment the later taken in first [TCH-9]. One index scan per record, each
 * no longer than the page.
 */
export async function timelineOf(
  ctx: Reader,
  recordIds: readonly RecordId[],
  { limit, cursor, channelKind, kind }: TimelineQuery,
): Promise<{ items: TimelineEntryView[]; nextCursor: string | null }> {
  const [at, id] = readCursor(Cursor, cursor) ?? [null, null];
  const all = await ctx.snapshots.current(channelsSnapshot);
  const channelIds =
    channelKind === undefined ? null : [...all.channels.values()].flatMap((one) => (one.kind === channelKind ? [one.id] : []));
  const { rows } = await sql<Row>`
    select id, at, record_id as "recordId", kind, name, channel_id as "channelId", place_id as "placeId", payload,
           reference_kind as "referenceKind", reference_id as "referenceId", shown, journey_ref as "journeyRef", resend
      from touchpoints.timeline_page(${[...recordIds]}::uuid[], ${at}::timestamptz, ${id}::uuid, ${channelIds}::uuid[], ${kind ?? null}, ${limit + 1})
     order by at desc, id desc`.execute(ctx.db);
  const places = await ctx.snapshots.current(placesSnapshot);
  return pageFrom(rows, limit, present(all, places), (row) => [row.at.toISOString(), row.id]);
}

const present =
  ({ channels }: Channels, { places }: Places) =>
  (row: Row): TimelineEntryView => {
    const channel = row.channelId === null ? undefined : channels.get(row.channelId);
    return {
      id: row.id,
      at: row.at.toISOString(),
      kind: row.kind,
      name: row.name,
      channelKind: channel?.kind ?? "office",
      channelName: channel?.name ?? "",
      placeId: row.placeId,
      placeName: (row.placeId && places.get(row.placeId)?.name) ?? null,
      recordId: row.recordId,
      reference: row.referenceKind !== null && row.referenceId !== null ? { kind: row.referenceKind, id: row.referenceId } : null,
      data: row.payload,
      shown: row.shown,
      journeyRef: row.journeyRef,
      resendOf: row.resend && { ...row.resend, at: new Date(row.resend.at).toISOString() },
    };
  };

export type LastSeen = { readonly at: string; readonly channelKind: ChannelKind; readonly placeName: string | null };

/** When and where these people were last active themselves; what was done to them does not count. Null when they never were. */
export async function lastSeenOf(ctx: Reader, recordIds: readonly RecordId[]): Promise<LastSeen | null> {
  const seen = await Promise.all(recordIds.map((recordId) => lastTouchOf(ctx, recordId)));
  const row = seen.reduce((last, one) => (one && (!last || one.at > last.at) ? one : last), undefined);
  if (!row) return null;
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const channel = row.channelId && channels.get(row.channelId);
  if (!channel) return null;
  return { at: row.at.toISOString(), channelKind: channel.kind, placeName: (row.placeId && places.get(row.placeId)?.name) ?? null };
}

type LastTouch = { readonly at: Date; readonly channelId: ChannelId | null; readonly placeId: PlaceId | null };

/** The newest thing that a record's person did; records that are asked for at the same time share a statement. */
const lastTouchOf: (ctx: Reader, recordId: RecordId) => Promise<LastTouch | undefined> = gathered(lastTouches);

async function lastTouches(ctx: Reader, recordIds: readonly RecordId[]): Promise<Map<RecordId, LastTouch>> {
  const { rows } = await sql<LastTouch & { id: RecordId }>`
    select record_id as id, at, channel_id as "channelId", place_id as "placeId"
      from touchpoints.last_touches(${[...recordIds]}::uuid[], ${NOT_THEIR_DOING}::text[])`.execute(ctx.db);
  return new Map(rows.map(({ id, ...touch }) => [id, touch]));
}

const NOT_THEIR_DOING: string[] = ["message", "ready", "linked", "unlinked", "points_taken_back"];

/**
 * What these people did, oldest first: for portability, and for comparing before a merge and after its undoing. That records were merged
 * and parted is itself a later part of the story, and none of it.
 */
export async function touchpointsOf(ctx: Pick<ReadCtx, "db">, recordIds: readonly RecordId[]): Promise<unknown> {
  const { rows } = await sql`
    select record_id as "recordId", occurred_at as at, kind, name, channel_id as "channelId", place_id as "placeId", payload as data,
           reference_kind as "referenceKind", reference_id as "referenceId", shown
      from touchpoints.touchpoint
     where record_id = any(${[...recordIds]}::uuid[]) and kind not in ('linked', 'unlinked') order by occurred_at, id`.execute(ctx.db);
  return rows;
}
