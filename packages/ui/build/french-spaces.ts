import type { RawCatalog } from "./message-catalog.ts";

const NARROW = "\u202F";
const FULL = "\u00A0";

/**
 * French texts as they are set: the space before `; ! ?` is a narrow one, that before `:` and inside `« »` a full one, and no line ends
 * there (Imprimerie nationale, Lexique des règles typographiques). The files keep plain spaces, which every keyboard has.
 */
export function withFrenchSpaces(catalog: RawCatalog): RawCatalog {
  const set = (text: string): string =>
    text
      .replaceAll(/ (?=[;!?])/g, NARROW)
      .replaceAll(/ (?=[:»])/g, FULL)
      .replaceAll("« ", `«${FULL}`);
  return Object.fromEntries(Object.entries(catalog).map(([key, text]) => [key, set(text)]));
}
