import type { ParityProductView } from "@weft/contracts";
import type { PlaceId, ProductId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { fullName } from "../catalog/index.ts";
import { openBooks } from "./book.ts";
import { comparePage, type Compared, type Tools } from "./compare-page.ts";
import { digestOf, keptFeeds, linesOf, packedFeed, type FeedFacts } from "./feeds.ts";
import type { Cell, FeedLine, Values } from "./domain/index.ts";
import { readLateness } from "./lateness.ts";
import type { FeedLines } from "./look.ts";
import type { ShopWindows } from "./ports.ts";
import { openWindows, type OpenWindow } from "./windows.ts";

/** One product as all windows show it now, feeds as they were made [PAR-1]. Undefined for one that is not sold. */
export async function showProduct(
  ctx: ReadCtx,
  shop: ShopWindows,
  productId: ProductId,
  placeId: PlaceId | null,
): Promise<ParityProductView | undefined> {
  const windows = (await openWindows(ctx, placeId)).filter(({ kind }) => kind !== "store_page");
  const books = await openBooks(ctx, windows);
  const product = (await books.read(ctx, [productId])).catalog.products.get(productId);
  if (!product?.isActive || product.variants.length === 0) return undefined;
  const { changed, lines } = await readFeeds(ctx, new Set(product.variants.map(({ sku }) => sku)));
  const tools: Tools = { shop, windows, books, lateness: await readLateness(ctx, changed), lines };
  const compared = await comparePage(ctx, tools, [productId]);
  const shown = windows.map((window) =>
    presentWindow(
      window,
      compared.filter((one) => one.window === window),
    ),
  );
  return { productId, name: product.name, at: ctx.now.toISOString(), windows: shown };
}

function presentWindow({ kind, channel, place, feed }: OpenWindow, compared: readonly Compared[]): ParityProductView["windows"][number] {
  return {
    window: kind,
    channelId: channel.id,
    channelName: channel.name,
    placeId: place?.id ?? null,
    placeName: place?.name ?? null,
    madeAt: feed?.madeAt.toISOString() ?? null,
    variants: compared.map(({ product, variant, cells }) => ({
      sku: variant.sku,
      name: fullName(product.name, variant.name),
      cells: cells.map(presentCell),
    })),
  };
}

function presentCell({
  attribute,
  expected,
  shown,
  judged,
}: Cell): ParityProductView["windows"][number]["variants"][number]["cells"][number] {
  if (judged.verdict === "same")
    return { attribute, expected, shown, verdict: "same", because: null, since: null, fix: "none", fixId: null };
  const { verdict, because, since, fix, fixId } = judged;
  return { attribute, expected, shown, verdict, because, since: since?.toISOString() ?? null, fix, fixId };
}

/** What feeds say of a few SKUs: each is unpacked once, piece by piece. */
async function readFeeds(ctx: ReadCtx, skus: ReadonlySet<string>): Promise<{ changed: ReadonlySet<string>; lines: FeedLines }> {
  const changed = new Set<string>();
  const found = new Map<string, FeedLine[]>();
  for (const feed of await keptFeeds(ctx)) {
    const packed = await packedFeed(ctx, feed);
    if (!packed) continue;
    if (digestOf(packed) !== feed.digest) changed.add(nameOf(feed));
    const mine: FeedLine[] = [];
    for await (const lines of linesOf(feed.kind, packed, ctx.now)) mine.push(...lines.filter(({ sku }) => skus.has(sku)));
    found.set(nameOf(feed), mine);
  }
  const lines: FeedLines = (feed, storeCode) => {
    const said = (found.get(nameOf(feed)) ?? []).filter((line) => line.storeCode === storeCode);
    return new Map(said.map(({ sku, values }): [string, Values] => [sku, values]));
  };
  return { changed, lines };
}

const nameOf = ({ channelId, kind, locale }: FeedFacts): string => `${channelId}/${kind}/${locale}`;
