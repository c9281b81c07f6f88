import type { CategoryId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { Category, OptionGroup, OptionGroupId } from "../domain/index.ts";

export type EditedGroup = OptionGroup & { readonly version: number; readonly products: number };
export type EditedCategory = Category & { readonly version: number; readonly products: number };

/** All groups of options with their versions and how many products ask them, by code. */
export async function editedGroups(ctx: Pick<Ctx, "db">, only: OptionGroupId | null = null): Promise<EditedGroup[]> {
  const { rows } = await sql<EditedGroup>`
    select g.id, g.code, g.name, g.minimum, g.maximum, g.version,
           (select count(*)::integer from catalog.product_option o where o.group_id = g.id) as products,
           coalesce((select jsonb_agg(jsonb_build_object('code', v.code, 'name', v.name, 'variantId', v.variant_id, 'prepSeconds', v.prep_seconds,
                              'priceDifference', jsonb_build_object('amount', v.amount, 'currency', v.currency)) order by v.position)
                       from catalog.option_value v where v.group_id = g.id), '[]') as values
      from catalog.option_group g where ${only}::uuid is null or g.id = ${only} order by g.code`.execute(ctx.db);
  return rows;
}

/** All categories with their versions and how many products stand in each itself. */
export async function editedCategories(ctx: Pick<Ctx, "db">, only: CategoryId | null = null): Promise<EditedCategory[]> {
  const { rows } = await sql<EditedCategory>`
    select c.id, c.parent_id as "parentId", c.code, c.name, c.position, c.icon, c.version,
           (select count(*)::integer from catalog.product p where p.category_id = c.id) as products
      from catalog.category c where ${only}::uuid is null or c.id = ${only} order by c.position, c.code`.execute(ctx.db);
  return rows;
}

/** The allergens that products name, by code. */
export async function allergensInUse(ctx: Pick<Ctx, "db">): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`select distinct unnest(allergens) as code from catalog.product order by 1`.execute(ctx.db);
  return rows.map(({ code }) => code);
}
