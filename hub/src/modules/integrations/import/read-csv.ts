import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";

/** A line of a file as it stands there. `number` is that of the file, the header being 1. */
export type RawLine = {
  readonly number: number;
  readonly fields: readonly string[];
  /** Why it is no line of CSV; its fields are then what could be read of it. */
  readonly broken?: string;
};

/** A record longer than this is a quote that was opened and never closed. */
const MOST_CHARACTERS = 100_000;

/**
 * Reads a CSV file, gzip or not, line by line, the header first. A line that is no CSV is answered as broken, never thrown:
 * one bad line stops nobody. An unreadable file throws.
 */
export async function* readCsv(path: string): AsyncGenerator<RawLine> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MOST_CHARACTERS,
  });
  let broken: RawLine[] = [];
  parser.on("skip", (error: Error & { lines?: number; record?: unknown }) => {
    broken.push({ number: error.lines ?? 0, fields: Array.isArray(error.record) ? error.record.map(String) : [], broken: error.message });
  });
  const source: Readable = createReadStream(path);
  const text = (await isGzip(path)) ? source.pipe(createGunzip()) : source;
  for (const stream of [source, text]) stream.on("error", (error) => parser.destroy(error));
  text.pipe(parser);
  // csv-parse gives `{ info, record }` for each record when asked for info.
  for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
    if (broken.length > 0) {
      yield* broken;
      broken = [];
    }
    yield { number: info.lines, fields: record };
  }
  yield* broken;
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
