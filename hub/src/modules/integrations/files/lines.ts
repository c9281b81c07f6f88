import { isUtf8 } from "node:buffer";
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/** A line of a file, the first being 1. Of one that is too long only the beginning is kept. */
export type TextLine = { readonly number: number; readonly text: string; readonly isCut: boolean };

export type Bytes = AsyncIterable<Buffer>;

/** Texts in 16 bits say so by their mark; of the others each line is told by itself, because files are patched together. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What makes a file unreadable as a whole: a code. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly code: "unpacks_too_large" | "broken_gzip" | "sealed_by_another" | "missing_part";
  constructor(code: UnreadableFile["code"]) {
    super(code);
    this.code = code;
  }
}

/** A line may take so many bytes; a person's fields are some hundred. */
export const MOST_LINE_BYTES = 256 * 1024;
/** Files may unpack to so many bytes: a small file that unpacks to more was made to do harm. */
const MOST_UNPACKED = 2 * 1024 ** 3;

/** Unpacks gzip while reading, up to a limit. Throws `UnreadableFile`. */
export async function* unpack(source: Bytes, most = MOST_UNPACKED): AsyncGenerator<Buffer> {
  const packed = Readable.from(source);
  const gunzip = createGunzip();
  packed.on("error", (error) => gunzip.destroy(error));
  let unpacked = 0;
  try {
    // Without an encoding a stream gives bytes.
    for await (const chunk of packed.pipe(gunzip) as AsyncIterable<Buffer>) {
      unpacked += chunk.length;
      if (unpacked > most) throw new UnreadableFile("unpacks_too_large");
      yield chunk;
    }
  } catch (error) {
    // What zlib says has a code of its own; the other failures are those of whoever reads.
    throw error instanceof Error && "code" in error && String(error.code).startsWith("Z_") ? new UnreadableFile("broken_gzip") : error;
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

/** Texts of sixteen bits as UTF-8; what is not one stays as it is. */
export async function* inUtf8(source: Bytes, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding !== "utf-16le" && encoding !== "utf-16be") {
    yield* source;
    return;
  }
  const decoder = new TextDecoder(encoding);
  for await (const chunk of source) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

const OLD = new TextDecoder("windows-1252");

/** UTF-8 where it is that, else the one-byte code of Windows, which holds Latin-1: text with accents in one is never valid in the other. */
export function decodeLine(line: Buffer): string {
  return isUtf8(line) ? line.toString("utf8") : OLD.decode(line);
}

/**
 * Cuts bytes into lines, in memory that does not grow with a line: past the limit bytes are dropped. `end` is the byte that ends a line.
 * Without the carriage return of Windows, and the mark that some programs put before the first line.
 */
export async function* textLines(source: Bytes, end = 0x0a): AsyncGenerator<TextLine, undefined> {
  let parts: Buffer[] = [];
  let size = 0;
  let number = 0;
  const take = (part: Buffer): void => {
    const room = MOST_LINE_BYTES - size;
    size += part.length;
    if (room > 0 && part.length > 0) parts.push(part.length > room ? part.subarray(0, room) : part);
  };
  const line = (): TextLine => {
    number += 1;
    const text = cleanLine(decodeLine(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)), number);
    const isCut = size > MOST_LINE_BYTES;
    parts = [];
    size = 0;
    return { number, text, isCut };
  };
  for await (const chunk of source) {
    let from = 0;
    for (let at = chunk.indexOf(end, from); at !== -1; at = chunk.indexOf(end, from)) {
      take(chunk.subarray(from, at));
      from = at + 1;
      yield line();
    }
    take(chunk.subarray(from));
  }
  if (size > 0) yield line();
}

function cleanLine(text: string, number: number): string {
  const line = text.endsWith("\r") ? text.slice(0, -1) : text;
  return number === 1 && line.startsWith("\uFEFF") ? line.slice(1) : line;
}
