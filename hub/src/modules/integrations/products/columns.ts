import type { LocalizedText } from "@weft/contracts";
import type { UnitOfMeasure } from "@weft/kernel";
import type { ChargedWhen, ProductKind } from "../../catalog/index.ts";
import { withoutGuard } from "../domain/index.ts";

const LANGUAGES = ["en", "fr", "de", "ca"] as const;
const inLanguages = <Name extends string>(name: Name) => LANGUAGES.map((language) => `${name}_${language}` as const);

/** What a line says of its product. All lines of a product say the same, or nothing. */
export const PRODUCT_COLUMNS = [
  "product",
  ...inLanguages("name"),
  ...inLanguages("description"),
  "brand",
  "category",
  "tax_class",
  "kind",
  "unit",
  "tracked",
  "shippable",
  "charged_when",
  "active",
  "sold_everywhere",
  "not_on_channels",
  "prep_seconds",
  "batch_percent",
  "allergens",
  "pictures",
  ...inLanguages("picture_texts"),
  "options",
  "popularity",
  "position",
] as const;

/** What it says of its variant. */
export const VARIANT_COLUMNS = [
  "sku",
  ...inLanguages("variant"),
  "barcodes",
  "mpn",
  "deposit",
  "variant_active",
  "variant_pictures",
] as const;

/** The columns of a file of products, in their order. */
export const COLUMNS = [...PRODUCT_COLUMNS, ...VARIANT_COLUMNS] as const;
export type Column = (typeof COLUMNS)[number];

/** The cells of a line by column; a column that the file does not have is absent. */
export type Cells = Readonly<Partial<Record<Column, string>>>;

/** Line ends and backslashes are written as in programs, so that each variant is one line of the file. */
export function writeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\r", "\\r");
}

const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r" };

export function readText(cell: string): string {
  return cell.replaceAll(/\\(.)/g, (_, letter: string) => ESCAPED[letter] ?? letter);
}

/** Several values in a cell stand between bars. */
export function writeList(values: readonly string[]): string {
  return values.map((value) => writeText(value).replaceAll("|", "\\|")).join("|");
}

/** `writeList` undone; an empty cell is no value. */
export function readList(cell: string): string[] {
  if (cell === "") return [];
  const values = [""];
  for (const [part = ""] of cell.matchAll(/\\.|\||[^\\|]+|\\$/gsu)) {
    if (part === "|") values.push("");
    else values.push(values.pop() + part);
  }
  return values.map(readText);
}

/** A text in its languages, from the columns that begin with `name`; what the file does not say stays as it was. */
export function readTexts(cells: Cells, name: "name" | "description" | "variant", before: LocalizedText): LocalizedText {
  const own = (language: (typeof LANGUAGES)[number]): string | undefined => {
    const cell = cells[`${name}_${language}`];
    return cell === undefined ? before[language] : readText(cell);
  };
  const [en, fr, de, ca] = LANGUAGES.map(own);
  return { en: en ?? "", ...(fr && { fr }), ...(de && { de }), ...(ca && { ca }) };
}

export function writeTexts<Name extends string>(name: Name, text: LocalizedText): Record<string, string> {
  return Object.fromEntries(LANGUAGES.map((language) => [`${name}_${language}`, writeText(text[language] ?? "")]));
}

export type BadCell = {
  readonly reason: "flag_invalid" | "number_invalid" | "unit_invalid" | "kind_invalid" | "charged_when_invalid" | "text_too_long";
  readonly column: Column;
};

const TRUE = new Set(["true", "1", "yes", "y", "oui", "ja", "sí", "si"]);
const FALSE = new Set(["false", "0", "no", "n", "non", "nein"]);

/** Yes or no; an absent or empty cell says nothing. Throws a `BadCell` for what is neither. */
export function readFlag(cells: Cells, column: Column, otherwise: boolean): boolean {
  const cell = cells[column]?.trim().toLowerCase() ?? "";
  if (cell === "") return otherwise;
  if (TRUE.has(cell)) return true;
  if (FALSE.has(cell)) return false;
  throw new BadCellError({ reason: "flag_invalid", column });
}

/** A whole number from 0 on; an absent or empty cell says nothing. */
export function readNumber(cells: Cells, column: Column, otherwise: number): number {
  const cell = cells[column]?.trim() ?? "";
  if (cell === "") return otherwise;
  if (/^\d{1,9}$/.test(cell)) return Number(cell);
  throw new BadCellError({ reason: "number_invalid", column });
}

export function readPercent(cells: Cells, column: Column, otherwise: number): number {
  const percent = readNumber(cells, column, otherwise);
  if (percent <= 100) return percent;
  throw new BadCellError({ reason: "number_invalid", column });
}

/** A mark of the maker: blanks around it are nobody's. An absent cell says nothing, an empty one takes it away. */
export function readMark(cells: Cells, column: "brand" | "mpn", otherwise: string): string {
  const cell = cells[column];
  if (cell === undefined) return otherwise;
  const mark = readText(cell).trim();
  if (mark.length > MOST_MARK) throw new BadCellError({ reason: "text_too_long", column });
  return mark;
}

/** The longest brand and number that the readers of feeds take. */
const MOST_MARK = 70;

export function readUnit(cells: Cells, otherwise: UnitOfMeasure): UnitOfMeasure {
  const cell = cells.unit?.trim() ?? "";
  if (cell === "") return otherwise;
  if (cell === "piece" || cell === "gram") return cell;
  throw new BadCellError({ reason: "unit_invalid", column: "unit" });
}

/** `house`, `order` or `dispatch`; an absent or empty cell says nothing. */
export function readChargedWhen(cells: Cells, otherwise: ChargedWhen): ChargedWhen {
  const cell = cells.charged_when?.trim() ?? "";
  if (cell === "") return otherwise;
  if (cell === "house" || cell === "order" || cell === "dispatch") return cell;
  throw new BadCellError({ reason: "charged_when_invalid", column: "charged_when" });
}

/** Goods, or a service that is booked. */
export function readKind(cells: Cells, otherwise: ProductKind): ProductKind {
  const cell = cells.kind?.trim() ?? "";
  if (cell === "") return otherwise;
  if (cell === "goods" || cell === "service") return cell;
  throw new BadCellError({ reason: "kind_invalid", column: "kind" });
}

/** A cell that cannot be read; whoever reads a line turns it into the reason for which the line is put aside. */
export class BadCellError extends Error {
  override readonly name = "BadCellError";
  readonly bad: BadCell;
  constructor(bad: BadCell) {
    super(`${bad.reason} ${bad.column}`);
    this.bad = bad;
  }
}

/** The cells of a line under the columns of its header, without the guard that keeps spreadsheets from running them. */
export function cellsOf(fields: readonly string[], columns: readonly (Column | null)[]): Cells {
  return Object.fromEntries(columns.flatMap((column, index) => (column === null ? [] : [[column, withoutGuard(fields[index] ?? "")]])));
}
