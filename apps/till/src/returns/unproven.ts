import type { UnprovenUnitsView } from "@weft/contracts/client";
import type { Picked } from "../goods/parts.ts";
import { likelyDisposition, type Choice } from "./brought.ts";

/** Goods without a receipt as they are listed: what, how many, why, and what becomes of them. */
export type UnprovenLine = Picked & Choice;

/** One more of what was picked; what is new comes because somebody changed their mind, and goes on the shelf. */
export function pick(lines: readonly UnprovenLine[], picked: Picked): readonly UnprovenLine[] {
  const known = lines.find(({ sku }) => sku === picked.sku);
  if (known) return change(lines, picked.sku, { quantity: known.quantity + 1 });
  return [...lines, { ...picked, quantity: 1, reason: "changed_mind", disposition: "restock" }];
}

/** The same lines with one of them changed; a new reason brings its likely disposition along [RTN-1], and none is no line. */
export function change(lines: readonly UnprovenLine[], sku: string, wanted: Partial<Choice>): readonly UnprovenLine[] {
  const likely = wanted.reason === undefined ? {} : { disposition: likelyDisposition(wanted.reason, true) };
  return lines.map((line) => (line.sku === sku ? { ...line, ...likely, ...wanted } : line)).filter(({ quantity }) => quantity > 0);
}

/** The units as the hub takes them. */
export const unprovenUnits = (lines: readonly UnprovenLine[]): UnprovenUnitsView[] =>
  lines.map(({ sku, quantity, reason, disposition }) => ({ sku, quantity, reason, disposition }));
