import { ok, type CategoryId, type ProductId, type VariantId } from "@weft/kernel";
import { inTransaction, type Ctx, type Surroundings } from "../../../platform/index.ts";
import { catalogSnapshot, saveCategories, upsertProducts, type NewProduct } from "../../catalog/index.ts";
import { findColumns, type Columns, type Field } from "./columns.ts";
import { FileError } from "./gather.ts";
import { readCsv } from "./read-csv.ts";

/** What came of a file of products: lines that are in the catalog now, and those that are not, by reason. */
export type ProductImport = {
  readonly lines: number;
  readonly made: number;
  readonly known: number;
  readonly refused: readonly RefusedProduct[];
};

/** A line that names no product. Its number is that of the file, the header being 1. */
export type RefusedProduct = { readonly number: number; readonly reason: "broken_line" | "sku_missing" | "sku_twice" };

type NewGoods = { readonly sku: string; readonly name: string };

const CATEGORY = "imported";

/**
 * Imports products by SKU [IMP-5]: what the catalog has already stays as it is there, so the file may be read again. New ones stand in a
 * category of their own and are sold nowhere until a store takes them into its assortment. Throws a `FileError` for an unreadable file.
 */
export async function importProductFile(
  around: Surroundings,
  path: string,
  map: Readonly<Partial<Record<Field, string>>>,
): Promise<ProductImport> {
  const { goods, refused } = await readGoods(path, map);
  const outcome = await inTransaction(around, async (ctx) => {
    const catalog = await ctx.snapshots.current(catalogSnapshot);
    const fresh = goods.filter(({ sku }) => catalog.variantOfSku(sku) === undefined);
    if (fresh.length === 0) return ok(0);
    const categoryId = catalog.categories.find(({ code }) => code === CATEGORY)?.id ?? (await makeCategory(ctx, catalog.categories.length));
    const saved = await upsertProducts(
      ctx,
      fresh.map((given, position) => productOf(ctx, given, categoryId, position)),
    );
    return saved.ok ? ok(fresh.length) : saved;
  });
  around.snapshots.invalidate();
  if (outcome.kind !== "done" || !outcome.result.ok) throw new Error(`the catalog refused the products: ${JSON.stringify(outcome)}`);
  const made = outcome.result.value;
  return { lines: goods.length + refused.length, made, known: goods.length - made, refused };
}

async function readGoods(
  path: string,
  map: Readonly<Partial<Record<Field, string>>>,
): Promise<{ goods: NewGoods[]; refused: RefusedProduct[] }> {
  let columns: Columns | undefined;
  const goods = new Map<string, NewGoods>();
  const refused: RefusedProduct[] = [];
  for await (const { number, fields, broken } of readCsv(path)) {
    if (!columns) {
      const found = findColumns(fields, ["sku"], ["sku", "name"], map);
      if (!found.ok) throw new FileError(`${path}: ${found.error}`);
      columns = found.value;
      continue;
    }
    const sku = fields[columns.sku ?? -1]?.trim() ?? "";
    const name = fields[columns.name ?? -1]?.trim() ?? "";
    const reason = broken !== undefined ? "broken_line" : sku === "" ? "sku_missing" : goods.has(sku) ? "sku_twice" : undefined;
    if (reason) refused.push({ number, reason });
    else goods.set(sku, { sku, name: name === "" ? sku : name });
  }
  return { goods: [...goods.values()], refused };
}

async function makeCategory(ctx: Ctx, position: number): Promise<CategoryId> {
  const id = ctx.newId<CategoryId>();
  const name = { en: "Imported", fr: "Importés", de: "Importiert", ca: "Importats" };
  await saveCategories(ctx, [{ id, parentId: null, code: CATEGORY, name, position, icon: null }]);
  return id;
}

/** The SKU in its address as it is, because codes that differ in case only are different goods. */
function productOf(ctx: Ctx, { sku, name }: NewGoods, categoryId: CategoryId, position: number): NewProduct {
  return {
    id: ctx.newId<ProductId>(),
    slug: `item-${encodeURIComponent(sku)}`,
    name: { en: name },
    description: { en: "" },
    categoryId,
    pictureUrl: null,
    allergens: [],
    taxClass: "standard",
    prepSeconds: 0,
    unit: "piece",
    isTracked: true,
    isActive: true,
    soldEverywhere: false,
    popularity: 0,
    position,
    variants: [{ id: ctx.newId<VariantId>(), sku, name: { en: "" }, position: 0, barcodes: [] }],
    optionGroupIds: [],
  };
}
