import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Judged, Plan } from "../domain/matching/index.ts";

/** Finished units of a match on disk, so that a stopped one goes on where it was. */
export type KeptUnits = { get(unit: number): Promise<Judged | undefined>; put(unit: number, judged: Judged): Promise<void> };

/**
 * Keeps units in a folder. Their names carry the hash of the plan: units of other records or of another version of what was learned are
 * not taken for these.
 */
export async function keepUnits(folder: string, name: string): Promise<KeptUnits> {
  await mkdir(folder, { recursive: true });
  const fileOf = (unit: number): string => join(folder, `${name}-${unit}.unit`);
  return {
    async get(unit) {
      const bytes = await readFile(fileOf(unit)).catch(() => undefined);
      return bytes && unpack(bytes);
    },
    async put(unit, judged) {
      await writeFile(`${fileOf(unit)}.part`, pack(judged));
      await rename(`${fileOf(unit)}.part`, fileOf(unit)); // whole or not at all
    },
  };
}

/** Names what units are of: the records, how they are brought together, and what was learned. */
export function hashOf({ prepared, keys, model, isAcrossFiles }: Plan): string {
  const hash = createHash("sha256");
  for (const field of prepared.fields) hash.update(field.name).update(field.ids).update(field.values.join("\u0001"));
  hash
    .update(prepared.files)
    .update(JSON.stringify([keys, isAcrossFiles]))
    .update(model.m)
    .update(model.u)
    .update(model.alike);
  return hash.digest("hex").slice(0, 16);
}

const HEAD = 4;

/** Four numbers, then the three arrays: 16 bytes a pair. */
export function pack({ a, b, odds, compared, bigBlocks, recordsInBigBlocks }: Judged): Uint8Array {
  const head = Float64Array.of(a.length, compared, bigBlocks, recordsInBigBlocks);
  return Buffer.concat([head, odds, a, b].map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)));
}

export function unpack(bytes: Uint8Array): Judged | undefined {
  const whole = new Uint8Array(bytes).buffer;
  const [size = 0, compared = 0, bigBlocks = 0, recordsInBigBlocks = 0] = new Float64Array(whole, 0, HEAD);
  const from = HEAD * 8;
  if (whole.byteLength !== from + size * 16) return undefined;
  return {
    odds: new Float64Array(whole, from, size),
    a: new Int32Array(whole, from + size * 8, size),
    b: new Int32Array(whole, from + size * 12, size),
    compared,
    bigBlocks,
    recordsInBigBlocks,
  };
}
