import type { Id } from "@weft/kernel";
import { mix } from "./random.ts";

/** The nouns that have ids here. The position is part of the id: new ones go to the end. */
const NOUNS = [
  "legal entity",
  "place group",
  "place",
  "register",
  "channel",
  "staff",
  "category",
  "product",
  "variant",
  "customer",
  "source record",
  "order",
  "price list",
  "tax rate",
  "discount code",
  "option group",
  "stock entry",
  "reward",
  "delivery method",
  "promotion",
  "bonus",
] as const;
export type DemoNoun = (typeof NOUNS)[number];

/** All ids pretend to have been made in the milliseconds after this. */
const BEGINNING = Date.UTC(2026, 0, 1);

/** The seed of the chain that everybody sees. */
export const DEFAULT_SEED = 7;

/**
 * The id of the `n`-th (from 0) thing of a noun: a UUIDv7 that is the same on every run. Time and noun make it unique within a seed,
 * the tail tells the seeds apart. Ids of one noun ascend with `n`.
 */
export function demoId<Noun extends DemoNoun>(noun: Noun, n: number, seed: number = DEFAULT_SEED): Id<Noun> {
  const time = hex(BEGINNING + n, 12);
  const kind = NOUNS.indexOf(noun);
  const variant = hex(0x8000 | (mix(seed, kind, n) & 0x3fff), 4);
  const tail = hex(mix(seed, n, kind), 8) + hex(mix(n, seed, kind) & 0xffff, 4);
  // The brand exists only in types, and here it is given.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(kind, 3)}-${variant}-${tail}` as Id<Noun>;
}

const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, "0");
