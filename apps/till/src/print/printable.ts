import CodepageEncoder from "@point-of-sale/codepage-encoder";

/** The character sets that printers of any make have for the languages of this house. */
export type CodePage = "windows1252" | "cp858";

/** What stands for a sign that a printer does not have. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  "−": "-",
  "–": "-",
  "—": "-",
  "‘": "'",
  "’": "'",
  "“": '"',
  "”": '"',
  "…": "...",
  "•": "·",
  œ: "oe",
  Œ: "OE",
  "€": "EUR",
};
/** Some printers draw it as a box: written as a plain space when the lines stand. */
export const NO_BREAK = "\u00a0";
const UNKNOWN = "?".charCodeAt(0);

/**
 * A text in the signs that a printer has: what it lacks is written as near as it can be, what has no likeness is a question
 * mark [DEV-1]. Spaces at which no line ends stay such.
 */
export function printable(text: string, codePage: CodePage): string {
  return [...text.normalize("NFC")].map((sign) => printableSign(sign, codePage)).join("");
}

function printableSign(sign: string, codePage: CodePage): string {
  // Narrow or not: where a line may end is decided by the space that it is, and it is printed as a plain one.
  if (sign === "\u202f" || sign === NO_BREAK) return NO_BREAK;
  if (sign.trim() === "") return " ";
  if (isKnown(sign, codePage)) return sign;
  const other = STANDS_FOR[sign];
  if (other !== undefined) return other;
  const plain = sign.normalize("NFD").replaceAll(/\p{M}/gu, "");
  return plain !== sign && isKnown(plain, codePage) ? plain : "?";
}

function isKnown(sign: string, codePage: CodePage): boolean {
  if (/^[\x20-\x7e]$/.test(sign)) return true;
  const [byte] = CodepageEncoder.encode(sign, codePage);
  return byte !== undefined && byte !== UNKNOWN;
}
