import { nameForm } from "./nicknames.ts";
import type { Field, Prepared } from "./prepare.ts";
import { soundOf } from "./text.ts";

/** A coarse view of one field by which records are brought together: for each record a number above 0, or 0 where it has none. */
export type Atom = { readonly name: string; readonly field: number; readonly view: string; readonly ids: Int32Array };

/** How a field is looked at: what it shows of a value, or nothing. */
export type View = { readonly name: string; of(value: string): string };

/** Coarse views per kind of field. Each survives another damage: a sound a spelling, a beginning an ending, sorted digits swapped ones. */
const NAME_VIEWS: readonly View[] = [
  { name: "sound", of: (value) => String(nameForm(value) ?? soundOf(value)) },
  { name: "first 3", of: (value) => (value.length < 4 ? "" : value.slice(0, 3)) },
  { name: "last 4", of: (value) => (value.length < 5 ? "" : value.slice(-4)) },
];
const DATE_VIEWS: readonly View[] = [
  { name: "digits", of: (value) => sorted(value.slice(0, 4)) + [sorted(value.slice(4, 6)), sorted(value.slice(6))].sort().join("") },
  { name: "year", of: (value) => value.slice(0, 4) },
  { name: "month and day", of: (value) => value.slice(4) },
  { name: "year and month", of: (value) => value.slice(0, 6) },
  { name: "year and day", of: (value) => value.slice(0, 4) + value.slice(6) },
];
const CODE_VIEWS: readonly View[] = [
  { name: "whole", of: (value) => value },
  { name: "first half", of: (value) => (value.length < 5 ? "" : value.slice(0, (value.length + 1) >> 1)) },
  { name: "second half", of: (value) => (value.length < 5 ? "" : value.slice(value.length >> 1)) },
];
const EMAIL_VIEWS: readonly View[] = [
  { name: "whole", of: (value) => value },
  { name: "local part", of: (value) => value.split("@")[0] ?? "" },
  { name: "beginning", of: (value) => value.slice(0, 4) },
];
const TEXT_VIEWS: readonly View[] = [
  { name: "whole", of: (value) => value },
  { name: "sound", of: (value) => soundOf(value).slice(0, 6) },
];
const WHOLE: readonly View[] = [{ name: "whole", of: (value) => value }];
const VIEWS: Partial<Record<Field["kind"], readonly View[]>> = {
  name: NAME_VIEWS,
  date: DATE_VIEWS,
  code: CODE_VIEWS,
  email: EMAIL_VIEWS,
  mailbox: EMAIL_VIEWS,
  text: TEXT_VIEWS,
  category: WHOLE,
};

/** Agreements of a pair are kept as bits of one 32-bit number. */
const MOST_ATOMS = 31;

/** Given and family name whichever comes first: a view of two fields. */
export const BOTH_NAMES = "both names";

/** A view of a kind of field by its name. */
export const viewNamed = (kind: Field["kind"], name: string): View | undefined => VIEWS[kind]?.find((view) => view.name === name);

const sorted = (digits: string): string => [...digits].sort().join("");

/** All views of all fields; of a wide file those of the fields that tell most people apart. */
export function atomsOf({ fields, size }: Prepared): Atom[] {
  const atoms = fields.flatMap((field, index) =>
    field.role === "middle" ? [] : (VIEWS[field.kind] ?? []).map((view) => viewed(field, index, view)),
  );
  const pair = bothNames(fields, size);
  if (pair) atoms.push(pair);
  if (atoms.length <= MOST_ATOMS) return atoms;
  const telling = new Map(atoms.map((atom) => [atom, new Set(atom.ids).size]));
  return atoms.toSorted((a, b) => (telling.get(b) ?? 0) - (telling.get(a) ?? 0)).slice(0, MOST_ATOMS);
}

function viewed(field: Field, index: number, view: View): Atom {
  const numbers = new Map<string, number>();
  const ofValue = field.values.map((value) => {
    const seen = view.of(value);
    if (seen === "") return 0;
    const known = numbers.get(seen) ?? numbers.size + 1;
    numbers.set(seen, known);
    return known;
  });
  const ids = new Int32Array(field.ids.length);
  for (let i = 0; i < ids.length; i++) ids[i] = ofValue[field.ids[i] ?? -1] ?? 0;
  return { name: `${field.name}, ${view.name}`, field: index, view: view.name, ids };
}

function bothNames(fields: readonly Field[], size: number): Atom | undefined {
  const given = fields.find(({ role }) => role === "given");
  const family = fields.findIndex(({ role }) => role === "family");
  const last = fields[family];
  if (!given || !last) return undefined;
  const numbers = new Map<string, number>();
  const ids = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    const [a, b] = [given.ids[i] ?? -1, last.ids[i] ?? -1];
    if (a < 0 || b < 0) continue;
    const key = `${Math.min(a, b)}.${Math.max(a, b)}`;
    const known = numbers.get(key) ?? numbers.size + 1;
    numbers.set(key, known);
    ids[i] = known;
  }
  return { name: BOTH_NAMES, field: family, view: BOTH_NAMES, ids };
}
