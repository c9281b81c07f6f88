import { err, ok, type Result, type VariantId } from "@weft/kernel";
import type { ProductDraft, VariantDraft } from "../../catalog/index.ts";
import {
  BadCellError,
  PRODUCT_COLUMNS,
  readChargedWhen,
  readFlag,
  readKind,
  readList,
  readMark,
  readNumber,
  readPercent,
  readText,
  readTexts,
  readUnit,
  type Cells,
} from "./columns.ts";
import type { References } from "./references.ts";

/** A line as it stands in its file, with its cells by column. */
export type FileLine = { readonly number: number; readonly text: string; readonly cells: Cells };
export type AsideLine = FileLine & LineProblem;

/** Why a line is put aside; `detail` is what stood there, or whom it contradicts. */
export type LineProblem = { readonly reason: string; readonly detail: string | null };

const problem = (reason: string, detail: string | null = null) => err<LineProblem>({ reason, detail });

/** What a product is made of when nothing is said of it. */
const EMPTY: Omit<ProductDraft, "slug" | "categoryId"> = {
  name: { en: "" },
  description: { en: "" },
  brand: "",
  pictures: [],
  allergens: [],
  taxClass: "standard",
  prepSeconds: 0,
  batchPercent: 100,
  unit: "piece",
  tracked: true,
  shippable: false,
  chargedWhen: "house",
  kind: "goods",
  active: true,
  soldEverywhere: true,
  notOnChannelIds: [],
  variants: [],
  optionGroupIds: [],
};

export type ReadProduct = { readonly draft: ProductDraft; readonly popularity?: number; readonly position?: number };

/** The product of a line, over what stood there before; its variants are those of before. What the file does not say stays. */
export function readProduct(cells: Cells, before: ProductDraft | undefined, references: References): Result<ReadProduct, LineProblem> {
  try {
    return productIn(cells, before, references);
  } catch (error) {
    if (error instanceof BadCellError) return problem(error.bad.reason, error.bad.column);
    throw error;
  }
}

function productIn(cells: Cells, before: ProductDraft | undefined, references: References): Result<ReadProduct, LineProblem> {
  const slug = cells.product ?? "";
  if (!/^[A-Za-z0-9%._~-]{1,120}$/.test(slug)) return problem("product_invalid", slug);
  const category = cells.category === undefined || cells.category === "" ? before?.categoryId : references.category(cells.category);
  if (!category) return problem("category_unknown", cells.category ?? null);
  const base = before ?? { ...EMPTY, slug, categoryId: category };
  const name = readTexts(cells, "name", base.name);
  if (name.en.trim() === "") return problem("name_missing");
  const options = idsOf(cells.options, base.optionGroupIds, references.option);
  if (!options.ok) return problem("options_unknown", options.error);
  const channels = idsOf(cells.not_on_channels, base.notOnChannelIds, references.channel);
  if (!channels.ok) return problem("channel_unknown", channels.error);
  const taxClass = cells.tax_class?.trim();
  return ok({
    draft: {
      slug: base.slug,
      name,
      description: readTexts(cells, "description", base.description),
      brand: readMark(cells, "brand", base.brand),
      categoryId: category,
      pictures: picturesOf(cells, base.pictures),
      allergens: cells.allergens === undefined ? base.allergens : readList(cells.allergens),
      taxClass: taxClass === undefined || taxClass === "" ? base.taxClass : taxClass,
      prepSeconds: readNumber(cells, "prep_seconds", base.prepSeconds),
      batchPercent: readPercent(cells, "batch_percent", base.batchPercent),
      unit: readUnit(cells, base.unit),
      tracked: readFlag(cells, "tracked", base.tracked),
      shippable: readFlag(cells, "shippable", base.shippable),
      chargedWhen: readChargedWhen(cells, base.chargedWhen),
      kind: readKind(cells, base.kind),
      active: readFlag(cells, "active", base.active),
      soldEverywhere: readFlag(cells, "sold_everywhere", base.soldEverywhere),
      notOnChannelIds: channels.value,
      variants: base.variants,
      optionGroupIds: options.value,
    },
    ...orderOf(cells),
  });
}

