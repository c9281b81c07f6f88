import { BOTH_NAMES, viewNamed, type Atom } from "./atoms.ts";
import type { Plan } from "./engine.ts";
import type { Model } from "./em.ts";
import { EQUAL_COMMON } from "./levels.ts";
import { levelOfEqual, prepareAll, type Field, type FieldKind, type Prepared, type Table } from "./prepare.ts";
import { rarityAt, usualCounts } from "./score.ts";

/** What is kept of a field: how it is compared, and how common its values are, by hash and only of those that several have. */
export type LearnedField = Pick<Field, "name" | "role" | "kind" | "isHousehold"> & {
  readonly counts: Readonly<Record<string, number>>;
  readonly usual: readonly number[];
};

/** A coarse view of a field, by their names. */
type AtomName = readonly [field: string, view: string];

/**
 * What was learned of a whole file, as plain data to be stored: enough to judge records that come later as those of the file were judged.
 * It holds no value of a person.
 */
export type Learned = {
  /** Records of the file. */
  readonly size: number;
  readonly fields: readonly LearnedField[];
  /** What brings records together: one view or two of different fields. */
  readonly keys: readonly (readonly AtomName[])[];
  readonly m: readonly number[];
  readonly u: readonly number[];
  readonly alike: readonly number[];
  readonly prior: number;
  readonly household: number;
  readonly similar: number;
};

/** A value of fewer records is not kept, so that what was learned tells of nobody. */
const FEWEST = 5;
/** What a later value is taken for that is not among those kept: two have it, the record and the one it is compared with. */
const UNSEEN = 2;
/** Keys of one record: each is an entry in an index. */
const MOST_KEYS = 16;

/**
 * Brought together always, whatever the file showed: what damages one of these leaves another whole. The file shows which keys found its own
 * matches, and a small or clean file shows little.
 */
const USUAL_KEYS: readonly (readonly AtomName[])[] = [
  [["phone", "whole"]],
  [["email", "whole"]],
  [["email", "local part"]],
  [
    ["birth date", "digits"],
    ["given", "sound"],
  ],
  [
    ["birth date", "digits"],
    ["family", "sound"],
  ],
  [
    ["family", "sound"],
    ["given", "sound"],
  ],
  [["family", BOTH_NAMES]],
  [
    ["postcode", "whole"],
    ["family", "sound"],
  ],
  [
    ["postcode", "whole"],
    ["given", "sound"],
  ],
];

/** What of a plan is worth keeping. */
export function learnedFrom({ prepared, atoms, keys, model }: Pick<Plan, "prepared" | "atoms" | "keys" | "model">): Learned {
  const nameOf = (atom: Atom | undefined): AtomName => [prepared.fields[atom?.field ?? 0]?.name ?? "", atom?.view ?? ""];
  const found = keys.map((key) => key.atoms.map((at) => nameOf(atoms[at])));
  const isThere = (key: readonly AtomName[]): boolean => key.every(([field]) => prepared.fields.some(({ name }) => name === field));
  const all = [...USUAL_KEYS.filter(isThere), ...found];
  const distinct = new Map(all.map((key) => [key.join("+"), key]));
  return {
    size: prepared.size,
    fields: prepared.fields.map((field) => learnedField(field, prepared.size)),
    keys: [...distinct.values()].slice(0, MOST_KEYS),
    m: [...model.m],
    u: [...model.u],
    alike: [...model.alike],
    prior: model.prior,
    household: model.household,
    similar: model.similar,
  };
}

function learnedField(field: Field, size: number): LearnedField {
  const { name, role, kind, isHousehold, values, counts } = field;
  const kept = values.flatMap((value, id): [string, number][] => {
    const count = counts[id] ?? 0;
    return count < FEWEST ? [] : [[String(hashOfText(value)), count]];
  });
  return { name, role, kind, isHousehold, counts: Object.fromEntries(kept), usual: usualCounts(field, size) };
}

export const modelOf = ({ m, u, alike, prior, household, similar }: Learned): Model => ({
  m: Float64Array.from(m),
  u: Float64Array.from(u),
  alike: Float64Array.from(alike),
  prior,
  household,
  similar,
});

/** Records that came later, prepared as those of the file were: the same fields in the same order, values as common as they are there. */
export function prepareLater(table: Table, learned: Learned): Prepared {
  const own = prepareAll(table);
  const fields = learned.fields.map((known): Field => {
    const field = own.fields.find(({ name }) => name === known.name) ?? emptyField(known, own.size);
    if (known.kind === "cross") return field;
    const counts = Int32Array.from(field.values, (value) => known.counts[String(hashOfText(value))] ?? UNSEEN);
    const ranks = Uint8Array.from(counts, (count) => levelOfEqual(count, learned.size));
    const rarity = Float64Array.from(counts, (count, id) => rarityAt(count, known.usual[(ranks[id] ?? EQUAL_COMMON) - EQUAL_COMMON]));
    return { ...field, counts, ranks, rarity };
  });
  return { ...own, fields };
}

function emptyField({ name, role, kind, isHousehold }: LearnedField, size: number): Field {
  const none = { values: [], counts: new Int32Array(0), ranks: new Uint8Array(0) };
  return { name, role, kind, isHousehold, ids: new Int32Array(size).fill(-1), ...none };
}

/** By what each record, by its row of the table, is brought together with others: hashes, of the keys that it has values for. */
export function keysOfRows({ fields, size, rows }: Prepared, { keys }: Pick<Learned, "keys">): number[][] {
  const textOf = (name: string, i: number): string => {
    const field = fields.find((each) => each.name === name);
    return field?.values[field.ids[i] ?? -1] ?? "";
  };
  const kindOf = (name: string): FieldKind => fields.find((each) => each.name === name)?.kind ?? "text";
  const views = keys.map((key) => key.map(([field, view]) => ({ field, view, show: viewNamed(kindOf(field), view) })));
  const hashes: number[][] = Array.from({ length: size }, () => []);
  for (let i = 0; i < size; i++) {
    const own = views.flatMap((key) => {
      const shown = key.map(({ field, view, show }) => (view === BOTH_NAMES ? bothNames(i, textOf) : shownBy(show, textOf(field, i))));
      return shown.includes("") ? [] : [hashOfText(key.map(({ field, view }, at) => `${field}/${view}=${shown[at]}`).join("&"))];
    });
    hashes[rows[i] ?? 0] = [...new Set(own)];
  }
  return hashes;
}

const shownBy = (view: { of(value: string): string } | undefined, value: string): string => (value === "" ? "" : (view?.of(value) ?? ""));

function bothNames(i: number, textOf: (name: string, i: number) => string): string {
  const names = [textOf("given", i), textOf("family", i)];
  return names.includes("") ? "" : names.toSorted().join(" ");
}

/** 53 bits of a text: two walks over it (FNV-1a, with different beginnings), each stirred at its end. */
export function hashOfText(text: string): number {
  let a = 0x811c9dc5;
  let b = 0x2f0b4c47;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  const stir = (x: number): number => Math.imul(x ^ (x >>> 15), 0xc2b2ae35) >>> 0;
  return (stir(b) & 0x1fffff) * 2 ** 32 + stir(a ^ (b >>> 7));
}
