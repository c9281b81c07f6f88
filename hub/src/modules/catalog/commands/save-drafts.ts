import { asId, err, ok, type ProductId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { compileCatalog, judgeDraft, type Catalog, type DraftProblem, type Product, type ProductDraft } from "../domain/index.ts";
import type { CatalogError } from "../errors.ts";
import { loadCatalogFacts } from "../queries/load-catalog.ts";
import { lockRevision } from "./revision.ts";
import { upsertProducts } from "./upsert-products.ts";

/** What the catalog cannot know by itself: what other modules have. */
export type CatalogKnowledge = { readonly taxClasses: readonly string[]; readonly channelIds: ReadonlySet<string> };

/** A draft with what stood there before; a new product has neither. */
export type DraftToSave = {
  readonly id: ProductId;
  readonly draft: ProductDraft;
  readonly before: ProductDraft | undefined;
  readonly product: Product | undefined;
  /** Where files say it; else as it was, and last in its category when new. */
  readonly popularity?: number;
  readonly position?: number;
};

/** The products of some addresses as the open transaction sees them; nobody else changes the catalog until it ends. */
export async function productsToChange(ctx: Ctx, slugs: readonly string[]): Promise<Catalog> {
  await lockRevision(ctx);
  const rows = await ctx.db
    .selectFrom("catalog.product")
    .select("id")
    .where("slug", "in", ["", ...slugs])
    .execute();
  return compileCatalog(
    await loadCatalogFacts(
      ctx.db,
      rows.map(({ id }) => asId<ProductId>(id)),
    ),
  );
}

/**
 * Writes drafts, in bulk: a few statements whatever their number. Nothing is written when one cannot be.
 * Errors: what `judgeDraft` says, unknown references, and those of `upsertProducts`. Publishes `catalog.changed.v1`.
 */
export async function saveDrafts(
  ctx: Ctx,
  drafts: readonly DraftToSave[],
  knowledge: CatalogKnowledge,
): Promise<Result<void, CatalogError>> {
  const refusal = refuseDrafts(drafts, knowledge) ?? (await findUnknown(ctx, drafts));
  if (refusal) return err(refusal);
  const positions = await lastPositions(ctx, drafts);
  const saved = await upsertProducts(
    ctx,
    drafts.map((one) => toProduct(one, positions)),
  );
  if (!saved.ok) return saved;
  await writeExclusions(ctx, drafts);
  return ok(undefined);
}

function refuseDrafts(drafts: readonly DraftToSave[], { taxClasses, channelIds }: CatalogKnowledge): CatalogError | undefined {
  for (const { draft, before } of drafts) {
    const problem = judgeDraft(draft, before);
    if (problem) return toError(problem);
    const { taxClass } = draft;
    // What stood in the product before may stay, also when nobody has it any more; here and below.
    if (taxClass !== before?.taxClass && !taxClasses.includes(taxClass)) return { code: "catalog.tax_class_unknown", taxClass };
    const channelId = draft.notOnChannelIds.find((one) => !channelIds.has(one) && !before?.notOnChannelIds.includes(one));
    if (channelId !== undefined) return { code: "catalog.channel_unknown", channelId };
  }
  return undefined;
}

function toError(problem: DraftProblem): CatalogError {
  switch (problem.kind) {
    case "no_variant_sold":
      return { code: "catalog.no_variant_sold" };
    case "variant_unnamed":
      return { code: "catalog.variant_unnamed", sku: problem.sku };
    case "fixed":
      return { code: "catalog.fixed", field: problem.field };
    case "picture_of_nothing":
      return { code: "catalog.picture_variant_unknown", variantId: problem.variantId };
  }
}

async function findUnknown(ctx: Ctx, drafts: readonly DraftToSave[]): Promise<CatalogError | undefined> {
  const urls = drafts.flatMap(({ draft, before }) => {
    const known = new Set(before?.pictures.map(({ url }) => url));
    return draft.pictures.map(({ url }) => url).filter((url) => !known.has(url));
  });
  const groups = drafts.flatMap(({ draft }) => draft.optionGroupIds);
  const variants = drafts.flatMap(({ id, draft }) => draft.variants.map((variant) => ({ id: variant.id, productId: id })));
  const { rows } = await sql<{ kind: "option" | "picture" | "variant"; what: string }>`
    select 'option' as kind, given.id::text as what from unnest(${groups}::uuid[]) as given (id)
     where not exists (select from catalog.option_group g where g.id = given.id)
    union all
    select 'picture', given.url from unnest(${urls}::text[]) as given (url)
     where not exists (select from catalog.picture p
                        where p.hash = substring(given.url from '^/pictures/([0-9a-f]{32})[.]')
                          and given.url = '/pictures/' || p.hash || case when p.svg is null then '.webp' else '.svg' end)
    union all
    select 'variant', v.sku
      from unnest(${variants.map(({ id }) => id)}::uuid[], ${variants.map(({ productId }) => productId)}::uuid[]) as given (id, product_id)
      join catalog.variant v on v.id = given.id and v.product_id <> given.product_id
    limit 1`.execute(ctx.db);
  const [row] = rows;
  switch (row?.kind) {
    case undefined:
      return undefined;
    case "option":
      return { code: "catalog.option_group_unknown", id: row.what };
    case "picture":
      return { code: "catalog.picture_unknown", url: row.what };
    case "variant":
      return { code: "catalog.variant_elsewhere", sku: row.what };
  }
}

function toProduct({ id, draft, product, popularity, position }: DraftToSave, positions: ReadonlyMap<string, number>) {
  const { tracked: isTracked, shippable: isShippable, active: isActive, notOnChannelIds: _, variants, ...rest } = draft;
  return {
    ...rest,
    id,
    ...(draft.kind === "service" ? { isTracked: false, isShippable: false, unit: "piece" as const } : { isTracked, isShippable }),
    isActive,
    pictureUrl: draft.pictures[0]?.url ?? null,
    popularity: popularity ?? product?.popularity ?? 0,
    position: position ?? product?.position ?? positions.get(draft.categoryId) ?? 0,
    variants: variants.map(({ active, ...variant }, nth) => ({ ...variant, position: nth, isActive: active })),
  };
}

/** The place behind the last product of each category that gets a new one. */
async function lastPositions(ctx: Ctx, drafts: readonly DraftToSave[]): Promise<ReadonlyMap<string, number>> {
  const wanted = drafts.filter(({ product, position }) => !product && position === undefined).map(({ draft }) => draft.categoryId);
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ categoryId: string; next: number }>`
    select category_id as "categoryId", max(position) + 1 as next from catalog.product
     where category_id = any (${wanted}::uuid[]) group by category_id`.execute(ctx.db);
  return new Map(rows.map(({ categoryId, next }) => [categoryId, next]));
}

async function writeExclusions(ctx: Ctx, drafts: readonly DraftToSave[]): Promise<void> {
  const rows = drafts.flatMap(({ id, draft }) => draft.notOnChannelIds.map((channelId) => ({ id, channelId })));
  await sql`delete from catalog.channel_exclusion where product_id = any (${drafts.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  await sql`
    insert into catalog.channel_exclusion (product_id, channel_id)
    select * from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map(({ channelId }) => channelId)}::uuid[])`.execute(ctx.db);
}
