import { LOCALES, type Locale } from "@weft/contracts";
import type { PlaceId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { channelAt, channelsSnapshot, seamEndAt, type Channel } from "../channels/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import type { Standing, Window } from "./domain/index.ts";
import { keptFeeds, type FeedFacts } from "./feeds.ts";

/** A window that is looked into. */
export type OpenWindow = Window & {
  readonly channel: Channel;
  readonly place: Place | null;
  readonly levels: Standing["levels"];
  /** The only language that it speaks; null: all of them. */
  readonly locale: Locale | null;
  /** The feed that it is; null for what apps show. */
  readonly feed: FeedFacts | null;
};

type Reader = Pick<ReadCtx, "db" | "snapshots">;

/**
 * Every window of the retailer's own channels, or those of one store and of none: shop pages and the stores' own pages of websites and apps, what
 * the heads of pages say to search engines, feeds that were made, tills and menu boards [PAR-1]. Channels of a circle have none [CHA-9].
 */
export async function openWindows(ctx: Reader, only: PlaceId | null): Promise<OpenWindow[]> {
  const all = await ctx.snapshots.current(channelsSnapshot);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const stores = [...places.values()]
    .filter(({ id, kind, status }) => kind !== "warehouse" && status === "active" && (only === null || id === only))
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  const own = [...all.channels.values()].filter(({ circle }) => circle === null);
  const feeds = await keptFeeds(ctx);
  const windows: OpenWindow[] = [];
  for (const channel of own.filter(({ kind }) => kind === "web" || kind === "app")) {
    if (channel.app === "shop") windows.push(await windowAt(ctx, channel, "page_data", null, { locale: LOCALES[0] }));
    for (const feed of feeds.filter(({ channelId }) => channelId === channel.id))
      windows.push(...(await windowsOfFeed(ctx, channel, feed, stores)));
    for (const store of stores)
      windows.push(await windowAt(ctx, channel, "page", store), await windowAt(ctx, channel, "store_page", store));
  }
  for (const store of stores) {
    const channelId = await channelAt(ctx.snapshots, store.id);
    const channel = own.find(({ id }) => id === channelId);
    if (channel) windows.push(await windowAt(ctx, channel, "till", store), await windowAt(ctx, channel, "board", store));
  }
  return windows;
}

async function windowsOfFeed(ctx: Reader, channel: Channel, feed: FeedFacts, stores: readonly Place[]): Promise<OpenWindow[]> {
  const { locale } = feed;
  if (feed.kind === "products") return [await windowAt(ctx, channel, "product_feed", null, { locale, feed })];
  const windows: OpenWindow[] = [];
  for (const store of stores.filter(({ kind }) => kind === "store"))
    windows.push(await windowAt(ctx, channel, "inventory_feed", store, { locale, feed }));
  return windows;
}

async function windowAt(
  ctx: Reader,
  channel: Channel,
  kind: Window["kind"],
  place: Place | null,
  { locale = null, feed = null }: { readonly locale?: Locale | null; readonly feed?: FeedFacts | null } = {},
): Promise<OpenWindow> {
  const { levels } = await seamEndAt(ctx, { channelId: channel.id, placeId: place?.id ?? null });
  return { kind, channelId: channel.id, placeId: place?.id ?? null, channel, place, levels, locale, feed };
}
