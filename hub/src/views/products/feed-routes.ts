import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createGunzip, createGzip } from "node:zlib";
import type { Locale } from "@weft/contracts";
import type { Problems } from "@weft/kernel";
import { channelsSnapshot, type Channel } from "../../modules/channels/index.ts";
import { dbOn, problemOf, raw, sendProblem, type RawCall, type ReadCtx, type Route } from "../../platform/index.ts";
import { inventoryFeed, productFeed } from "./feed.ts";

export type FeedDeps = {
  /** Where people find the shop: links of a feed are whole. */
  readonly publicUrl: string;
  readonly brand: string;
};

/** A feed is made again when it is this old. Whoever reads feeds comes hourly at most. */
const KEPT_MS = 10 * 60_000;

type Kept = { readonly until: number; readonly packed: Promise<Buffer> };

const FEEDS = {
  "feeds.products": { make: productFeed, type: "application/xml; charset=utf-8" },
  "feeds.inventory": { make: inventoryFeed, type: "text/tab-separated-values; charset=utf-8" },
} as const;

type FeedError = { readonly code: "feeds.unknown"; readonly channel: string };

const FEED_PROBLEMS: Problems<FeedError> = { "feeds.unknown": { status: 404, title: "There is no such feed" } };

/**
 * Feeds for those who show a retailer's goods elsewhere, at addresses that stay: per channel, by its code. Each is made page by page, kept
 * packed for ten minutes in the process that made it, and made once however many ask at the same time.
 */
export function feedRoutes(deps: FeedDeps): readonly Route[] {
  const kept = new Map<string, Kept>();
  return (Object.keys(FEEDS) as (keyof typeof FEEDS)[]) // its keys are operations
    .map((operation) => raw(operation, (call) => answerFeed(call, operation, deps, kept)));
}

async function answerFeed(call: RawCall, operation: keyof typeof FEEDS, deps: FeedDeps, kept: Map<string, Kept>) {
  const { request, reply, around, input } = call;
  const { channel: code } = input.params as { channel: string }; // by the contract, here and below
  const { language } = input.query as { language: Locale };
  const ctx: ReadCtx = { ...around, db: dbOn(around.pool), now: new Date() };
  const channel = await channelWithFeed(ctx, code);
  if (!channel) {
    const error: FeedError = { code: "feeds.unknown", channel: code };
    return sendProblem(reply, problemOf(error, FEED_PROBLEMS[error.code], request.id));
  }
  const packed = await packedFeed(kept, `${operation}/${channel.id}/${language}`, () =>
    FEEDS[operation].make(ctx, { ...deps, channel, locale: language }),
  );
  const etag = `"${createHash("sha256").update(packed).digest("base64url").slice(0, 22)}"`;
  reply.headers({ etag, "cache-control": `public, max-age=${KEPT_MS / 1000}`, vary: "accept-encoding" });
  if (request.headers["if-none-match"] === etag) return reply.code(304).send();
  reply.code(200).type(FEEDS[operation].type);
  return /\bgzip\b/.test(request.headers["accept-encoding"] ?? "")
    ? reply.header("content-encoding", "gzip").send(packed)
    : reply.send(Readable.from([packed]).pipe(createGunzip()));
}

/** Shops have feeds; the retailer's inner channels and those of a circle of visitors have none. */
async function channelWithFeed(ctx: ReadCtx, code: string): Promise<Channel | undefined> {
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  return [...channels.values()].find((one) => one.code === code && (one.kind === "web" || one.kind === "app") && one.circle === null);
}

/** Channels and languages are few, so what is kept is too; what failed is not kept. */
async function packedFeed(kept: Map<string, Kept>, key: string, make: () => AsyncGenerator<string>): Promise<Buffer> {
  const now = performance.now();
  const known = kept.get(key);
  if (known && known.until > now) return known.packed;
  const packed = pack(make());
  kept.set(key, { until: now + KEPT_MS, packed });
  packed.catch(() => kept.delete(key));
  return packed;
}

async function pack(text: AsyncGenerator<string>): Promise<Buffer> {
  const pages = Readable.from(text, { objectMode: false });
  const gzip = createGzip();
  // A failure of the pages ends the packing with it.
  pages.on("error", (error) => gzip.destroy(error));
  return buffer(pages.pipe(gzip));
}
