import { defineSnapshot, type Ctx } from "../../../platform/index.ts";
import { compileCatalog, type Catalog } from "../domain/index.ts";
import { CatalogChanged } from "../events.ts";
import { loadCatalogFacts } from "./load-catalog.ts";

/** The catalog of the installation: `await ctx.snapshots.current(catalogSnapshot)`. What is sold out is not in it: that is always asked. */
export const catalogSnapshot = defineSnapshot<Catalog>({
  name: "catalog.all",
  load: async (db) => compileCatalog(await loadCatalogFacts(db)),
  invalidatedBy: [CatalogChanged],
});

/** The catalog with these SKUs, where there are such: what was made some milliseconds ago is in it too. For settings, not for what shoppers ask. */
export async function catalogWith({ snapshots }: Pick<Ctx, "snapshots">, skus: readonly string[]): Promise<Catalog> {
  const catalog = await snapshots.current(catalogSnapshot);
  return skus.every((sku) => catalog.variantOfSku(sku)) ? catalog : snapshots.fresh(catalogSnapshot);
}
