import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";

/** A file as it stands: the header's cells, and the cells of each row, as many as the header has. */
export type RawTable = { readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

const SEPARATORS = [",", ";", "\t", "|"];

/**
 * Reads CSV, gzip or not, in UTF-8 or else Windows-1252, whole: matching needs all records at once. The separator is the one that the
 * header has most of. In quotes, separators and line ends are text and two quotes are one. An empty file throws.
 */
export async function readTable(path: string): Promise<RawTable> {
  const bytes = await readFile(path);
  const text = decode(path.endsWith(".gz") ? gunzipSync(bytes) : bytes);
  const firstLine = text.slice(0, text.indexOf("\n") < 0 ? text.length : text.indexOf("\n"));
  const separator = SEPARATORS.toSorted((x, y) => firstLine.split(y).length - firstLine.split(x).length)[0] ?? ",";
  const [header, ...rows] = parse(text, separator);
  if (!header || header.every((cell) => cell === "")) throw new Error(`${path} has no header`);
  for (const row of rows) {
    while (row.length < header.length) row.push("");
  }
  return { header: header.map((cell) => cell.trim()), rows };
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function parse(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf("\n", at);
    const line = text.slice(at, end < 0 ? text.length : end);
    if (!line.includes('"')) {
      at = end < 0 ? text.length : end + 1;
      const row = line.replace(/\r$/, "").split(separator);
      if (row.length > 1 || row[0] !== "") rows.push(row);
      continue;
    }
    const quoted = parseQuoted(text, at, separator);
    rows.push(quoted.row);
    at = quoted.next;
  }
  return rows;
}

/** One record that has quotes somewhere, from `start`. */
function parseQuoted(text: string, start: number, separator: string): { row: string[]; next: number } {
  const row: string[] = [];
  let cell = "";
  let isQuoted = false;
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] ?? "";
    if (isQuoted) {
      if (char !== '"') cell += char;
      else if (text[at + 1] === '"') {
        cell += '"';
        at++;
      } else isQuoted = false;
    } else if (char === '"' && cell === "") isQuoted = true;
    else if (char === separator) {
      row.push(cell);
      cell = "";
    } else if (char === "\n") break;
    else cell += char;
  }
  row.push(cell.replace(/\r$/, ""));
  return { row, next: at + 1 };
}
