import { err, ok, type ProductId, type Result } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { changedFields, compileCatalog, draftOf, tidyDraft, withRetired, type Product, type ProductDraft } from "../domain/index.ts";
import type { CatalogError } from "../errors.ts";
import { loadCatalogFacts } from "../queries/load-catalog.ts";
import { lockRevision } from "./revision.ts";
import { saveDrafts, type CatalogKnowledge } from "./save-drafts.ts";

export type SavedProduct = { readonly fields: readonly (keyof ProductDraft)[]; readonly isNew: boolean };

/**
 * Makes a product, or changes the version that `expected` names [CAT-8]; what is as it was is not written. Variants that the draft leaves
 * out are no longer sold [CAT-9].
 * Errors: `catalog.changed_meanwhile`, `catalog.version_missing`, `catalog.product_unknown`, and those of `saveDrafts`.
 * Publishes `catalog.changed.v1`.
 */
export async function saveProduct(
  ctx: Ctx,
  id: ProductId,
  given: ProductDraft,
  { expected, ...knowledge }: CatalogKnowledge & { readonly expected: number | null },
): Promise<Result<SavedProduct, CatalogError>> {
  await lockRevision(ctx); // changes come one after the other, so what is read here is what is changed
  const catalog = compileCatalog(await loadCatalogFacts(ctx.db, [id]));
  const product = catalog.products.get(id);
  const stale = refuseVersion(id, product, expected);
  if (stale) return err(stale);
  const before = product && draftOf(catalog, product);
  const tidy = tidyDraft(given);
  const draft = before ? withRetired(before, tidy) : tidy;
  const fields = before ? changedFields(before, draft) : (Object.keys(draft) as (keyof ProductDraft)[]); // the fields of the type
  if (fields.length === 0) return ok({ fields, isNew: false });
  const saved = await saveDrafts(ctx, [{ id, draft, before, product }], knowledge);
  return saved.ok ? ok({ fields, isNew: product === undefined }) : saved;
}

function refuseVersion(id: ProductId, product: Product | undefined, expected: number | null): CatalogError | undefined {
  if (!product) return expected === null ? undefined : { code: "catalog.product_unknown", product: id };
  if (expected === null) return { code: "catalog.version_missing", version: product.version };
  return expected === product.version ? undefined : { code: "catalog.changed_meanwhile", version: product.version };
}
