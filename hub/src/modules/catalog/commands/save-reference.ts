import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { Category, OptionGroup } from "../domain/index.ts";
import { announce, raiseRevision } from "./revision.ts";

/** Adds categories or brings known ones (by id) up to date; parents stand before their children. Publishes `catalog.changed.v1`. */
export async function saveCategories(ctx: Ctx, categories: readonly Category[]): Promise<void> {
  const revision = await raiseRevision(ctx);
  await sql`
    insert into catalog.category (id, parent_id, code, name, position, icon)
    select id, "parentId", code, name, position, icon
      from jsonb_to_recordset(${JSON.stringify(categories)}::jsonb)
        as c(id uuid, "parentId" uuid, code text, name jsonb, position integer, icon text)
    on conflict (id) do update set parent_id = excluded.parent_id, code = excluded.code, name = excluded.name, position = excluded.position,
      icon = excluded.icon, version = category.version + 1`.execute(ctx.db);
  // A category is found by its name in all of its products.
  await sql`
    select catalog.index_products(array(select id from catalog.product where category_id = any (${categories.map(({ id }) => id)}::uuid[])))`.execute(
    ctx.db,
  );
  await announce(ctx, revision);
}

/** Adds option groups or brings known ones (by id) up to date, with exactly the values given. Publishes `catalog.changed.v1`. */
export async function saveOptionGroups(ctx: Ctx, groups: readonly OptionGroup[]): Promise<void> {
  const revision = await raiseRevision(ctx);
  const values = groups.flatMap(({ id: groupId, values: own }) =>
    own.map(({ priceDifference: { amount, currency }, ...value }, position) => ({ ...value, groupId, position, amount, currency })),
  );
  await sql`
    insert into catalog.option_group (id, code, name, minimum, maximum)
    select id, code, name, minimum, maximum
      from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) as g(id uuid, code text, name jsonb, minimum integer, maximum integer)
    on conflict (id) do update set code = excluded.code, name = excluded.name, minimum = excluded.minimum, maximum = excluded.maximum,
      version = option_group.version + 1`.execute(ctx.db);
  await sql`delete from catalog.option_value where group_id = any (${groups.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  await sql`
    insert into catalog.option_value (group_id, code, name, position, amount, currency, variant_id, prep_seconds)
    select "groupId", code, name, position, amount, currency, "variantId", coalesce("prepSeconds", 0)
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
        as v("groupId" uuid, code text, name jsonb, position integer, amount bigint, currency text, "variantId" uuid, "prepSeconds" integer)`.execute(
    ctx.db,
  );
  await announce(ctx, revision);
}

/** Keeps pictures (SVG texts) and answers their addresses in the same order. The same picture has the same address, for ever. */
export async function savePictures(ctx: Ctx, svgs: readonly string[]): Promise<string[]> {
  const hashes = svgs.map((svg) => createHash("sha256").update(svg).digest("hex").slice(0, 32));
  await sql`
    insert into catalog.picture (hash, svg) select * from unnest(${hashes}::text[], ${svgs}::text[]) on conflict do nothing`.execute(
    ctx.db,
  );
  return hashes.map((hash) => `/pictures/${hash}.svg`);
}
