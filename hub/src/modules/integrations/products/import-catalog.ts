import { err, ok, type ProductId, type Result, type VariantId } from "@weft/kernel";
import { inTransaction, type Ctx, type Surroundings } from "../../../platform/index.ts";
import {
  changedFields,
  draftOf,
  productsToChange,
  saveDrafts,
  tidyDraft,
  type Catalog,
  type CatalogError,
  type DraftToSave,
  type ProductDraft,
} from "../../catalog/index.ts";
import { carriedDeposits, carryDeposits, type Carrying } from "../../pricing/index.ts";
import type { RawLine } from "../import/read-csv.ts";
import { cellsOf, COLUMNS, type Column } from "./columns.ts";
import { putAside } from "./put-aside.ts";
import {
  contradicts,
  readDeposit,
  readProduct,
  readVariant,
  readVariantPictures,
  type AsideLine,
  type FileLine,
  type LineProblem,
} from "./read-line.ts";
import { readReferences, type References } from "./references.ts";

/** What came of a file of products. */
export type CatalogImport = {
  readonly lines: number;
  readonly made: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: readonly AsideLine[];
};

/** A file that cannot be read as a whole, because its header names no product or SKU, or a column that nobody knows. */
export type HeaderProblem = { readonly code: "import.column_missing"; readonly missing: string };

/** So many products are one transaction. */
const BATCH_PRODUCTS = 200;

/**
 * Makes and changes products by lines in the form of the export [IMP-14]. Lines of a product stand together; a variant that the file does
 * not name stays as it is. A line that cannot be taken goes to quarantine with its reason and stops nothing [IMP-2]. What says the same as
 * the catalog is not written, so a file that was killed is given again from its start.
 */
export async function importCatalog(around: Surroundings, lines: AsyncIterable<RawLine>): Promise<Result<CatalogImport, HeaderProblem>> {
  let columns: readonly (Column | null)[] | undefined;
  const sum = { lines: 0, made: 0, changed: 0, same: 0 };
  const aside: AsideLine[] = [];
  let waiting: FileLine[][] = [];
  const flush = async (): Promise<void> => {
    const done = await writeGroups(around, mergeSameProduct(waiting));
    waiting = [];
    sum.made += done.made;
    sum.changed += done.changed;
    sum.same += done.same;
    await keepAside(around, columns ?? [], done.refused);
    aside.push(...done.refused);
  };
  for await (const { number, text, fields, broken } of lines) {
    if (!columns) {
      const found = columnsOf(fields);
      if (!found.ok) return found;
      columns = found.value;
      continue;
    }
    sum.lines += 1;
    const line: FileLine = { number, text, cells: cellsOf(fields, columns) };
    if (broken !== undefined || fields.length !== columns.length) {
      const refused: AsideLine = { ...line, reason: "broken_line", detail: broken ?? null };
      await keepAside(around, columns, [refused]);
      aside.push(refused);
      continue;
    }
    const group = waiting.at(-1);
    if (group?.[0]?.cells.product === line.cells.product) group?.push(line);
    else {
      if (waiting.length === BATCH_PRODUCTS) await flush();
      waiting.push([line]);
    }
  }
  if (waiting.length > 0) await flush();
  return columns
    ? ok({ ...sum, refused: aside.toSorted((a, b) => a.number - b.number) })
    : err({ code: "import.column_missing", missing: "product" });
}

/** The columns of a header; those that begin with `x_` are the reader's own and passed over. */
export function columnsOf(header: readonly string[]): Result<(Column | null)[], HeaderProblem> {
  const columns: (Column | null)[] = [];
  for (const name of header.map((cell) => cell.trim().toLowerCase())) {
    const column = COLUMNS.find((one) => one === name);
    if (!column && !name.startsWith("x_")) return err({ code: "import.column_missing", missing: name === "" ? "?" : name });
    columns.push(column ?? null);
  }
  for (const needed of ["product", "sku"] as const)
    if (!columns.includes(needed)) return err({ code: "import.column_missing", missing: needed });
  return ok(columns);
}

