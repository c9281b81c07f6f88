import { DIFFERENT, EQUAL_COMMON, LEVEL_OF, MISSING } from "./levels.ts";
import { nameForm } from "./nicknames.ts";
import { soundOf } from "./text.ts";
import { letterBits, mostAlike } from "./similarity.ts";
import type { Field, FieldKind, Prepared } from "./prepare.ts";

/** Writes the levels of a pair of records (numbers of `Prepared`): of its names, which cost most, and of everything else. */
export type Comparer = {
  compareNames(a: number, b: number, levels: Uint8Array): void;
  compareOthers(a: number, b: number, levels: Uint8Array): void;
  /** After either, for a field with an equal level: the number of the value. */
  termOf(f: number): number;
};

/** Pairs of values that are remembered, as a power of two: of few values fewer, because making the room takes longer than comparing them. */
const SLOT_BITS = 18;
const FEW_SLOT_BITS = 12;
const FEW_VALUES = 1_000;
type Levels = (x: number, y: number) => number;

/** Makes what compares pairs. Levels of value pairs are kept in a table that forgets, so that a frequent pair of names is compared once. */
export function createComparer({ fields }: Prepared): Comparer {
  const terms = new Int32Array(fields.length);
  const similar = levelsByDictionary(fields);
  const simple = fields.flatMap(({ kind }, f) => (kind === "name" || kind === "cross" ? [] : [f]));
  const compareNames = nameComparer(fields, similar, terms);
  return {
    termOf: (f) => terms[f] ?? 0,
    compareNames,
    compareOthers(a, b, levels) {
      for (const f of simple) {
        const ids = fields[f]?.ids;
        if (!ids) continue;
        const x = ids[a] ?? -1;
        const y = ids[b] ?? -1;
        if (x < 0 || y < 0) levels[f] = MISSING;
        else if (x === y) {
          levels[f] = fields[f]?.ranks[x] ?? EQUAL_COMMON;
          terms[f] = x;
        } else levels[f] = similar[f]?.(x, y) ?? DIFFERENT;
      }
    },
  };
}

/** One remembering comparison per dictionary; fields of one dictionary share it. */
function levelsByDictionary(fields: readonly Field[]): Levels[] {
  const known = new Map<readonly string[], Levels>();
  return fields.map(({ kind, values }) => {
    if (kind === "cross") return () => MISSING;
    const found = known.get(values) ?? remember(values, kind);
    known.set(values, found);
    return found;
  });
}

/** Below these a Jaro similarity makes no level, but for familiar forms (`mary`, `polly`), which no letters show. */
const LEAST_ALIKE: Partial<Record<FieldKind, number>> = { name: 0.6, text: 0.6, email: 0.6 };

function remember(values: readonly string[], kind: Exclude<FieldKind, "cross">): Levels {
  const levelOf = LEVEL_OF[kind];
  const least = LEAST_ALIKE[kind] ?? 0;
  const isName = kind === "name";
  const letters = Int32Array.from(values, letterBits);
  const lengths = Uint8Array.from(values, ({ length }) => Math.min(length, 255));
  const sounds = isName ? soundsOf(values) : new Int32Array(0);
  const hasForms = Uint8Array.from(values, (value) => (value.length < 2 || (isName && nameForm(value) !== undefined) ? 1 : 0));
  const bits = values.length < FEW_VALUES ? FEW_SLOT_BITS : SLOT_BITS;
  const low = new Int32Array(1 << bits).fill(-1);
  const high = new Int32Array(1 << bits);
  const level = new Uint8Array(1 << bits);
  return (x, y) => {
    if (least > 0 && (hasForms[x] === 0 || hasForms[y] === 0)) {
      const isShort = (lengths[x] ?? 0) < 2 || (lengths[y] ?? 0) < 2;
      if (!isShort && mostAlike(lengths[x] ?? 0, lengths[y] ?? 0, letters[x] ?? 0, letters[y] ?? 0) < least) return DIFFERENT;
    }
    const a = x < y ? x : y;
    const b = x < y ? y : x;
    const slot = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> (32 - bits);
    if (low[slot] === a && high[slot] === b) return level[slot] ?? 0;
    low[slot] = a;
    high[slot] = b;
    return (level[slot] = levelOf(values[a] ?? "", values[b] ?? "", isName && sounds[a] === sounds[b]));
  };
}