function orderOf(cells: Cells): Pick<ReadProduct, "popularity" | "position"> {
  const [popularity, position] = [readNumber(cells, "popularity", -1), readNumber(cells, "position", -1)];
  return { ...(popularity >= 0 && { popularity }), ...(position >= 0 && { position }) };
}

/** The ids that a cell names; the first that nobody has as an error. An absent cell says nothing. */
function idsOf<Id extends string>(
  cell: string | undefined,
  before: readonly Id[],
  find: (key: string) => Id | undefined,
): Result<readonly Id[], string> {
  if (cell === undefined) return ok(before);
  const ids: Id[] = [];
  for (const key of readList(cell)) {
    // A channel or group that was ended may stay where it stood.
    const id = find(key) ?? before.find((known) => known === key);
    if (id === undefined) return err(key);
    ids.push(id);
  }
  return ok(ids);
}

/** Texts go with the pictures of the same line; where a file names only pictures, the texts of those that were there stay. */
function picturesOf(cells: Cells, before: ProductDraft["pictures"]): ProductDraft["pictures"] {
  const urls = cells.pictures === undefined ? before.map(({ url }) => url) : readList(cells.pictures);
  const texts = (["en", "fr", "de", "ca"] as const).map((language) => {
    const cell = cells[`picture_texts_${language}`];
    return [language, cell === undefined ? undefined : readList(cell)] as const;
  });
  return urls.map((url, nth) => {
    const known = before.find((picture) => picture.url === url);
    const said = texts.map(([language, list]) => [language, list === undefined ? known?.alt[language] : list[nth]] as const);
    const { en = "", fr, de, ca } = Object.fromEntries(said);
    const alt = { en, ...(fr && { fr }), ...(de && { de }), ...(ca && { ca }) };
    return { url, alt, ...(known?.variantId && { variantId: known.variantId }) };
  });
}

/** The pictures of a product once a line has said which of them show its variant only; those that it does not name no longer do. */
export function readVariantPictures(
  cells: Cells,
  pictures: ProductDraft["pictures"],
  id: VariantId,
): Result<ProductDraft["pictures"], LineProblem> {
  if (cells.variant_pictures === undefined) return ok(pictures);
  const named = new Set(readList(cells.variant_pictures));
  const stray = [...named].find((url) => !pictures.some((picture) => picture.url === url));
  if (stray !== undefined) return problem("picture_unknown", stray);
  return ok(
    pictures.map(({ variantId, ...picture }) => {
      const shows = named.has(picture.url) ? id : variantId === id ? undefined : variantId;
      return { ...picture, ...(shows && { variantId: shows }) };
    }),
  );
}

/** The variant of a line, over the one that has its SKU already. Barcodes are read where they are saved, check digit and all. */
export function readVariant(cells: Cells, known: VariantDraft | undefined, newId: () => VariantId): Result<VariantDraft, LineProblem> {
  const sku = cells.sku?.trim() ?? "";
  if (sku === "" || sku.length > 64) return problem("sku_missing");
  try {
    const active = readFlag(cells, "variant_active", known?.active ?? true);
    const barcodes = cells.barcodes === undefined ? (known?.barcodes ?? []) : readList(cells.barcodes);
    const name = readTexts(cells, "variant", known?.name ?? { en: "" });
    return ok({ id: known?.id ?? newId(), sku, name, mpn: readMark(cells, "mpn", known?.mpn ?? ""), barcodes, active });
  } catch (error) {
    if (error instanceof BadCellError) return problem(error.bad.reason, error.bad.column);
    throw error;
  }
}

/** The deposit that a line says its variant carries; null takes one away, undefined says nothing. */
export function readDeposit({ deposit }: Cells, { deposits }: References): Result<string | null | undefined, LineProblem> {
  const code = deposit?.trim();
  if (code === undefined || code === "") return ok(code === undefined ? undefined : null);
  return deposits.has(code) ? ok(code) : problem("deposit_unknown", code);
}

/** Whether a further line of a product says something else of it than the first one: then nobody knows which is meant. */
export function contradicts(first: Cells, other: Cells): string | undefined {
  return PRODUCT_COLUMNS.find((column) => {
    const said = other[column] ?? "";
    return said !== "" && readText(said) !== readText(first[column] ?? "");
  });
}
