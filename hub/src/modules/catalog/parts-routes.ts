import type { AnswerOf } from "@weft/contracts";
import { asId, err, ok, type VariantId } from "@weft/kernel";
import { read, write, type ReadCtx, type Route } from "../../platform/index.ts";
import { auditWrite, mayActAt } from "../access/index.ts";
import { setParts } from "./commands/index.ts";
import { compileCatalog, fullName, type Catalog, type Part } from "./domain/index.ts";
import { CATALOG_PROBLEMS } from "./errors.ts";
import { loadCatalogFacts } from "./queries/load-catalog.ts";
import { catalogSnapshot } from "./queries/snapshot.ts";

/** What goods are made of, for the whole chain. */
export const partsRoutes: readonly Route[] = [
  read(
    "catalog.parts",
    async (ctx, { params }) => {
      const variantId = asId<VariantId>(params.id);
      const catalog = await ctx.snapshots.current(catalogSnapshot);
      if (!catalog.variantOf(variantId)) return err({ code: "catalog.variant_unknown" as const, variant: params.id });
      return ok(present(catalog, variantId));
    },
    { problems: CATALOG_PROBLEMS },
  ),
  write(
    "catalog.setParts",
    async (ctx, { params, body }) => {
      if (!mayActAt(ctx.actor, null)) return err({ code: "catalog.out_of_reach" as const, placeId: null });
      const variantId = asId<VariantId>(params.id);
      const parts: Part[] = [];
      for (const { sku, quantity } of body.parts) {
        const part = (await ctx.snapshots.current(catalogSnapshot)).variantOfSku(sku);
        if (!part) return err({ code: "catalog.variant_unknown" as const, variant: sku });
        parts.push({ variantId: part.variant.id, quantity });
      }
      const set = await setParts(ctx, variantId, parts);
      if (!set.ok) return set;
      await auditWrite(ctx, { action: "catalog.setParts", subject: `variant/${variantId}` });
      return ok(present(await asWritten(ctx), variantId));
    },
    { problems: CATALOG_PROBLEMS },
  ),
];

/** The catalog as the open transaction sees it; its snapshot follows after the commit. */
const asWritten = async (ctx: Pick<ReadCtx, "db">): Promise<Catalog> => compileCatalog(await loadCatalogFacts(ctx.db));

function present(catalog: Catalog, variantId: VariantId): AnswerOf<"catalog.parts"> {
  return {
    variantId,
    parts: catalog.partsOf(variantId).map(({ variantId: id, quantity }) => {
      const goods = catalog.variantOf(id);
      return { sku: goods?.variant.sku ?? "", name: goods ? fullName(goods.product.name, goods.variant.name) : { en: "" }, quantity };
    }),
  };
}
