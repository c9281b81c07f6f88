import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { MOST_LINE_BYTES, textLines, unpack, type TextLine } from "../files/lines.ts";

/** A line of a file as it stands there. `number` is that of the file, the header being 1. */
export type RawLine = {
  readonly number: number;
  readonly text: string;
  readonly fields: readonly string[];
  /** Why it is no line of CSV; its fields are then what stands between the commas. */
  readonly broken?: string;
};

/** A quoted field may go on for so many lines. */
const MOST_JOINED = 20;
/** What is kept of a line that nobody can read anyway. */
const MOST_KEPT = 2_000;

/** Reads a CSV file, gzip or not, line by line, the header first. An unreadable file throws. */
export async function* readCsv(path: string): AsyncGenerator<RawLine> {
  const isPacked = await isGzip(path);
  // Opened when it is read at once, so that its failure is heard; without an encoding a stream gives bytes.
  const bytes = createReadStream(path) as AsyncIterable<Buffer>;
  yield* csvLines(textLines(isPacked ? unpack(bytes) : bytes), ",");
}

/**
 * Makes lines of CSV of lines of text. A stray quote breaks its own line and no other: a parser of whole files would take the rest of the
 * file for one field. So a quoted field that goes on in the next lines counts only when it makes a line as wide as the header.
 */
export async function* csvLines(lines: AsyncGenerator<TextLine, undefined>, delimiter: string): AsyncGenerator<RawLine> {
  const ahead: TextLine[] = [];
  const next = async (): Promise<TextLine | undefined> => ahead.shift() ?? ((await lines.next()).value || undefined);
  let width: number | undefined;
  for (let line = await next(); line !== undefined; line = await next()) {
    const { text, number } = line;
    if (text.trim() === "") continue;
    if (line.isCut) {
      yield { number, text: text.slice(0, MOST_KEPT), fields: [], broken: "the line is too long" };
      continue;
    }
    const fields = readFields(text, delimiter);
    const raw = fields
      ? { number, text, fields }
      : ((await readOn(line, ahead, lines, { width, delimiter })) ?? {
          number,
          text,
          fields: text.split(delimiter),
          broken: "a quote is not closed",
        });
    width ??= raw.fields.length;
    yield raw;
  }
}

/** A line whose quoted field goes on in the following ones, or nothing. What is used of `ahead` is taken from it. */
async function readOn(
  line: TextLine,
  ahead: TextLine[],
  lines: AsyncGenerator<TextLine, undefined>,
  { width, delimiter }: { readonly width: number | undefined; readonly delimiter: string },
): Promise<RawLine | undefined> {
  let { text } = line;
  for (let used = 0; used < MOST_JOINED; used++) {
    const more = ahead[used] ?? (await lines.next()).value;
    if (more === undefined) return undefined;
    ahead[used] = more;
    if (more.isCut) return undefined;
    text += `\n${more.text}`;
    // Each try reads all of it again.
    if (text.length > MOST_LINE_BYTES) return undefined;
    const fields = readFields(text, delimiter);
    if (!fields) continue;
    if (width !== undefined && fields.length !== width) return undefined;
    ahead.splice(0, used + 1);
    return { number: line.number, text, fields };
  }
  return undefined;
}

/** The fields of one line; undefined when a quote is not closed in it. Most lines have none, and are simply cut. */
export function readFields(text: string, delimiter = ","): string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const records = parse(text, { delimiter, relax_quotes: true, relax_column_count: true });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}
