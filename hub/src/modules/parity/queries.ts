import type { ParityCheckView, ParityDifferenceView } from "@weft/contracts";
import type { ChannelId, PlaceId, ProductId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { channelsSnapshot } from "../channels/index.ts";
import { placesSnapshot } from "../places/index.ts";
import type { CheckId } from "./domain/index.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

type CheckRow = Omit<ParityCheckView, "askedAt" | "startedAt" | "endedAt"> & {
  readonly askedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
};

const CHECK = sql`id, cause, state, place_id as "placeId", asked_at as "askedAt", started_at as "startedAt", ended_at as "endedAt", done, total,
  compared, wrong, lagging, allowed, not_kept as "notKept"`;

const presentCheck = ({ askedAt, startedAt, endedAt, ...row }: CheckRow): ParityCheckView => ({
  ...row,
  askedAt: askedAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
});

/** Checks, newest first. */
export async function listChecks({ db }: Reader, after: readonly [string, string] | null, limit: number): Promise<ParityCheckView[]> {
  const [at, id] = after ?? [null, null];
  const { rows } = await sql<CheckRow>`
    select ${CHECK} from parity.run
     where ${at}::timestamptz is null or (date_trunc('milliseconds', asked_at), id) < (${at}::timestamptz, ${id}::uuid)
     order by date_trunc('milliseconds', asked_at) desc, id desc limit ${limit}`.execute(db);
  return rows.map(presentCheck);
}

export async function readCheck({ db }: Pick<Reader, "db">, id: CheckId): Promise<ParityCheckView | undefined> {
  const { rows } = await sql<CheckRow>`select ${CHECK} from parity.run where id = ${id}`.execute(db);
  return rows[0] && presentCheck(rows[0]);
}

/** What a check counted, the most first. */
export async function countsOf(ctx: Reader, id: CheckId) {
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  type Row = Pick<ParityDifferenceView, "window" | "attribute" | "verdict"> & { readonly channelId: ChannelId; readonly count: number };
  const { rows } = await sql<Row>`
    select window_kind as "window", channel_id as "channelId", attribute, verdict, n as count from parity.count
     where run_id = ${id} order by n desc, window_kind, channel_id, attribute, verdict`.execute(ctx.db);
  return rows.map((row) => ({ ...row, channelName: channels.get(row.channelId)?.name ?? "" }));
}

export type DifferenceFilter = {
  /** `open`: what is wrong or late. */
  readonly verdict: ParityDifferenceView["verdict"] | "open" | null;
  readonly window: ParityDifferenceView["window"] | null;
  readonly attribute: ParityDifferenceView["attribute"] | null;
  readonly channelId: ChannelId | null;
  readonly placeId: PlaceId | null;
  /** The beginning of a SKU. */
  readonly query: string | null;
  readonly after: readonly [rank: number, id: string] | null;
  readonly limit: number;
};

type DifferenceRow = Omit<ParityDifferenceView, "since" | "channelName" | "placeName" | "name"> & {
  readonly since: Date | null;
  readonly channelId: ChannelId;
  readonly placeId: PlaceId | null;
  readonly productId: ProductId | null;
};

const RANKS = { wrong: 0, lagging: 1, allowed: 2 } as const;

/** Where a difference stands in the list: what is wrong first. */
export const positionOf = ({ verdict, id }: Pick<ParityDifferenceView, "verdict" | "id">): [number, string] => [RANKS[verdict], id];

/** What differed at the last check that came to its end, in the order of `positionOf`. */
export async function listDifferences(ctx: Reader, filter: DifferenceFilter): Promise<ParityDifferenceView[]> {
  const { verdict, window, attribute, channelId, placeId, query, after, limit } = filter;
  const rank = sql`case verdict when 'wrong' then 0 when 'lagging' then 1 else 2 end`;
  const prefix = query === null ? null : `${query.toUpperCase().replaceAll(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
  const { rows } = await sql<DifferenceRow>`
    select id, verdict, window_kind as "window", channel_id as "channelId", place_id as "placeId", product_id as "productId", sku, attribute,
           expected, shown, because, since, fix, fix_id as "fixId"
      from parity.difference
     where run_id = (select id from parity.run where state = 'done' order by ended_at desc, id desc limit 1)
       and (${verdict}::text is null or verdict = ${verdict} or (${verdict} = 'open' and verdict <> 'allowed')) and (${window}::text is null or window_kind = ${window})
       and (${attribute}::text is null or attribute = ${attribute}) and (${channelId}::uuid is null or channel_id = ${channelId})
       and (${placeId}::uuid is null or place_id = ${placeId}) and (${prefix}::text is null or upper(sku) like ${prefix})
       and (${after?.[0] ?? null}::integer is null or (${rank}, id) > (${after?.[0] ?? null}::integer, ${after?.[1] ?? null}::uuid))
     order by ${rank}, id limit ${limit}`.execute(ctx.db);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  return rows.map((row) => ({
    ...row,
    since: row.since?.toISOString() ?? null,
    channelName: channels.get(row.channelId)?.name ?? "",
    placeName: row.placeId === null ? null : (places.get(row.placeId)?.name ?? null),
    name: row.productId === null ? null : (catalog.products.get(row.productId)?.name ?? null),
  }));
}
