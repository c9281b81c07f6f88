import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse/sync";

/** A line of a file as it stands there. `number` is that of the file, the header being 1. */
export type RawLine = {
  readonly number: number;
  readonly text: string;
  readonly fields: readonly string[];
  /** Why it is no line of CSV; its fields are then what stands between the commas. */
  readonly broken?: string;
};

type TextLine = { readonly number: number; readonly text: string };

/** A quoted field may go on for so many lines. */
const MOST_JOINED = 20;

/**
 * Reads a CSV file, gzip or not, line by line, the header first. A stray quote breaks its own line and no other: a parser of whole files
 * would take the rest of the file for one field. So a quoted field that goes on in the next lines counts only when it makes a line as wide
 * as the header. An unreadable file throws.
 */
export async function* readCsv(path: string): AsyncGenerator<RawLine> {
  const lines = textLines(path);
  const ahead: TextLine[] = [];
  const next = async (): Promise<TextLine | undefined> => ahead.shift() ?? ((await lines.next()).value || undefined);
  let width: number | undefined;
  for (let line = await next(); line !== undefined; line = await next()) {
    const { text } = line;
    if (text.trim() === "") continue;
    const fields = readFields(text);
    const raw = fields
      ? { ...line, fields }
      : ((await readOn(line, ahead, lines, width)) ?? { ...line, fields: text.split(","), broken: "a quote is not closed" });
    width ??= raw.fields.length;
    yield raw;
  }
}

/** A line whose quoted field goes on in the following ones, or nothing. What is used of `ahead` is taken from it. */
async function readOn(
  line: TextLine,
  ahead: TextLine[],
  lines: AsyncGenerator<TextLine, undefined>,
  width: number | undefined,
): Promise<RawLine | undefined> {
  let { text } = line;
  for (let used = 0; used < MOST_JOINED; used++) {
    const more = ahead[used] ?? (await lines.next()).value;
    if (more === undefined) return undefined;
    ahead[used] = more;
    text += `\n${more.text}`;
    const fields = readFields(text);
    if (!fields) continue;
    if (fields.length !== width) return undefined;
    ahead.splice(0, used + 1);
    return { number: line.number, text, fields };
  }
  return undefined;
}

/** The fields of one line; undefined when a quote is not closed in it. Most lines have none, and are simply cut. */
export function readFields(text: string): string[] | undefined {
  if (!text.includes('"')) return text.split(",");
  try {
    const records = parse(text, { relax_quotes: true, relax_column_count: true });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
}

async function* textLines(path: string): AsyncGenerator<TextLine, undefined> {
  const isZipped = await isGzip(path);
  const source = createReadStream(path);
  const stream = isZipped ? source.pipe(createGunzip()) : source;
  source.on("error", (error) => stream.destroy(error));
  stream.setEncoding("utf8");
  let rest = "";
  let number = 0;
  // A stream with an encoding gives texts.
  for await (const chunk of stream as AsyncIterable<string>) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const text of lines) yield { number: ++number, text: cleanLine(text, number) };
  }
  if (rest !== "") yield { number: ++number, text: cleanLine(rest, number) };
}

/** Without the carriage return of Windows, and the mark that some programs put before the first line. */
function cleanLine(text: string, number: number): string {
  const line = text.endsWith("\r") ? text.slice(0, -1) : text;
  return number === 1 && line.startsWith("\uFEFF") ? line.slice(1) : line;
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
