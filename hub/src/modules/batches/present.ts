import type { RecallView } from "@weft/contracts";
import type { ReadCtx } from "../../platform/index.ts";
import { staffNames } from "../access/index.ts";
import { catalogSnapshot, fullName, type Catalog } from "../catalog/index.ts";
import type { StoredRecall } from "./queries/recalls.ts";

/** Recalls as they are shown: with the name of the goods, and who called them back. */
export async function presentRecall(ctx: Pick<ReadCtx, "db" | "snapshots">, recalls: readonly StoredRecall[]): Promise<RecallView[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const names = await staffNames(
    ctx,
    recalls.flatMap(({ announcedBy }) => announcedBy ?? []),
  );
  return recalls.map((recall) => ({
    id: recall.id,
    productId: recall.productId,
    variantId: recall.variantId,
    name: nameOf(catalog, recall),
    batches: [...recall.batches],
    serials: [...recall.serials],
    reason: recall.reason,
    advice: recall.advice,
    soldFrom: recall.soldFrom,
    announcedAt: recall.announcedAt.toISOString(),
    announcedBy: (recall.announcedBy && names.get(recall.announcedBy)) ?? null,
    tellingSince: recall.tellingSince?.toISOString() ?? null,
    liftedAt: recall.liftedAt?.toISOString() ?? null,
  }));
}

/** The name of what is called back; its number where the catalog does not know it any more. */
export function nameOf(catalog: Catalog, { productId, variantId }: Pick<StoredRecall, "productId" | "variantId">): RecallView["name"] {
  const product = catalog.products.get(productId);
  const variant =
    variantId === null ? undefined : [...(product?.variants ?? []), ...(product?.retired ?? [])].find(({ id }) => id === variantId);
  if (!product) return { en: productId };
  return variant ? fullName(product.name, variant.name) : product.name;
}
