import { createReadStream } from "node:fs";
import { csvLines, type RawLine } from "../import/read-csv.ts";
import { columnsOf } from "./import-catalog.ts";
import { textLines, unpack, type Bytes, type TextLine } from "../files/lines.ts";

/** The lines of a catalog, packed with gzip or not; what stands between its cells is told by its header. */
export async function* catalogLines(bytes: Bytes): AsyncGenerator<RawLine, undefined> {
  const lines = textLines(await unpacked(bytes));
  const first = (await lines.next()).value;
  if (!first) return undefined;
  const delimiter = [";", "\t", "|"].find((one) => first.text.split(one).length > first.text.split(",").length) ?? ",";
  yield* csvLines(from(first, lines), delimiter);
  return undefined;
}

export const catalogFileLines = (path: string): AsyncGenerator<RawLine, undefined> =>
  catalogLines(createReadStream(path) as AsyncIterable<Buffer>); // without an encoding a stream gives bytes

async function* from(first: TextLine, rest: AsyncGenerator<TextLine, undefined>): AsyncGenerator<TextLine, undefined> {
  yield first;
  return yield* rest;
}

/** A file is packed when it begins as gzip does (RFC 1952). */
async function unpacked(bytes: Bytes): Promise<Bytes> {
  const source = bytes[Symbol.asyncIterator]();
  const first = await source.next();
  const all = (async function* () {
    if (!first.done) yield first.value;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
  })();
  return first.done !== true && first.value[0] === 0x1f && first.value[1] === 0x8b ? unpack(all) : all;
}

/** Whether a file has the header of the export: a product and its variant. */
export async function isCatalogFile(path: string): Promise<boolean> {
  const lines = catalogFileLines(path);
  const first = await lines.next();
  await lines.return(undefined);
  return first.done !== true && columnsOf(first.value.fields).ok;
}
