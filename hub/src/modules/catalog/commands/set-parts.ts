import { err, ok, type ProductId, type Result, type VariantId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import type { Part } from "../domain/index.ts";
import type { CatalogError } from "../errors.ts";
import { announce, raiseRevision } from "./revision.ts";

/**
 * Says what one of a variant is made of [CAT-11]; no parts: it stands for itself. Parts are counted in stock and have no parts, so that one
 * look says what is taken. Errors: `catalog.variant_unknown`, `catalog.part_invalid`. Publishes `catalog.changed.v1`.
 */
export async function setParts(ctx: Ctx, variantId: VariantId, parts: readonly Part[]): Promise<Result<void, CatalogError>> {
  const revision = await raiseRevision(ctx);
  const componentIds = parts.map((part) => part.variantId);
  const known = await variantsByIds(ctx, [variantId, ...componentIds]);
  const whole = known.get(variantId);
  if (!whole) return err({ code: "catalog.variant_unknown", variant: variantId });
  for (const id of componentIds) {
    const part = known.get(id);
    if (!part) return err({ code: "catalog.variant_unknown", variant: id });
    if (id === variantId) return err({ code: "catalog.part_invalid", sku: part.sku, because: "itself" });
    if (!part.isTracked) return err({ code: "catalog.part_invalid", sku: part.sku, because: "not_counted" });
    if (await isWhole(ctx, id)) return err({ code: "catalog.part_invalid", sku: part.sku, because: "has_parts" });
  }
  if (parts.length > 0 && (await isPart(ctx, variantId))) return err({ code: "catalog.part_invalid", sku: whole.sku, because: "is_part" });
  await ctx.db.deleteFrom("catalog.bundle_component").where("variant_id", "=", variantId).execute();
  if (parts.length > 0)
    await ctx.db
      .insertInto("catalog.bundle_component")
      .values(parts.map((part) => ({ variant_id: variantId, component_id: part.variantId, quantity: part.quantity })))
      .execute();
  await announce(ctx, revision, [whole.productId]);
  return ok(undefined);
}

type Known = { readonly sku: string; readonly productId: ProductId; readonly isTracked: boolean };

async function variantsByIds(ctx: Ctx, ids: readonly VariantId[]): Promise<Map<VariantId, Known>> {
  const rows = await ctx.db
    .selectFrom("catalog.variant as v")
    .innerJoin("catalog.product as p", "p.id", "v.product_id")
    .select(["v.id", "v.sku", "v.product_id as productId", "p.is_tracked as isTracked"])
    .where("v.id", "in", ids)
    .execute();
  // Ids of its own tables.
  return new Map(rows.map(({ id, ...row }) => [id as VariantId, { ...row, productId: row.productId as ProductId }]));
}

async function isWhole(ctx: Ctx, id: VariantId): Promise<boolean> {
  const row = await ctx.db.selectFrom("catalog.bundle_component").select("variant_id").where("variant_id", "=", id).executeTakeFirst();
  return row !== undefined;
}

async function isPart(ctx: Ctx, id: VariantId): Promise<boolean> {
  const row = await ctx.db.selectFrom("catalog.bundle_component").select("variant_id").where("component_id", "=", id).executeTakeFirst();
  return row !== undefined;
}
