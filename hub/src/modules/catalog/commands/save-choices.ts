import { err, ok, type CategoryId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { tidyText, type Category, type OptionGroup } from "../domain/index.ts";
import type { CatalogError } from "../errors.ts";
import { lockRevision } from "./revision.ts";
import { saveCategories, saveOptionGroups } from "./save-reference.ts";

type Standing = { readonly version: number } | undefined;

/**
 * Makes a category, or changes the version that `expected` names [CAT-8].
 * Errors: `catalog.changed_meanwhile`, `catalog.version_missing`, `catalog.category_unknown`, `catalog.category_circle`,
 * `catalog.code_taken`. Publishes `catalog.changed.v1`.
 */
export async function saveCategory(ctx: Ctx, category: Category, expected: number | null): Promise<Result<void, CatalogError>> {
  await lockRevision(ctx); // changes come one after the other
  const { rows } = await sql<{ id: CategoryId; parentId: CategoryId | null; code: string; version: number }>`
    select id, parent_id as "parentId", code, version from catalog.category`.execute(ctx.db);
  const before = rows.find(({ id }) => id === category.id);
  const stale = refuseVersion(before, expected, { code: "catalog.category_unknown", categoryId: category.id });
  if (stale) return err(stale);
  if (category.parentId !== null && !rows.some(({ id }) => id === category.parentId))
    return err({ code: "catalog.category_unknown", categoryId: category.parentId });
  if (isBelow(category, new Map(rows.map(({ id, parentId }) => [id, parentId])))) return err({ code: "catalog.category_circle" });
  if (rows.some(({ id, code }) => code === category.code && id !== category.id))
    return err({ code: "catalog.code_taken", taken: category.code });
  await saveCategories(ctx, [{ ...category, name: tidyText(category.name) }]);
  return ok(undefined);
}

function refuseVersion(before: Standing, expected: number | null, unknown: CatalogError): CatalogError | undefined {
  if (!before) return expected === null ? undefined : unknown;
  if (expected === null) return { code: "catalog.version_missing", version: before.version };
  return expected === before.version ? undefined : { code: "catalog.changed_meanwhile", version: before.version };
}

/** Whether the parent that is wanted stands somewhere below the category itself. */
function isBelow({ id, parentId }: Category, parents: ReadonlyMap<CategoryId, CategoryId | null>): boolean {
  for (let above = parentId; above !== null; above = parents.get(above) ?? null) if (above === id) return true;
  return false;
}

/**
 * Makes a group of options, or changes the version that `expected` names [CAT-8], with exactly the values given; carts keep what they
 * chose. Errors: `catalog.changed_meanwhile`, `catalog.version_missing`, `catalog.option_group_unknown`, `catalog.options_invalid`,
 * `catalog.variant_unknown`. Publishes `catalog.changed.v1`.
 */
export async function saveOptionGroup(ctx: Ctx, group: OptionGroup, expected: number | null): Promise<Result<void, CatalogError>> {
  await lockRevision(ctx);
  const before = await ctx.db.selectFrom("catalog.option_group").select("version").where("id", "=", group.id).executeTakeFirst();
  const stale = refuseVersion(before, expected, { code: "catalog.option_group_unknown", id: group.id });
  if (stale) return err(stale);
  const because = whyInvalid(group);
  if (because) return err({ code: "catalog.options_invalid", because });
  const unknown = await unknownVariant(ctx, group);
  if (unknown !== undefined) return err({ code: "catalog.variant_unknown", variant: unknown });
  const values = group.values.map((value) => ({ ...value, name: tidyText(value.name) }));
  await saveOptionGroups(ctx, [{ ...group, name: tidyText(group.name), values }]);
  return ok(undefined);
}

function whyInvalid({
  minimum,
  maximum,
  values,
}: OptionGroup): (CatalogError & { code: "catalog.options_invalid" })["because"] | undefined {
  if (maximum < minimum) return "maximum_below_minimum";
  if (values.length < minimum) return "too_few_values";
  if (new Set(values.map(({ code }) => code)).size < values.length) return "value_twice";
  return new Set(values.map(({ priceDifference }) => priceDifference.currency)).size > 1 ? "currency" : undefined;
}

async function unknownVariant(ctx: Ctx, { values }: OptionGroup): Promise<string | undefined> {
  const named = values.flatMap(({ variantId }) => (variantId === null ? [] : [variantId]));
  const { rows } = await sql<{ id: string }>`
    select given.id from unnest(${named}::uuid[]) as given (id) where not exists (select from catalog.variant v where v.id = given.id) limit 1`.execute(
    ctx.db,
  );
  return rows[0]?.id;
}