/** The sound of each name as a number, so that sounds are compared as fast as numbers. */
function soundsOf(names: readonly string[]): Int32Array {
  const numbers = new Map<string, number>();
  return Int32Array.from(names, (name) => {
    const sound = soundOf(name);
    const known = numbers.get(sound) ?? numbers.size;
    numbers.set(sound, known);
    return known;
  });
}

/** What a level is worth when straight and crossed names are weighed against each other; a missing name is worth what a doubtful one is. */
const WORTH = [1.5, 0, 0.5, 2, 4, 4, 5, 6, 6, 6];
const worth = (level: number): number => WORTH[level] ?? 0;

/** 0: a name is missing. 1: straight, 2: crossed, 3: neither name is alike, which says more than two different names by themselves. */
function togetherLevel(first: number, second: number, isCrossed: boolean): number {
  if (isCrossed) return 2;
  if (first === MISSING || second === MISSING) return MISSING;
  return first <= 2 && second <= 2 ? 3 : 1;
}

type Pairwise = (a: number, b: number, levels: Uint8Array) => void;

/** Given, family and middle names together: what one form calls the first name the other may call the last. */
function nameComparer(fields: readonly Field[], similar: readonly Levels[], terms: Int32Array): Pairwise {
  const [g, f, m, c] = ["given", "family", "middle", "cross"].map((role) => fields.findIndex((field) => field.role === role)) as [
    number,
    number,
    number,
    number,
  ]; // one number for each of the four
  if (c < 0) return () => {};
  const alike = similar[g] ?? similar[f] ?? (() => DIFFERENT);
  const none = new Int32Array(0);
  const [given, family, middle] = [fields[g]?.ids ?? none, fields[f]?.ids ?? none, fields[m]?.ids ?? none];
  const rank = (field: number, x: number): number => fields[field]?.ranks[x] ?? EQUAL_COMMON;
  const level = (field: number, x: number, y: number): number => (x < 0 || y < 0 ? MISSING : x === y ? rank(field, x) : alike(x, y));
  return (a, b, levels) => {
    const ga = given[a] ?? -1;
    const gb = given[b] ?? -1;
    const fa = family[a] ?? -1;
    const fb = family[b] ?? -1;
    const ma = middle[a] ?? -1;
    const mb = middle[b] ?? -1;
    let first = level(g, ga, gb);
    let second = level(f, fa, fb);
    let isCrossed = false;
    if (first < EQUAL_COMMON || second < EQUAL_COMMON) {
      const crossedFirst = level(f, ga, fb);
      const crossedSecond = level(g, fa, gb);
      isCrossed = Math.max(crossedFirst, crossedSecond) >= 4 && worth(crossedFirst) + worth(crossedSecond) > worth(first) + worth(second);
      if (isCrossed) {
        first = crossedSecond;
        second = crossedFirst;
      }
    }
    if (first === DIFFERENT && m >= 0 && ((ma >= 0 && gb >= 0 && alike(ma, gb) >= 5) || (mb >= 0 && ga >= 0 && alike(mb, ga) >= 5)))
      first = 4;
    if (g >= 0) levels[g] = first;
    if (f >= 0) levels[f] = second;
    if (m >= 0) levels[m] = level(m, ma, mb);
    levels[c] = togetherLevel(first, second, isCrossed);
    terms[g] = isCrossed ? fa : ga;
    terms[f] = isCrossed ? ga : fa;
    if (m >= 0) terms[m] = ma;
  };
}
