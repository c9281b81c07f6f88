import { LOCALES, type Locale } from "@weft/contracts";
import { asId, asIdOrNull, err, ok, type ChannelId, type PlaceId, type Problems } from "@weft/kernel";
import { mayActAt } from "../../modules/access/index.ts";
import { catalogSnapshot } from "../../modules/catalog/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { read, type ReadCtx, type Route } from "../../platform/index.ts";
import { presentCategory } from "./present.ts";
import { priceWindow } from "./price-tags.ts";
import { presentPromotion } from "./promotions.ts";
import { changeSince, digestOf } from "./catalog-digest.ts";
import { officePage, placeCatalog, productByKey, productPage } from "./query.ts";

type ProductsError =
  | { code: "products.unknown"; product: string }
  | { code: "products.unknown_store"; storeId: string }
  | { code: "products.out_of_reach"; placeId: string };

const PRODUCTS_PROBLEMS: Problems<ProductsError> = {
  "products.unknown": { status: 404, title: "There is no such product" },
  "products.unknown_store": { status: 404, title: "There is no such store" },
  "products.out_of_reach": { status: 403, title: "This device or these roles belong to another place" },
};

export const productsRoutes: readonly Route[] = [
  read(
    "products.list",
    async (ctx, { query, request }) => {
      if (!(await isPlace(ctx, query.storeId))) return err({ code: "products.unknown_store", storeId: query.storeId ?? "" });
      return ok(await productPage(ctx, { ...query, locale: toLocale(request.locale) }));
    },
    { problems: PRODUCTS_PROBLEMS },
  ),
  read(
    "products.read",
    async (ctx, { params, query }) => {
      if (!(await isPlace(ctx, query.storeId))) return err({ code: "products.unknown_store", storeId: query.storeId ?? "" });
      const product = await productByKey(ctx, params.id, asIdOrNull<PlaceId>(query.storeId)); // the brand exists only in types, here and below
      return product ? ok(product) : err({ code: "products.unknown", product: params.id });
    },
    { problems: PRODUCTS_PROBLEMS },
  ),
  read("categories.list", async (ctx) => ok({ items: (await ctx.snapshots.current(catalogSnapshot)).categories.map(presentCategory) }), {
    problems: {},
  }),
  read(
    "promotions.shown",
    async (ctx, { query }) => {
      if (!(await isPlace(ctx, query.storeId))) return err({ code: "products.unknown_store", storeId: query.storeId ?? "" });
      const catalog = await ctx.snapshots.current(catalogSnapshot);
      // Staff see what the visitors of a channel are told; everybody else what they are told themselves.
      const channelId = ctx.actor.staff ? asIdOrNull<ChannelId>(query.channelId) : null;
      const seen = channelId === null ? ctx : { ...ctx, actor: { ...ctx.actor, channelId } };
      const { promotions } = await priceWindow(seen, asIdOrNull<PlaceId>(query.storeId));
      return ok({ items: promotions.all.map((one) => presentPromotion(catalog, one)) });
    },
    { problems: PRODUCTS_PROBLEMS },
  ),
  read(
    "catalog.snapshot",
    async (ctx, { query }) => {
      if (!(await isPlace(ctx, query.placeId))) return err({ code: "products.unknown_store", storeId: query.placeId });
      if (!mayActAt(ctx.actor, query.placeId)) return err({ code: "products.out_of_reach", placeId: query.placeId });
      const { version, catalog, products } = await placeCatalog(ctx, asId<PlaceId>(query.placeId));
      const digest = digestOf(products);
      const change = changeSince(products, query.digest, digest);
      return ok({
        version,
        categories: catalog.categories.map(presentCategory),
        products: [...change.products],
        digest,
        parts: change.parts && [...change.parts],
        order: change.order && [...change.order],
      });
    },
    { problems: PRODUCTS_PROBLEMS },
  ),
  read(
    "catalog.listForOffice",
    async (ctx, { query, request }) => {
      if (!(await isPlace(ctx, query.placeId))) return err({ code: "products.unknown_store", storeId: query.placeId ?? "" });
      return ok(await officePage(ctx, { ...query, locale: toLocale(request.locale) }));
    },
    { problems: PRODUCTS_PROBLEMS },
  ),
];

async function isPlace(ctx: ReadCtx, id: string | undefined): Promise<boolean> {
  return id === undefined || (await ctx.snapshots.current(placesSnapshot)).places.has(asId<PlaceId>(id));
}

function toLocale(text: string): Locale {
  return LOCALES.find((locale) => locale === text) ?? "en";
}
