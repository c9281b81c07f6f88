import { isUtf8 } from "node:buffer";
import { err, ok, type Result } from "@weft/kernel";
import type { RawLine } from "../import/read-csv.ts";
import { csvLines } from "../import/read-csv.ts";
import { inUtf8, textLines, unpack, type Bytes, type Encoding } from "./lines.ts";
import { vcardRows } from "./vcard.ts";

export type Delimiter = "," | ";" | "\t" | "|";

/** What a file is, as its first bytes tell. */
export type FileShape = {
  readonly format: "csv" | "vcard";
  readonly isGzip: boolean;
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  /** The byte that ends a line. */
  readonly lineEnd: number;
  /** Excel's own first line, `sep=;`. */
  readonly hasSeparatorLine: boolean;
};

/** Why bytes are no file that can be imported. */
export type ShapeProblem = "empty" | "archive" | "spreadsheet" | "not_text";

const DELIMITERS: readonly Delimiter[] = [";", ",", "\t", "|"];
/** So much of a file is looked at to tell what it is. */
export const HEAD_BYTES = 64 * 1024;
const LOOKED_AT_LINES = 20;

/** Tells what a file is by its beginning, which for gzip is what it unpacks to. */
export function readShape(head: Buffer, isGzip: boolean): Result<FileShape, ShapeProblem> {
  if (head.length === 0) return err("empty");
  if (head.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004", "latin1"))) return err(isWorkbook(head) ? "spreadsheet" : "archive");
  if (head.subarray(0, 8).equals(Buffer.from("d0cf11e0a1b11ae1", "hex"))) return err("spreadsheet");
  const encoding = encodingOf(head);
  const isWide = encoding === "utf-16le" || encoding === "utf-16be";
  if (!isWide && head.subarray(0, 1024).filter((byte) => byte === 0).length > 8) return err("not_text");
  const text = (isWide ? new TextDecoder(encoding).decode(head) : head.toString(encoding === "utf-8" ? "utf8" : "latin1")).replace(
    /^\uFEFF/,
    "",
  );
  if (text.trim() === "") return err("empty");
  const [, separator] = /^sep=([,;|\t])\r?\n/i.exec(text) ?? [];
  return ok({
    format: /^\s*BEGIN:VCARD/i.test(text) ? "vcard" : "csv",
    isGzip,
    encoding,
    delimiter: (separator as Delimiter | undefined) ?? delimiterOf(text), // one of those in the pattern
    lineEnd: !text.includes("\n") && text.includes("\r") ? 0x0d : 0x0a,
    hasSeparatorLine: separator !== undefined,
  });
}

const isWorkbook = (head: Buffer): boolean => /\[Content_Types\]\.xml|xl\/|mimetypeapplication\/vnd\.oasis/.test(head.toString("latin1"));

function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  // The head may end within a character.
  for (let cut = 0; cut < 4; cut++) if (isUtf8(head.subarray(0, head.length - cut))) return "utf-8";
  return "windows-1252";
}

/** The sign that cuts most lines into as many fields as the first; of two that do, the one that cuts into more. */
function delimiterOf(text: string): Delimiter {
  const lines = text
    .split(/\r?\n|\r/)
    .filter((line) => line.trim() !== "")
    .slice(0, LOOKED_AT_LINES);
  const scores = DELIMITERS.map((delimiter) => {
    const counts = lines.map((line) => line.replaceAll(/"(?:[^"]|"")*"/g, "").split(delimiter).length - 1);
    const [first = 0] = counts;
    const alike = counts.filter((count) => count === first).length / Math.max(counts.length, 1);
    return { delimiter, score: first === 0 ? 0 : alike * 100 + first };
  });
  const best = scores.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score === 0 ? "," : best.delimiter;
}

/** Every row of a file, the header first; of cards a header of their own. Memory does not grow with the file. Throws `UnreadableFile`. */
export async function* readRows(source: Bytes, shape: FileShape, delimiter: string, mostUnpacked?: number): AsyncGenerator<RawLine> {
  const plain = shape.isGzip ? unpack(source, mostUnpacked) : source;
  const lines = textLines(inUtf8(plain, shape.encoding), shape.lineEnd);
  if (shape.format === "vcard") {
    yield* vcardRows(lines);
    return;
  }
  if (shape.hasSeparatorLine) await lines.next();
  yield* csvLines(lines, delimiter);
}
