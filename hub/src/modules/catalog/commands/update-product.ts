import type { LocalizedText } from "@weft/contracts";
import { err, ok, type CategoryId, type ProductId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CatalogError } from "../errors.ts";
import { announce, raiseRevision } from "./revision.ts";

export type ProductChange = {
  readonly name?: LocalizedText | undefined;
  readonly description?: LocalizedText | undefined;
  readonly categoryId?: CategoryId | undefined;
  readonly isActive?: boolean | undefined;
  readonly isShippable?: boolean | undefined;
};

/**
 * Changes what is given of a product. Errors: `catalog.product_unknown`, `catalog.category_unknown`. Publishes `catalog.changed.v1`.
 */
export async function updateProduct(ctx: Ctx, id: ProductId, change: ProductChange): Promise<Result<void, CatalogError>> {
  const { name, description, categoryId, isActive, isShippable } = change;
  const revision = await raiseRevision(ctx);
  if (categoryId) {
    const category = await ctx.db.selectFrom("catalog.category").select("id").where("id", "=", categoryId).executeTakeFirst();
    if (!category) return err({ code: "catalog.category_unknown", categoryId });
  }
  const { rows } = await sql<{ id: string }>`
    update catalog.product set name = coalesce(${name ? JSON.stringify(name) : null}::jsonb, name),
      description = coalesce(${description ? JSON.stringify(description) : null}::jsonb, description),
      category_id = coalesce(${categoryId ?? null}::uuid, category_id), is_active = coalesce(${isActive ?? null}::boolean, is_active),
      is_shippable = coalesce(${isShippable ?? null}::boolean, is_shippable), version = version + 1
     where id = ${id} returning id`.execute(ctx.db);
  if (rows.length === 0) return err({ code: "catalog.product_unknown", product: id });
  await sql`select catalog.index_products(array[${id}::uuid])`.execute(ctx.db);
  await announce(ctx, revision, [id]);
  return ok(undefined);
}
