import { defineSnapshot } from "../../../platform/index.ts";
import { compileCatalog, type Catalog } from "../domain/index.ts";
import { CatalogChanged } from "../events.ts";
import { loadCatalogFacts } from "./load-catalog.ts";

/** The catalog of the installation: `await ctx.snapshots.current(catalogSnapshot)`. What is sold out is not in it: that is always asked. */
export const catalogSnapshot = defineSnapshot<Catalog>({
  name: "catalog.all",
  load: async (db) => compileCatalog(await loadCatalogFacts(db)),
  invalidatedBy: [CatalogChanged],
});
