import { err, ok, type PlaceId, type ProductId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { AssortmentFact } from "../domain/index.ts";
import type { CatalogError } from "../errors.ts";
import { announce, raiseRevision } from "./revision.ts";

/** Says of products and places whether they are sold there [CAT-1], in bulk. Answers what was different before. Publishes `catalog.changed.v1`. */
export async function assignAssortment(ctx: Ctx, wanted: readonly AssortmentFact[]): Promise<AssortmentFact[]> {
  const revision = await raiseRevision(ctx);
  const { rows } = await sql<AssortmentFact>`
    select product_id as "productId", place_id as "placeId", is_included as "isIncluded"
      from catalog.set_assortment(${wanted.map(({ productId }) => productId)}::uuid[], ${wanted.map(({ placeId }) => placeId)}::uuid[],
                                  ${wanted.map(({ isIncluded }) => isIncluded)}::boolean[])`.execute(ctx.db);
  await announce(ctx, revision, [...new Set(rows.map(({ productId }) => productId))]);
  return rows;
}

/**
 * Puts products into the assortment of a place, or takes them out; a product in both lists is taken out. Counts what was different before.
 * Errors: `catalog.product_unknown`. Publishes `catalog.changed.v1`.
 */
export async function setAssortment(
  ctx: Ctx,
  { placeId, add, remove }: { readonly placeId: PlaceId; readonly add: readonly ProductId[]; readonly remove: readonly ProductId[] },
): Promise<Result<{ added: number; removed: number }, CatalogError>> {
  const unknown = await findUnknown(ctx, [...add, ...remove]);
  if (unknown !== undefined) return err({ code: "catalog.product_unknown", product: unknown });
  const changed = await assignAssortment(ctx, [
    ...add.map((productId) => ({ productId, placeId, isIncluded: true })),
    ...remove.map((productId) => ({ productId, placeId, isIncluded: false })),
  ]);
  const added = changed.filter(({ isIncluded }) => isIncluded).length;
  return ok({ added, removed: changed.length - added });
}

async function findUnknown(ctx: Ctx, products: readonly ProductId[]): Promise<ProductId | undefined> {
  const { rows } = await sql<{ id: ProductId }>`
    select given.id from unnest(${products}::uuid[]) as given (id) where not exists (select from catalog.product p where p.id = given.id) limit 1`.execute(
    ctx.db,
  );
  return rows[0]?.id;
}
