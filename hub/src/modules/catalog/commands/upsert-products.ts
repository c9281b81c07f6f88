import type { LocalizedText } from "@weft/contracts";
import { err, ok, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import {
  readGtin,
  type ChargedWhen,
  type Gtin,
  type OptionGroupId,
  type ProductFacts,
  type ProductKind,
  type ProductPicture,
} from "../domain/index.ts";
import type { CatalogError } from "../errors.ts";
import { announce, raiseRevision } from "./revision.ts";

export type NewVariant = {
  readonly id: VariantId;
  readonly sku: string;
  /** Empty in all languages when the product has one variant only. */
  readonly name: LocalizedText;
  readonly position: number;
  /** Absent: none, or as it is. */
  readonly mpn?: string;
  /** As printed, check digit included. */
  readonly barcodes: readonly string[];
  /** Absent: it can be bought, or stays as it is. */
  readonly isActive?: boolean;
};

/** A product with its variants, and the option groups in the order in which they are asked. */
export type NewProduct = Omit<ProductFacts, "isShippable" | "chargedWhen" | "kind" | "brand" | "batchPercent" | "version" | "pictures"> & {
  /** Absent: no, and as it is in a known product. */
  readonly isShippable?: boolean;
  /** Absent: as the house says, and as it is in a known product. */
  readonly chargedWhen?: ChargedWhen;
  /** Absent: goods, and as it is in a known product. */
  readonly kind?: ProductKind;
  /** Absent: none, and as it is in a known product. */
  readonly brand?: string;
  /** Absent: 100, and as it is in a known product. */
  readonly batchPercent?: number;
  /** Absent: the one picture of `pictureUrl`, and those that the product has when that is its first. */
  readonly pictures?: readonly ProductPicture[];
} & { readonly variants: readonly NewVariant[]; readonly optionGroupIds: readonly OptionGroupId[] };

/**
 * Adds products or brings known ones (by id) up to date, in bulk: a few statements whatever their number. Barcodes and options become
 * exactly those given; a variant that is not given stays, because orders and stock name it.
 * Errors: `catalog.barcode_invalid`, `catalog.category_unknown`, `catalog.sku_taken`, `catalog.slug_taken`, `catalog.barcode_taken`.
 * Publishes `catalog.changed.v1`.
 */
export async function upsertProducts(ctx: Ctx, products: readonly NewProduct[]): Promise<Result<{ revision: number }, CatalogError>> {
  const barcodes = readBarcodes(products);
  if (!barcodes.ok) return barcodes;
  const revision = await raiseRevision(ctx);
  const refusal = await findConflict(ctx, products, barcodes.value);
  if (refusal) return err(refusal);
  await writeAll(ctx, products, barcodes.value);
  await announce(
    ctx,
    revision,
    products.map(({ id }) => id),
  );
  return ok({ revision });
}

async function writeAll(ctx: Ctx, products: readonly NewProduct[], barcodes: readonly VariantBarcode[]): Promise<void> {
  await writeProducts(ctx, products);
  await writeVariants(ctx, products);
  await writeBarcodes(ctx, products, barcodes);
  await writeOptions(ctx, products);
  await sql`select catalog.index_products(${products.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
}

type VariantBarcode = Gtin & { readonly variantId: VariantId; readonly printed: string };

function readBarcodes(products: readonly NewProduct[]): Result<VariantBarcode[], CatalogError> {
  const read: VariantBarcode[] = [];
  const owners = new Map<string, VariantId>();
  for (const { id: variantId, barcodes } of products.flatMap(({ variants }) => variants)) {
    for (const barcode of barcodes) {
      const gtin = readGtin(barcode);
      if (!gtin.ok) return err({ code: "catalog.barcode_invalid", barcode, because: gtin.error });
      const owner = owners.get(gtin.value.gtin);
      if (owner === variantId) continue;
      if (owner) return err({ code: "catalog.barcode_taken", barcode });
      owners.set(gtin.value.gtin, variantId);
      read.push({ ...gtin.value, variantId, printed: barcode });
    }
  }
  return ok(read);
}

/** The first SKU, address or barcode that belongs to another, or a category that nobody made. Nothing can come between: the revision is locked. */
async function findConflict(
  ctx: Ctx,
  products: readonly NewProduct[],
  barcodes: readonly VariantBarcode[],
): Promise<CatalogError | undefined> {
  const variants = products.flatMap((product) => product.variants);
  const { rows } = await sql<{ kind: "category" | "sku" | "slug" | "barcode"; what: string }>`
    select 'category' as kind, given.id::text as what
      from unnest(${products.map(({ categoryId }) => categoryId)}::uuid[]) as given (id)
     where not exists (select from catalog.category c where c.id = given.id)
    union all
    select 'sku', v.sku from unnest(${variants.map(({ id }) => id)}::uuid[], ${variants.map(({ sku }) => sku)}::text[]) as given (id, sku)
      join catalog.variant v on v.sku = given.sku and v.id <> given.id
    union all
    select 'slug', p.slug from unnest(${products.map(({ id }) => id)}::uuid[], ${products.map(({ slug }) => slug)}::text[]) as given (id, slug)
      join catalog.product p on p.slug = given.slug and p.id <> given.id
    union all
    select 'barcode', given.printed
      from unnest(${barcodes.map(({ variantId }) => variantId)}::uuid[], ${barcodes.map(({ gtin }) => gtin)}::text[],
                  ${barcodes.map(({ printed }) => printed)}::text[]) as given (id, gtin, printed)
      join catalog.variant_barcode b on b.gtin = given.gtin and b.variant_id <> given.id and b.variant_id <> all (${variants.map(({ id }) => id)}::uuid[])
    limit 1`.execute(ctx.db);
  const [row] = rows;
  switch (row?.kind) {
    case undefined:
      return firstTwice(products);
    case "category":
      return { code: "catalog.category_unknown", categoryId: row.what };
    case "sku":
      return { code: "catalog.sku_taken", sku: row.what };
    case "slug":
      return { code: "catalog.slug_taken", slug: row.what };
    case "barcode":
      return { code: "catalog.barcode_taken", barcode: row.what };
  }
}

/** A SKU or address that two entries of the same call want. */
function firstTwice(products: readonly NewProduct[]): CatalogError | undefined {
  const slug = twice(products.map((product) => product.slug));
  if (slug !== undefined) return { code: "catalog.slug_taken", slug };
  const sku = twice(products.flatMap((product) => product.variants.map((variant) => variant.sku)));
  return sku === undefined ? undefined : { code: "catalog.sku_taken", sku };
}

function twice(texts: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return texts.find((text) => seen.has(text) || !seen.add(text));
}

async function writeProducts(ctx: Ctx, products: readonly NewProduct[]): Promise<void> {
  const rows = products.map(({ pictures, ...product }) => ({
    ...product,
    pictures: pictures ?? (product.pictureUrl === null ? [] : [{ url: product.pictureUrl, alt: { en: "" } }]),
    keepsPictures: pictures === undefined,
  }));
  const keeps = rows.filter(({ isShippable }) => isShippable === undefined).map(({ id }) => id);
  const keepsCharging = rows.filter(({ chargedWhen }) => chargedWhen === undefined).map(({ id }) => id);
  const keepsKind = rows.filter(({ kind }) => kind === undefined).map(({ id }) => id);
  const keepsBatch = rows.filter(({ batchPercent }) => batchPercent === undefined).map(({ id }) => id);
  const keepsBrand = rows.filter(({ brand }) => brand === undefined).map(({ id }) => id);
  await sql`
    insert into catalog.product (id, slug, name, description, brand, category_id, pictures, allergens, tax_class, prep_seconds, batch_percent, unit, is_tracked, is_shippable,
      charged_when, kind, is_active, sold_everywhere, popularity, position)
    select id, slug, name, description, coalesce(brand, ''), "categoryId", pictures, array(select jsonb_array_elements_text(allergens)), "taxClass", "prepSeconds", coalesce("batchPercent", 100), unit, "isTracked", coalesce("isShippable", false),
      coalesce("chargedWhen", 'house'), coalesce(kind, 'goods'), "isActive", "soldEverywhere", popularity, position
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as p(id uuid, slug text, name jsonb, description jsonb, brand text, "categoryId" uuid, pictures jsonb, allergens jsonb, "taxClass" text, "prepSeconds" integer, "batchPercent" integer,
             unit text, "isTracked" boolean, "isShippable" boolean, "chargedWhen" text, kind text, "isActive" boolean, "soldEverywhere" boolean, popularity integer, position integer)
    on conflict (id) do update set slug = excluded.slug, name = excluded.name, description = excluded.description,
      brand = case when product.id = any (${keepsBrand}::uuid[]) then product.brand else excluded.brand end, category_id = excluded.category_id,
      pictures = case when product.pictures -> 0 ->> 'url' = excluded.pictures -> 0 ->> 'url' and product.id = any (${rows.filter(({ keepsPictures }) => keepsPictures).map(({ id }) => id)}::uuid[])
        then product.pictures else excluded.pictures end, version = product.version + 1, allergens = excluded.allergens, tax_class = excluded.tax_class, prep_seconds = excluded.prep_seconds,
      batch_percent = case when product.id = any (${keepsBatch}::uuid[]) then product.batch_percent else excluded.batch_percent end,
      unit = excluded.unit, is_tracked = excluded.is_tracked, is_shippable = case when product.id = any (${keeps}::uuid[]) then product.is_shippable else excluded.is_shippable end,
      charged_when = case when product.id = any (${keepsCharging}::uuid[]) then product.charged_when else excluded.charged_when end,
      kind = case when product.id = any (${keepsKind}::uuid[]) then product.kind else excluded.kind end, is_active = excluded.is_active, sold_everywhere = excluded.sold_everywhere,
      popularity = excluded.popularity, position = excluded.position`.execute(ctx.db);
}

async function writeVariants(ctx: Ctx, products: readonly NewProduct[]): Promise<void> {
  const variants = products.flatMap(({ id, variants: own }) => own.map((variant) => ({ ...variant, productId: id })));
  const keepsMpn = variants.filter(({ mpn }) => mpn === undefined).map(({ id }) => id);
  await sql`
    insert into catalog.variant (id, product_id, sku, name, mpn, position, is_active)
    select id, "productId", sku, name, coalesce(mpn, ''), position, coalesce("isActive", true)
      from jsonb_to_recordset(${JSON.stringify(variants)}::jsonb) as v(id uuid, "productId" uuid, sku text, name jsonb, mpn text, position integer, "isActive" boolean)
    on conflict (id) do update set product_id = excluded.product_id, sku = excluded.sku, name = excluded.name, position = excluded.position,
      mpn = case when variant.id = any (${keepsMpn}::uuid[]) then variant.mpn else excluded.mpn end, is_active = excluded.is_active`.execute(
    ctx.db,
  );
}

async function writeBarcodes(ctx: Ctx, products: readonly NewProduct[], barcodes: readonly VariantBarcode[]): Promise<void> {
  const variantIds = products.flatMap(({ variants }) => variants.map(({ id }) => id));
  await sql`delete from catalog.variant_barcode where variant_id = any (${variantIds}::uuid[])`.execute(ctx.db);
  await sql`
    insert into catalog.variant_barcode (gtin, variant_id, symbology)
    select * from unnest(${barcodes.map(({ gtin }) => gtin)}::text[], ${barcodes.map(({ variantId }) => variantId)}::uuid[],
                         ${barcodes.map(({ symbology }) => symbology)}::text[])`.execute(ctx.db);
}

async function writeOptions(ctx: Ctx, products: readonly NewProduct[]): Promise<void> {
  const options = products.flatMap(({ id, optionGroupIds }) => optionGroupIds.map((groupId, position) => ({ id, groupId, position })));
  await sql`delete from catalog.product_option where product_id = any (${products.map(({ id }) => id)}::uuid[])`.execute(ctx.db);
  await sql`
    insert into catalog.product_option (product_id, group_id, position)
    select * from unnest(${options.map(({ id }) => id)}::uuid[], ${options.map(({ groupId }) => groupId)}::uuid[],
                         ${options.map(({ position }) => position)}::integer[])`.execute(ctx.db);
}
