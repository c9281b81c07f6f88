import type { Atom } from "./atoms.ts";

/** A block key: records that agree in all its atoms are compared. `bits` has one bit for each. */
export type Key = { readonly atoms: readonly number[]; readonly bits: number };

/** A bigger block is not compared whole: each of its records only with the next `WINDOW` in the order of the records. */
export const BLOCK_LIMIT = 250;
const WINDOW = 40;

/** Every atom by itself and every two of different fields. */
export function allKeys(atoms: readonly Atom[]): Key[] {
  const single = atoms.map((_, index): Key => ({ atoms: [index], bits: 1 << index }));
  const pairs = atoms.flatMap((atom, i) =>
    atoms.flatMap((other, j): Key[] => (j > i && other.field !== atom.field ? [{ atoms: [i, j], bits: (1 << i) | (1 << j) }] : [])),
  );
  return [...single, ...pairs];
}

/** The atoms of all records, those of one record side by side, so that comparing two records touches two lines of memory. */
export type Grid = { readonly width: number; readonly ids: Int32Array };

export function gridOf(atoms: readonly Atom[], size: number): Grid {
  const width = atoms.length;
  const ids = new Int32Array(size * width);
  atoms.forEach((atom, at) => {
    for (let i = 0; i < size; i++) ids[i * width + at] = atom.ids[i] ?? 0;
  });
  return { width, ids };
}

/** Bits of the atoms in which two records agree. */
export function agreement({ width, ids }: Grid, a: number, b: number): number {
  let bits = 0;
  const x = a * width;
  const y = b * width;
  for (let i = 0; i < width; i++) {
    const id = ids[x + i] ?? 0;
    if (id !== 0 && id === ids[y + i]) bits |= 1 << i;
  }
  return bits;
}

/** The key of a record as 32 bits, or -1 where an atom is missing. */
export function hashOf(atoms: readonly Atom[], key: Pick<Key, "atoms">, i: number): number {
  return hashIn(atoms[key.atoms[0] ?? 0]?.ids ?? NONE, atoms[key.atoms[1] ?? -1]?.ids, i);
}

const NONE = new Int32Array(0);

function hashIn(first: Int32Array, second: Int32Array | undefined, i: number): number {
  const a = first[i] ?? 0;
  if (a === 0) return -1;
  let h = Math.imul(a, 0x9e3779b1);
  if (second) {
    const b = second[i] ?? 0;
    if (b === 0) return -1;
    h = Math.imul(h ^ (h >>> 15) ^ Math.imul(b, 0x85ebca6b), 0xc2b2ae35);
  }
  h ^= h >>> 16;
  h = Math.imul(h, 0x7feb352d);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Which blocks of a key are looked at: those whose hash has remainder `part` by `parts`. */
export type Share = { readonly part: number; readonly parts: number };

/** Numbers of records are the lower 21 bits beside the hash in one number: enough for two million. */
const RECORDS = 2 ** 21;

/** What became of a key: pairs compared, and blocks above the limit with their records. */
export type BlockCount = { pairs: number; bigBlocks: number; recordsInBigBlocks: number };

/**
 * Calls `take(a, b)` with a < b for the pairs of a key's blocks. The records of a block come in the order of the records, so the same
 * pairs come in the same order whatever the order of the input.
 */
export function eachPair(
  atoms: readonly Atom[],
  key: Key,
  size: number,
  { part, parts }: Share,
  take: (a: number, b: number) => void,
  limit: number = BLOCK_LIMIT,
): BlockCount {
  const entries = entriesOf(atoms, key, size, part, parts);
  const count: BlockCount = { pairs: 0, bigBlocks: 0, recordsInBigBlocks: 0 };
  for (let from = 0; from < entries.length;) {
    const hash = Math.floor((entries[from] ?? 0) / RECORDS);
    let to = from + 1;
    while (to < entries.length && Math.floor((entries[to] ?? 0) / RECORDS) === hash) to++;
    const isBig = to - from > limit;
    if (isBig) {
      count.bigBlocks++;
      count.recordsInBigBlocks += to - from;
    }
    for (let i = from; i < to; i++) {
      const a = (entries[i] ?? 0) % RECORDS;
      const end = isBig ? Math.min(to, i + 1 + WINDOW) : to;
      for (let j = i + 1; j < end; j++) {
        count.pairs++;
        take(a, (entries[j] ?? 0) % RECORDS);
      }
    }
    from = to;
  }
  return count;
}

/** The keys of blocks above the limit. */
export function bigBlocks(atoms: readonly Atom[], key: Key, size: number): number[] {
  const entries = entriesOf(atoms, key, size, 0, 1);
  const big: number[] = [];
  for (let i = 0; i + BLOCK_LIMIT < entries.length; i++) {
    const hash = Math.floor((entries[i] ?? 0) / RECORDS);
    if (Math.floor((entries[i + BLOCK_LIMIT] ?? 0) / RECORDS) !== hash) continue;
    big.push(hash);
    while (i + 1 < entries.length && Math.floor((entries[i + 1] ?? 0) / RECORDS) === hash) i++;
  }
  return big;
}

/** How many pairs a key would compare if every block were compared whole, by every so many records of the file. */
export function expectedPairs(atoms: readonly Atom[], key: Key, size: number): number {
  const first = atoms[key.atoms[0] ?? 0]?.ids ?? new Int32Array(size);
  const second = atoms[key.atoms[1] ?? -1]?.ids;
  const stride = Math.ceil(size / COUNTED);
  const hashes = new Float64Array(Math.ceil(size / stride));
  let n = 0;
  for (let i = 0; i < size; i += stride) {
    const hash = hashIn(first, second, i);
    if (hash >= 0) hashes[n++] = hash;
  }
  const sorted = hashes.subarray(0, n).sort();
  let pairs = 0;
  for (let from = 0; from < n;) {
    let to = from + 1;
    while (to < n && sorted[to] === sorted[from]) to++;
    pairs += ((to - from) * (to - from - 1)) / 2;
    from = to;
  }
  return pairs * stride * stride;
}

/** So many records are enough to count what a key would compare. */
const COUNTED = 25_000;

function entriesOf(atoms: readonly Atom[], key: Key, size: number, part: number, parts: number): Float64Array {
  const first = atoms[key.atoms[0] ?? 0]?.ids ?? new Int32Array(size);
  const second = atoms[key.atoms[1] ?? -1]?.ids;
  const entries = new Float64Array(size);
  let n = 0;
  for (let i = 0; i < size; i++) {
    const hash = hashIn(first, second, i);
    if (hash < 0 || (parts > 1 && hash % parts !== part)) continue;
    entries[n++] = hash * RECORDS + i;
  }
  return entries.subarray(0, n).sort();
}
