import type { AvailabilityView, ProductView } from "@weft/contracts";
import { asId, err, ok, type CategoryId, type PlaceId, type ProductId, type Result, type VariantId } from "@weft/kernel";
import { write, type Ctx, type ReadCtx, type Route } from "../../platform/index.ts";
import { auditWrite, mayActAt } from "../access/index.ts";
import { documentPlace } from "../places/index.ts";
import { setAssortment, setSoldOut, updateProduct, type ProductChange } from "./commands/index.ts";
import { compileCatalog, type Catalog, type Product, type ProductVariant } from "./domain/index.ts";
import { editingRoutes, type EditingPorts } from "./editing-routes.ts";
import { CATALOG_PROBLEMS, type CatalogError } from "./errors.ts";
import { partsRoutes } from "./parts-routes.ts";
import { loadCatalogFacts } from "./queries/load-catalog.ts";
import { catalogSnapshot } from "./queries/snapshot.ts";

/** How products are shown, with prices and stock that this module knows nothing of, and what drafts refer to: a view does it, joined in main.ts. */
export type CatalogPresenters = EditingPorts & {
  product(ctx: ReadCtx, product: Product, placeId: PlaceId | null): Promise<ProductView>;
  availability(ctx: ReadCtx, goods: ProductVariant, placeId: PlaceId): Promise<AvailabilityView>;
};

export const catalogRoutes = (present: CatalogPresenters): readonly Route[] => [
  ...editingRoutes(present),
  ...partsRoutes,
  write(
    "catalog.setSoldOut",
    async (ctx, { params, body }) => {
      const placeId = asId<PlaceId>(params.placeId); // the brand exists only in types, here and below
      const refusal = await refusePlace(ctx, placeId);
      if (refusal) return err(refusal);
      const variantId = asId<VariantId>(params.variantId);
      const until = body.until === null ? null : new Date(body.until);
      const changed = await setSoldOut(ctx, { variantId, placeId, soldOut: body.soldOut, until, reason: body.reason ?? null });
      if (!changed.ok) return changed;
      const goods = await goodsOf(ctx, variantId);
      return goods ? ok(await present.availability(ctx, goods, placeId)) : err({ code: "catalog.variant_unknown", variant: variantId });
    },
    { problems: CATALOG_PROBLEMS },
  ),
  write(
    "catalog.setAssortment",
    async (ctx, { params, body }) => {
      const placeId = asId<PlaceId>(params.placeId);
      const refusal = await refusePlace(ctx, placeId);
      if (refusal) return err(refusal);
      return setAssortment(ctx, { placeId, add: body.add.map(asId<ProductId>), remove: body.remove.map(asId<ProductId>) });
    },
    { problems: CATALOG_PROBLEMS },
  ),
  write(
    "catalog.updateProduct",
    async (ctx, { params, body }) => {
      if (!mayActAt(ctx.actor, null)) return err({ code: "catalog.out_of_reach", placeId: null });
      const { name, description, active: isActive, shippable: isShippable } = body;
      const change: ProductChange = {
        name,
        description,
        isActive,
        isShippable,
        categoryId: body.categoryId === undefined ? undefined : asId<CategoryId>(body.categoryId),
      };
      return answerUpdated(ctx, present, asId<ProductId>(params.id), change);
    },
    { problems: CATALOG_PROBLEMS },
  ),
];

/** Why a caller may not change something at a place, if so. */
async function refusePlace(ctx: Ctx, placeId: PlaceId): Promise<CatalogError | undefined> {
  if (!mayActAt(ctx.actor, placeId)) return { code: "catalog.out_of_reach", placeId };
  return (await documentPlace(ctx, placeId)) ? undefined : { code: "catalog.place_unknown", placeId };
}

async function answerUpdated(
  ctx: Ctx,
  present: CatalogPresenters,
  id: ProductId,
  change: ProductChange,
): Promise<Result<ProductView, CatalogError>> {
  const changed = await updateProduct(ctx, id, change);
  if (!changed.ok) return changed;
  const given = Object.entries(change).flatMap(([field, value]) => (value === undefined ? [] : [field]));
  await auditWrite(ctx, { action: "catalog.updateProduct", subject: `product/${id}`, reason: given.join(", ") });
  const product = (await freshCatalog(ctx, id)).products.get(id);
  return product ? ok(await present.product(ctx, product, null)) : err({ code: "catalog.product_unknown", product: id });
}

/** A variant that may have been made a moment ago. */
async function goodsOf(ctx: Ctx, variantId: VariantId): Promise<ProductVariant | undefined> {
  const known = (await ctx.snapshots.current(catalogSnapshot)).variantOf(variantId);
  if (known) return known;
  const row = await ctx.db.selectFrom("catalog.variant").select("product_id").where("id", "=", variantId).executeTakeFirst();
  return row && (await freshCatalog(ctx, asId<ProductId>(row.product_id))).variantOf(variantId);
}

/** One product as the open transaction sees it: the snapshot follows some milliseconds after the commit. */
async function freshCatalog(ctx: Ctx, productId: ProductId): Promise<Catalog> {
  return compileCatalog(await loadCatalogFacts(ctx.db, [productId]));
}
