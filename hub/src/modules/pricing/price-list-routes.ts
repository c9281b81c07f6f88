import type { ListedPriceView, ParsedBodyOf, PriceListView } from "@weft/contracts";
import { asId, err, ok, type Result } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { auditWrite } from "../access/index.ts";
import { catalogSnapshot, catalogWith, type Catalog } from "../catalog/index.ts";
import { removePrices, savePriceLists, setPrices, type PriceKey } from "./commands/index.ts";
import type { Price, PriceList, PriceListId } from "./domain/index.ts";
import { PRICING_PROBLEMS, type PricingError } from "./errors.ts";
import { pricesOfList, readPriceLists, variantsOfList } from "./queries/price-lists.ts";

const problems = { problems: PRICING_PROBLEMS };
const Cursor = z.string();
const idOf = ({ id }: { readonly id: string }): PriceListId => asId<PriceListId>(id); // an id by the contract

export const priceListRoutes: readonly Route[] = [
  read("prices.lists", async (ctx) => ok({ items: await readPriceLists(ctx) }), problems),
  write(
    "prices.createList",
    async (ctx, { body }) => {
      const id = ctx.newId<PriceListId>();
      return saveList(ctx, "prices.createList", id, body);
    },
    problems,
  ),
  write(
    "prices.updateList",
    async (ctx, { params, body }) => {
      const known = await one(ctx, idOf(params));
      return known.ok ? saveList(ctx, "prices.updateList", idOf(params), body) : known;
    },
    problems,
  ),
  read(
    "prices.listed",
    async (ctx, { params, query }) => {
      const known = await one(ctx, idOf(params));
      return known.ok ? ok(await listed(ctx, idOf(params), query)) : known;
    },
    problems,
  ),
  write(
    "prices.set",
    async (ctx, { params, body }) => {
      const known = await one(ctx, idOf(params));
      return known.ok ? setListed(ctx, known.value, body.prices) : known;
    },
    problems,
  ),
];

async function one(ctx: Pick<ReadCtx, "db">, id: PriceListId): Promise<Result<PriceListView, PricingError>> {
  const [list] = await readPriceLists(ctx, id);
  return list ? ok(list) : err({ code: "pricing.list_unknown", listId: id });
}

async function saveList(
  ctx: Ctx,
  action: string,
  id: PriceListId,
  body: ParsedBodyOf<"prices.createList">,
): Promise<Result<PriceListView, PricingError>> {
  const list = toList(id, body);
  if (list.validFrom && list.validTo && list.validFrom >= list.validTo) return err({ code: "pricing.list_times", listId: id });
  const saved = await savePriceLists(ctx, [list]);
  if (!saved.ok) return saved;
  await auditWrite(ctx, { action, subject: `price-list/${id}` });
  return one(ctx, id);
}

/** The body of the contract, which checked the ids; a key without values holds everywhere. */
function toList(id: PriceListId, body: ParsedBodyOf<"prices.createList">): PriceList {
  const { name, currency, taxIncluded, priority, validFrom, validTo, placeIds, groupIds, channelIds, customerGroups } = body;
  return {
    id,
    name,
    currency,
    taxIncluded,
    priority,
    ...(validFrom !== null && { validFrom: new Date(validFrom) }),
    ...(validTo !== null && { validTo: new Date(validTo) }),
    scope: {
      ...(placeIds.length > 0 && { placeIds: placeIds.map((one) => asId(one)) }),
      ...(groupIds.length > 0 && { groupIds: groupIds.map((one) => asId(one)) }),
      ...(channelIds.length > 0 && { channelIds: channelIds.map((one) => asId(one)) }),
      ...(customerGroups.length > 0 && { customerGroups }),
    },
  };
}

type ListedQuery = { readonly query?: string | undefined; readonly cursor?: string | undefined; readonly limit: number };

/** What the list prices, by SKU; with something typed, all goods that fit, so that a price can be added. */
async function listed(ctx: ReadCtx, listId: PriceListId, { query, cursor, limit }: ListedQuery) {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const priced = await variantsOfList(ctx, listId);
  const text = query?.trim().toLowerCase() ?? "";
  const after = readCursor(Cursor, cursor) ?? "";
  const goods = goodsOf(catalog)
    .filter(({ variantId, words }) => (text === "" ? priced.has(variantId) : words.includes(text)))
    .filter(({ sku }) => sku > after)
    .slice(0, limit + 1);
  const page = pageFrom(
    goods,
    limit,
    (one) => one,
    ({ sku }) => sku,
  );
  const prices = await pricesOfList(
    ctx,
    listId,
    page.items.map(({ variantId }) => variantId),
  );
  const items = page.items.flatMap(({ variantId, sku, name }): ListedPriceView[] => {
    const own = prices.filter((price) => price.variantId === variantId);
    return own.length === 0 ? [{ variantId, sku, name, minQuantity: 1, unitPrice: null }] : own.map((price) => ({ ...price, sku, name }));
  });
  return { items, nextCursor: page.nextCursor };
}

/** Everything that can be sold, by SKU. */
function goodsOf(catalog: Catalog) {
  return [...catalog.products.values()]
    .flatMap(({ variants }) => variants.flatMap(({ sku }) => catalog.bySku(sku) ?? []))
    .map(({ variantId, sku, name }) => ({ variantId, sku, name, words: [sku, ...Object.values(name)].join(" ").toLowerCase() }))
    .sort((a, b) => (a.sku < b.sku ? -1 : 1));
}

async function setListed(ctx: Ctx, list: PriceListView, given: ParsedBodyOf<"prices.set">["prices"]) {
  const catalog = await catalogWith(
    ctx,
    given.map(({ sku }) => sku),
  );
  const prices: Price[] = [];
  const gone: PriceKey[] = [];
  const listId = asId<PriceListId>(list.id); // read from its table
  for (const { sku, minQuantity, unitPrice } of given) {
    const goods = catalog.bySku(sku);
    if (!goods) return err({ code: "pricing.sku_unknown" as const, sku });
    const { variantId, unit } = goods;
    if (!unitPrice) {
      gone.push({ listId, variantId, minQuantity });
      continue;
    }
    const { amount, scale, perQuantity } = unitPrice;
    prices.push({
      listId,
      variantId,
      minQuantity,
      unitPrice: { amount, scale, currency: list.currency, per: { quantity: perQuantity, unit } },
    });
  }
  if (prices.length > 0) {
    const set = await setPrices(ctx, prices);
    if (!set.ok) return set;
  }
  if (gone.length > 0) await removePrices(ctx, gone);
  await auditWrite(ctx, { action: "prices.set", subject: `price-list/${list.id}`, reason: `${prices.length} set, ${gone.length} removed` });
  return ok({ set: prices.length, removed: gone.length });
}