type Written = { readonly made: number; readonly changed: number; readonly same: number; readonly refused: readonly AsideLine[] };

/** One transaction; when the catalog refuses it, halves until the product that it cannot hold stands alone. */
async function writeGroups(around: Surroundings, groups: readonly (readonly FileLine[])[]): Promise<Written> {
  const outcome = await inTransaction<Written, CatalogError>(around, (ctx) => writeAll(ctx, groups));
  if (outcome.kind !== "done") throw new Error("a transaction without a key is never replayed");
  if (outcome.result.ok) return outcome.result.value;
  const [only] = groups;
  if (groups.length === 1 && only) {
    const { code, ...fields } = outcome.result.error;
    const detail = Object.values(fields).join(" ");
    return {
      made: 0,
      changed: 0,
      same: 0,
      refused: only.map((line) => ({ ...line, reason: code, detail: detail === "" ? null : detail })),
    };
  }
  const half = Math.ceil(groups.length / 2);
  const [first, second] = [await writeGroups(around, groups.slice(0, half)), await writeGroups(around, groups.slice(half))];
  return {
    made: first.made + second.made,
    changed: first.changed + second.changed,
    same: first.same + second.same,
    refused: [...first.refused, ...second.refused],
  };
}

async function writeAll(ctx: Ctx, groups: readonly (readonly FileLine[])[]): Promise<Result<Written, CatalogError>> {
  const references = await readReferences(ctx);
  const catalog = await productsOf(ctx, groups);
  const read = groups.map((group) => readGroup(ctx, group, catalog, references));
  const drafts = read.flatMap(({ draft }) => draft ?? []);
  const changed = drafts.filter(isChanged);
  if (changed.length > 0) {
    const saved = await saveDrafts(ctx, changed, references);
    if (!saved.ok) return saved;
  }
  const carrying = await saveDeposits(
    ctx,
    read.flatMap(({ draft, deposits }) => (draft ? deposits : [])),
  );
  const touched = drafts.filter((one) => changed.includes(one) || one.draft.variants.some(({ id }) => carrying.has(id)));
  const made = touched.filter(({ before }) => !before).length;
  return ok({
    made,
    changed: touched.length - made,
    same: drafts.length - touched.length,
    refused: read.flatMap(({ refused }) => refused),
  });
}

/** Keeps what the lines say of deposits where it is not so already; answers the goods that it changed. */
async function saveDeposits(ctx: Ctx, said: readonly Carrying[]): Promise<ReadonlySet<VariantId>> {
  if (said.length === 0) return new Set();
  const before = await carriedDeposits(
    ctx.db,
    said.map(({ variantId }) => variantId),
  );
  const changed = said.filter(({ variantId, deposit }) => (before.get(variantId) ?? null) !== deposit);
  await carryDeposits(ctx, changed);
  return new Set(changed.map(({ variantId }) => variantId));
}

/** Groups of one product that stand apart in a batch are one. */
function mergeSameProduct(groups: readonly (readonly FileLine[])[]): FileLine[][] {
  const byProduct = new Map<string, FileLine[]>();
  for (const group of groups) {
    const key = group[0]?.cells.product ?? "";
    byProduct.set(key, [...(byProduct.get(key) ?? []), ...group]);
  }
  return [...byProduct.values()];
}

/** The products that the lines name, as the open transaction sees them; the lock keeps others from changing them meanwhile. */
async function productsOf(ctx: Ctx, groups: readonly (readonly FileLine[])[]): Promise<Catalog> {
  return productsToChange(
    ctx,
    groups.map((group) => group[0]?.cells.product ?? ""),
  );
}

