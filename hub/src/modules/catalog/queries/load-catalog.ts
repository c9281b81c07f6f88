import type { ChannelId, PlaceId, ProductId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Db, ReadCtx } from "../../../platform/index.ts";
import type {
  AssortmentFact,
  CatalogFacts,
  Category,
  Gtin,
  OptionGroup,
  OptionGroupId,
  ProductFacts,
  VariantFacts,
} from "../domain/index.ts";

/**
 * The catalog, or only some products of it with all that belongs to them. The revision is read first: what changes while the rest is
 * read raises it, and is loaded again for that change. One statement after the other: an open transaction has one connection.
 */
export async function loadCatalogFacts(db: Db, only: readonly ProductId[] | null = null): Promise<CatalogFacts> {
  const { revision } = await db.selectFrom("catalog.revision").select("revision").executeTakeFirstOrThrow();
  return {
    revision,
    categories: await categoryRows(db),
    products: await productRows(db, only),
    variants: await variantRows(db, only),
    barcodes: await barcodeRows(db, only),
    optionGroups: await optionGroupRows(db),
    productOptions: await productOptionRows(db, only),
    assortment: await assortmentRows(db, only),
    parts: await partRows(db, only),
    exclusions: await exclusionRows(db, only),
  };
}

/** The next products that are sold, by id: for who walks through all of them. */
export async function activeProductIds({ db }: Pick<ReadCtx, "db">, after: ProductId | null, limit: number): Promise<ProductId[]> {
  const { rows } = await sql<{ id: ProductId }>`
    select id from catalog.product where is_active and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

export async function countActiveProducts({ db }: Pick<ReadCtx, "db">): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from catalog.product where is_active`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Whether a row belongs to one of the products asked for; null asks for all. */
const isOneOf = (product: string, only: readonly ProductId[] | null) =>
  sql<boolean>`(${only}::uuid[] is null or ${sql.ref(product)} = any (${only}::uuid[]))`;

// The brands of ids and the shapes of jsonb exist only in types: the commands wrote them from values of these very types.

async function categoryRows(db: Db): Promise<Category[]> {
  const rows = await db
    .selectFrom("catalog.category")
    .select(["id", "parent_id as parentId", "code", "name", "position", "icon"])
    .execute();
  return rows as unknown as Category[]; // see above
}

async function productRows(db: Db, only: readonly ProductId[] | null): Promise<ProductFacts[]> {
  const rows = await db
    .selectFrom("catalog.product")
    .select(["id", "slug", "name", "description", "brand", "category_id as categoryId", "picture_url as pictureUrl", "allergens"])
    .select([
      "tax_class as taxClass",
      "prep_seconds as prepSeconds",
      "batch_percent as batchPercent",
      "unit",
      "is_tracked as isTracked",
      "is_active as isActive",
    ])
    .select([
      "is_shippable as isShippable",
      "charged_when as chargedWhen",
      "kind",
      "sold_everywhere as soldEverywhere",
      "popularity",
      "position",
      "version",
      "pictures",
    ])
    .where(isOneOf("id", only))
    .execute();
  return rows as unknown as ProductFacts[]; // see above
}

async function variantRows(db: Db, only: readonly ProductId[] | null): Promise<VariantFacts[]> {
  const rows = await db
    .selectFrom("catalog.variant")
    .select(["id", "product_id as productId", "sku", "name", "mpn", "position", "is_active as isActive"])
    .where(isOneOf("product_id", only))
    .orderBy("product_id")
    .orderBy("position")
    .execute();
  return rows as unknown as VariantFacts[]; // see above
}

async function barcodeRows(db: Db, only: readonly ProductId[] | null): Promise<(Gtin & { variantId: VariantId })[]> {
  const rows = await db
    .selectFrom("catalog.variant_barcode as b")
    .innerJoin("catalog.variant as v", "v.id", "b.variant_id")
    .select(["b.gtin", "b.symbology", "b.variant_id as variantId"])
    .where(isOneOf("v.product_id", only))
    .orderBy("b.gtin")
    .execute();
  return rows as (Gtin & { variantId: VariantId })[]; // see above
}

async function optionGroupRows(db: Db): Promise<OptionGroup[]> {
  const { rows } = await sql<OptionGroup>`
    select g.id, g.code, g.name, g.minimum, g.maximum,
           coalesce((select jsonb_agg(jsonb_build_object('code', v.code, 'name', v.name, 'variantId', v.variant_id, 'prepSeconds', v.prep_seconds,
                              'priceDifference', jsonb_build_object('amount', v.amount, 'currency', v.currency)) order by v.position)
                       from catalog.option_value v where v.group_id = g.id), '[]') as values
      from catalog.option_group g`.execute(db);
  return rows;
}

async function productOptionRows(db: Db, only: readonly ProductId[] | null): Promise<{ productId: ProductId; groupId: OptionGroupId }[]> {
  const rows = await db
    .selectFrom("catalog.product_option")
    .select(["product_id as productId", "group_id as groupId"])
    .where(isOneOf("product_id", only))
    .orderBy("product_id")
    .orderBy("position")
    .execute();
  return rows as { productId: ProductId; groupId: OptionGroupId }[]; // see above
}

async function partRows(db: Db, only: readonly ProductId[] | null): Promise<CatalogFacts["parts"]> {
  const rows = await db
    .selectFrom("catalog.bundle_component as b")
    .innerJoin("catalog.variant as v", "v.id", "b.variant_id")
    .select(["b.variant_id as variantId", "b.component_id as componentId", "b.quantity"])
    .where(isOneOf("v.product_id", only))
    .orderBy("b.variant_id")
    .orderBy("b.component_id")
    .execute();
  return rows as unknown as CatalogFacts["parts"]; // see above
}

async function assortmentRows(db: Db, only: readonly ProductId[] | null): Promise<AssortmentFact[]> {
  const rows = await db
    .selectFrom("catalog.assortment")
    .select(["product_id as productId", "place_id as placeId", "is_included as isIncluded"])
    .where(isOneOf("product_id", only))
    .execute();
  return rows as { productId: ProductId; placeId: PlaceId; isIncluded: boolean }[]; // see above
}

async function exclusionRows(db: Db, only: readonly ProductId[] | null): Promise<{ productId: ProductId; channelId: ChannelId }[]> {
  const rows = await db
    .selectFrom("catalog.channel_exclusion")
    .select(["product_id as productId", "channel_id as channelId"])
    .where(isOneOf("product_id", only))
    .execute();
  return rows as { productId: ProductId; channelId: ChannelId }[]; // see above
}
