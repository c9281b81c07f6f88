import type { AdviceView } from "@weft/contracts";
import { err, ok, type PlaceId, type Problems } from "@weft/kernel";
import { servedCustomer, type Served } from "../../modules/customers/index.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { placesSnapshot, type Place } from "../../modules/places/index.ts";
import { listsOf } from "../../modules/saved/index.ts";
import { read, type ReadCtx, type Route } from "../../platform/index.ts";
import { boughtBy, mayBeAnalyzed, soldTogether, type Bought } from "./bought.ts";
import { goodsNearby } from "./goods.ts";
import { cheaperNow, chosen, dueAgain, goesWith } from "./suggest.ts";

type AdviceError = { readonly code: "customer.unknown" } | { readonly code: "advice.unknown_store" };
const PROBLEMS: Problems<AdviceError> = {
  "customer.unknown": { status: 404, title: "There is no such customer" },
  "advice.unknown_store": { status: 404, title: "There is no such store" },
};
/** More fit on no screen. */
const MOST_GOODS = 40;

export const adviceRoutes: readonly Route[] = [
  read(
    "advice.ofCustomer",
    async (ctx, { params, query }) => {
      const here = await storeAt(ctx, query.storeId);
      if (!here) return err<AdviceError>({ code: "advice.unknown_store" });
      const served = await servedCustomer(ctx, params.id);
      if (!served) return err<AdviceError>({ code: "customer.unknown" });
      return ok(await adviceFor(ctx, served, here, skusIn(query.cart)));
    },
    // Reads of somebody else's data are audited.
    { problems: PROBLEMS, audit: ({ params }) => `customer/${params.id}` },
  ),
  read(
    "advice.goods",
    async (ctx, { query }) => {
      const here = await storeAt(ctx, query.storeId);
      if (!here) return err<AdviceError>({ code: "advice.unknown_store" });
      return ok({ items: await goodsNearby(ctx, skusIn(query.skus), here, []), asOf: ctx.now.toISOString() });
    },
    { problems: PROBLEMS },
  ),
];

async function storeAt(ctx: ReadCtx, id: string): Promise<Place | undefined> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(id as PlaceId); // the map answers whether it is one
  return place?.kind === "warehouse" ? undefined : place;
}

const skusIn = (text = ""): string[] =>
  text
    .split(",")
    .filter((sku) => sku !== "")
    .slice(0, MOST_GOODS);

async function adviceFor(ctx: ReadCtx, { recordIds }: Served, here: Place, cart: readonly string[]): Promise<AdviceView> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const saved = (await listsOf(ctx, recordIds)).flatMap(({ items }) =>
    items.flatMap(({ variantId, price, addedAt }) => {
      const sku = catalog.variantOf(variantId)?.variant.sku;
      return sku === undefined ? [] : [{ sku, priceThen: price, savedAt: addedAt }];
    }),
  );
  const bought = (await boughtBy(ctx, recordIds)).filter(({ sku }) => catalog.variantOfSku(sku));
  const mayAnalyze = await mayBeAnalyzed(ctx, recordIds);
  const pairs = goesWith(await soldTogether(ctx, here.id, cart));
  const due = mayAnalyze ? dueAgain(bought, ctx.now) : [];
  const wanted = [...due, ...pairs, ...bought, ...saved].map(({ sku }) => sku);
  const goods = await goodsNearby(ctx, [...new Set(wanted)].slice(0, MOST_GOODS), here, recordIds);
  const bySku = new Map(goods.map((one) => [one.sku, one]));
  const cheaper = cheaperNow(saved, (sku) => bySku.get(sku)?.unitPrice ?? null);
  const canHave = (sku: string): boolean => {
    const one = bySku.get(sku);
    return one !== undefined && one.unitPrice !== null && (one.here.canBuy || one.elsewhere.length > 0);
  };
  return {
    suggestions: chosen([...cheaper, ...due, ...pairs], { inCart: new Set(cart), canHave }),
    bought: await shownBought(ctx, bought),
    goods,
    mayAnalyze,
    asOf: ctx.now.toISOString(),
  };
}

async function shownBought(ctx: ReadCtx, bought: readonly Bought[]): Promise<AdviceView["bought"]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  return bought.map(({ sku, days, lastAt, lastPlaceId, options }) => ({
    sku,
    timesBought: days.length,
    lastAt: lastAt.toISOString(),
    lastPlaceName: (lastPlaceId && places.get(lastPlaceId)?.name) ?? null,
    options: options.map(({ group, value }) => ({ group, value })),
  }));
}