function isChanged({ before, draft, product, popularity, position }: DraftToSave): boolean {
  if (!before || !product) return true;
  if ((popularity ?? product.popularity) !== product.popularity || (position ?? product.position) !== product.position) return true;
  return changedFields(before, draft).length > 0;
}

type ReadGroup = { readonly draft?: DraftToSave; readonly deposits: readonly Carrying[]; readonly refused: readonly AsideLine[] };

/** The lines of one product: its first good line says what it is, each says one variant. */
function readGroup(ctx: Ctx, group: readonly FileLine[], catalog: Catalog, references: References): ReadGroup {
  const refused: AsideLine[] = [];
  const deposits: Carrying[] = [];
  const product = catalog.bySlug(group[0]?.cells.product ?? "");
  const before = product && draftOf(catalog, product);
  let base: { readonly line: FileLine; readonly draft: ProductDraft; readonly popularity?: number; readonly position?: number } | undefined;
  for (const line of group) {
    const read = base ? undefined : readProduct(line.cells, before, references);
    if (read && !read.ok) {
      refused.push({ ...line, ...read.error });
      continue;
    }
    const column = base && contradicts(base.line.cells, line.cells);
    if (column !== undefined) {
      refused.push({ ...line, reason: "product_differs", detail: column });
      continue;
    }
    const current = base ?? (read ? { line, ...read.value } : undefined);
    if (!current) continue;
    const merged = withVariant(ctx, current.draft, line, { before, references });
    if (!merged.ok) {
      refused.push({ ...line, ...merged.error });
      // What it says of its product may still hold, for the lines that follow.
      base = current;
      continue;
    }
    base = { ...current, draft: merged.value.draft };
    deposits.push(...merged.value.deposits);
  }
  if (!base || base.draft.variants.length === 0) return { refused, deposits };
  const { line: _, draft, ...order } = base;
  return { refused, deposits, draft: { id: product?.id ?? ctx.newId<ProductId>(), draft: tidyDraft(draft), before, product, ...order } };
}

type Around = { readonly before: ProductDraft | undefined; readonly references: References };
type WithVariant = { readonly draft: ProductDraft; readonly deposits: readonly Carrying[] };

function withVariant(ctx: Ctx, draft: ProductDraft, line: FileLine, { before, references }: Around): Result<WithVariant, LineProblem> {
  const sku = line.cells.sku?.trim();
  const known = draft.variants.find((variant) => variant.sku === sku);
  const standing = before?.variants.find((variant) => variant.sku === sku);
  if (known && known !== standing) return err({ reason: "sku_twice", detail: sku ?? null });
  const variant = readVariant(line.cells, known, () => ctx.newId<VariantId>());
  if (!variant.ok) return variant;
  const deposit = readDeposit(line.cells, references);
  if (!deposit.ok) return deposit;
  const variants = known ? draft.variants.map((one) => (one === known ? variant.value : one)) : [...draft.variants, variant.value];
  const pictures = readVariantPictures(line.cells, draft.pictures, variant.value.id);
  if (!pictures.ok) return pictures;
  const deposits = deposit.value === undefined ? [] : [{ variantId: variant.value.id, deposit: deposit.value }];
  return ok({ draft: { ...draft, variants, pictures: pictures.value }, deposits });
}

async function keepAside(around: Surroundings, columns: readonly (Column | null)[], lines: readonly AsideLine[]): Promise<void> {
  if (lines.length === 0) return;
  await inTransaction(around, async (ctx) => {
    await putAside(ctx, columns, lines);
    return ok(null);
  });
}

/** Takes one line again, mended or not, as the columns of its file were; the error is the reason why it still cannot be taken. */
export async function importLine(ctx: Ctx, line: FileLine): Promise<Result<null, LineProblem>> {
  const written = await writeAll(ctx, [[line]]);
  if (!written.ok) return err({ reason: written.error.code, detail: null });
  const [refused] = written.value.refused;
  return refused ? err({ reason: refused.reason, detail: refused.detail }) : ok(null);
}
