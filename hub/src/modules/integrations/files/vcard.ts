import type { RawLine } from "../import/read-csv.ts";
import type { TextLine } from "./lines.ts";

/** What a card gives, as columns of a table: so cards and lists of customers go one way. */
export const VCARD_HEADER = [
  "UID",
  "First name",
  "Last name",
  "Full name",
  "E-mail",
  "Phone",
  "Birthday",
  "Street",
  "City",
  "Postcode",
  "Country",
  "Language",
  "Organization",
  "Title",
] as const;

/** A card with more lines than this is none; pictures alone take hundreds. */
const MOST_LINES = 20_000;
const MOST_KEPT = 20_000;

type Property = { readonly name: string; readonly params: string; readonly value: string };

/**
 * Reads vCard 2.1, 3 and 4 (RFC 6350), one card after another: their names, addresses, phones. Of several of a kind the preferred one
 * counts, else the first. Written here because the readers of the registry take a whole file into memory, and know one version each.
 */
export async function* vcardRows(lines: AsyncGenerator<TextLine, undefined>): AsyncGenerator<RawLine> {
  yield { number: 0, text: VCARD_HEADER.join(","), fields: VCARD_HEADER };
  let card: { readonly number: number; readonly lines: string[]; length: number; isBroken: boolean } | undefined;
  for await (const { number, text, isCut } of lines) {
    if (/^BEGIN:VCARD\s*$/i.test(text)) {
      if (card) yield broken(card.number, card.lines);
      card = { number, lines: [], length: 0, isBroken: false };
    } else if (card && /^END:VCARD\s*$/i.test(text)) {
      yield card.isBroken ? broken(card.number, card.lines) : rowOf(card.number, card.lines);
      card = undefined;
    } else if (card) {
      card.isBroken ||= isCut || card.lines.length >= MOST_LINES;
      if (!card.isBroken && card.length < MOST_KEPT * 50) card.lines.push(text);
      card.length += text.length;
    }
  }
  if (card) yield broken(card.number, card.lines);
}

const textOf = (lines: readonly string[]): string => ["BEGIN:VCARD", ...lines, "END:VCARD"].join("\n").slice(0, MOST_KEPT);

function broken(number: number, lines: readonly string[]): RawLine {
  return { number, text: textOf(lines.slice(0, 100)), fields: [], broken: "the card does not end" };
}

/** One card as a row; undefined when the text is no whole card. For lines that come back from quarantine, mended. */
export function readCard(text: string): readonly string[] | undefined {
  const lines = text.split(/\r?\n/);
  const [begin, end] = [lines.findIndex((line) => /^BEGIN:VCARD\s*$/i.test(line)), lines.findIndex((line) => /^END:VCARD\s*$/i.test(line))];
  return begin === -1 || end <= begin ? undefined : rowOf(0, lines.slice(begin + 1, end)).fields;
}

function rowOf(number: number, lines: readonly string[]): RawLine {
  const properties = unfold(lines).flatMap(readProperty);
  const one = (name: string): Property | undefined => preferred(properties.filter((property) => property.name === name));
  const text = (name: string): string => unescaped(one(name)?.value ?? "");
  const [family = "", given = "", middle = ""] = parts(one("N"));
  const [, , street = "", city = "", region = "", postcode = "", country = ""] = parts(one("ADR"));
  const phone = text("TEL").replace(/^tel:/i, "");
  const fields = [
    text("UID").replace(/^urn:uuid:/i, ""),
    [given, middle].filter((word) => word !== "").join(" "),
    family,
    text("FN"),
    text("EMAIL").replace(/^mailto:/i, ""),
    phone.split(";")[0] ?? "",
    birthday(text("BDAY")),
    street,
    city === "" ? region : city,
    postcode,
    country,
    text("LANG"),
    parts(one("ORG"))
      .filter((part) => part !== "")
      .join(", "),
    text("TITLE"),
  ];
  return { number, text: textOf(lines), fields };
}

/** A line that begins with a blank goes on the one before; so does, in version 2.1, one after a `=` at the end of quoted-printable. */
function unfold(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const last = whole.at(-1);
    if (last !== undefined && /^[ \t]/.test(line)) whole[whole.length - 1] = last + line.slice(1);
    else if (last !== undefined && last.endsWith("=") && /QUOTED-PRINTABLE/i.test(last)) whole[whole.length - 1] = last.slice(0, -1) + line;
    else whole.push(line);
  }
  return whole;
}

function readProperty(line: string): Property[] {
  const match = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^:;"])*)*):(.*)$/s.exec(line);
  if (!match) return [];
  const [, name = "", params = "", value = ""] = match;
  return [
    {
      name: name.toUpperCase(),
      params: params.toUpperCase(),
      value: params.toUpperCase().includes("QUOTED-PRINTABLE") ? unquoted(value) : value,
    },
  ];
}

function unquoted(value: string): string {
  const bytes = Buffer.from(
    value.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
  return bytes.toString("utf8");
}

/** The one that is marked so (`PREF` of versions 2 and 3, `PREF=1` of 4), then a mobile one, then the first. */
function preferred(properties: readonly Property[]): Property | undefined {
  return (
    properties.find(({ params }) => /(^|[;,=])PREF(=1)?([;,]|$)/.test(params)) ??
    properties.find(({ params }) => params.includes("CELL")) ??
    properties[0]
  );
}

/** The parts of a value with semicolons, of which a comma within one stands for a blank. */
function parts(property: Property | undefined): string[] {
  if (!property) return [];
  return property.value.split(/(?<!\\);/).map((part) =>
    unescaped(
      part
        .split(/(?<!\\),/)
        .filter((word) => word.trim() !== "")
        .join(" "),
    ).trim(),
  );
}

const unescaped = (text: string): string =>
  text
    .replaceAll(/\\([\\,;:])/g, "$1")
    .replaceAll(/\\n/gi, " ")
    .trim();

/** Without a year it is no date of birth. A time of day behind it is of no use. */
function birthday(text: string): string {
  const [, year, month, day] = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text) ?? [];
  return year === undefined ? "" : `${year}-${month}-${day}`;
}
