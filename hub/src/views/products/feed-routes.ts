import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGunzip, createGzip } from "node:zlib";
import type { Locale } from "@weft/contracts";
import type { Problems } from "@weft/kernel";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { channelsSnapshot, type Channel } from "../../modules/channels/index.ts";
import type { FeedFacts, FeedKey, FeedKind, MadeFeed } from "../../modules/parity/index.ts";
import { pricingSnapshot } from "../../modules/pricing/index.ts";
import { dbOn, problemOf, raw, sendProblem, type RawCall, type ReadCtx, type Route } from "../../platform/index.ts";
import { inventoryFeed, productFeed } from "./feed.ts";

/** Where feeds lie once they are made, one and the same for every node and whoever compares them with what is shown elsewhere. */
export type FeedShelf = {
  readonly factsOf: (ctx: Pick<ReadCtx, "db">, key: FeedKey) => Promise<FeedFacts | undefined>;
  readonly packedOf: (ctx: Pick<ReadCtx, "db">, key: FeedKey) => Promise<Buffer | undefined>;
  readonly keep: (ctx: Pick<ReadCtx, "db">, key: FeedKey, made: MadeFeed) => Promise<void>;
};

export type FeedDeps = {
  /** Where people find the shop: links of a feed are whole. */
  readonly publicUrl: string;
  readonly brand: string;
  readonly shelf: FeedShelf;
};

/** A feed is made again when it is this old. Whoever reads feeds comes hourly at most. */
const KEPT_MS = 10 * 60_000;

const FEEDS = { products: productFeed, inventory: inventoryFeed } as const;
const OPERATIONS = {
  "feeds.products": { kind: "products", type: "application/xml; charset=utf-8" },
  "feeds.inventory": { kind: "inventory", type: "text/tab-separated-values; charset=utf-8" },
} as const satisfies Record<string, { readonly kind: FeedKind; readonly type: string }>;

type FeedError = { readonly code: "feeds.unknown"; readonly channel: string };

const FEED_PROBLEMS: Problems<FeedError> = { "feeds.unknown": { status: 404, title: "There is no such feed" } };

/**
 * Feeds for those who show a retailer's goods elsewhere, at addresses that stay: per channel, by its code. Each is made page by page, kept
 * packed for ten minutes, and made once by a node however many ask it at the same time.
 */
export function feedRoutes(deps: FeedDeps): readonly Route[] {
  const making = new Map<string, Promise<void>>();
  return (Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[]) // its keys are operations
    .map((operation) => raw(operation, (call) => answerFeed(call, operation, deps, making)));
}

async function answerFeed(call: RawCall, operation: keyof typeof OPERATIONS, deps: FeedDeps, making: Map<string, Promise<void>>) {
  const { request, reply, around, input } = call;
  const { channel: code } = input.params as { channel: string }; // by the contract, here and below
  const { language } = input.query as { language: Locale };
  const ctx: ReadCtx = { ...around, db: dbOn(around.pool), now: new Date() };
  const channel = await channelWithFeed(ctx, code);
  if (!channel) {
    const error: FeedError = { code: "feeds.unknown", channel: code };
    return sendProblem(reply, problemOf(error, FEED_PROBLEMS[error.code], request.id));
  }
  const { kind, type } = OPERATIONS[operation];
  const key: FeedKey = { kind, channelId: channel.id, locale: language };
  const facts = await madeFeed(ctx, key, deps, making);
  const etag = `"${facts.digest.slice(0, 22)}"`;
  reply.headers({ etag, "cache-control": `public, max-age=${KEPT_MS / 1000}`, vary: "accept-encoding" });
  if (request.headers["if-none-match"] === etag) return reply.code(304).send();
  const packed = await deps.shelf.packedOf(ctx, key);
  if (!packed) throw new Error("a feed that was just made is there");
  reply.code(200).type(type);
  return /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")
    ? reply.header("content-encoding", "gzip").send(packed)
    : reply.send(Readable.from([packed]).pipe(createGunzip()));
}

/** The feed as it lies there, made anew when it is too old. */
async function madeFeed(ctx: ReadCtx, key: FeedKey, deps: FeedDeps, making: Map<string, Promise<void>>): Promise<FeedFacts> {
  const known = await deps.shelf.factsOf(ctx, key);
  if (known && known.ageMs < KEPT_MS) return known;
  const name = `${key.kind}/${key.channelId}/${key.locale}`;
  const mine = making.get(name) ?? produceFeed(ctx, key, deps).finally(() => making.delete(name));
  making.set(name, mine);
  await mine;
  const made = await deps.shelf.factsOf(ctx, key);
  if (!made) throw new Error("a feed that was just made is there");
  return made;
}

/** Makes a feed now, and puts it where every node finds it. Of a channel that has none, nothing. */
export async function produceFeed(ctx: ReadCtx, key: FeedKey, { shelf, publicUrl, brand }: FeedDeps): Promise<void> {
  const channel = (await ctx.snapshots.current(channelsSnapshot)).channels.get(key.channelId);
  if (!channel || !hasFeed(channel)) return;
  const madeAt = ctx.now;
  // Taken before it is made: what changes meanwhile may not be in it.
  const { revision: catalogRevision } = await ctx.snapshots.current(catalogSnapshot);
  const { revision: pricingRevision } = await ctx.snapshots.current(pricingSnapshot);
  const packed = await pack(FEEDS[key.kind](ctx, { publicUrl, brand, channel, locale: key.locale }));
  await shelf.keep(ctx, key, { madeAt, catalogRevision, pricingRevision, packed });
}

/** Shops have feeds; the retailer's inner channels and those of a circle of visitors have none. */
async function channelWithFeed(ctx: ReadCtx, code: string): Promise<Channel | undefined> {
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  return [...channels.values()].find((one) => one.code === code && hasFeed(one));
}

const hasFeed = ({ kind, circle }: Channel): boolean => (kind === "web" || kind === "app") && circle === null;

async function pack(text: AsyncGenerator<string>): Promise<Buffer> {
  const pages = Readable.from(text, { objectMode: false });
  const gzip = createGzip();
  // A failure of the pages ends the packing with it.
  pages.on("error", (error) => gzip.destroy(error));
  return buffer(pages.pipe(gzip));
}
