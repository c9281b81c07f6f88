/** What the next payment of several is about: a part of what is left, in minor units. Without one it is about all of it. */
export type Asked =
  | { readonly kind: "amount"; readonly left: number }
  /** The share of one of so many people who have not paid yet, the one who pays now among them. */
  | { readonly kind: "shares"; readonly left: number; readonly people: number }
  | { readonly kind: "items"; readonly left: number; readonly items: readonly UnitsPaid[] };

/** Units of a line that somebody pays for. */
export type UnitsPaid = { readonly lineId: string; readonly units: number };

/** A line as it is shared out: goods by weight are one thing. */
export type SharedLine = { readonly id: string; readonly units: number; readonly total: number };

/** So many payments pay one ticket at most. */
export const MOST_PARTS = 10;

/**
 * What the next of `people` pays who share what is left equally [TIL-58]: the cents that cannot be shared are with those who pay first, so that no two
 * differ by more than one and together they come to all of it.
 */
export const nextShare = (left: number, people: number): number => Math.ceil(left / people);

/** All shares, as they are paid one after the other. `sharesOf(1000, 3)` is 334, 333, 333. */
export function sharesOf(total: number, people: number): number[] {
  const shares: number[] = [];
  for (let [left, others] = [total, people]; others > 0; others--) {
    shares.push(nextShare(left, others));
    left -= nextShare(left, others);
  }
  return shares;
}

/**
 * What some units cost, with their part of the discounts and deposits of their lines [TIL-58]. `paid`: what somebody has paid for before. Counted from the
 * beginning of each line, so that its units come to exactly the line, whoever pays which in whatever order.
 */
export function priceOfUnits(lines: readonly SharedLine[], paid: readonly UnitsPaid[], chosen: readonly UnitsPaid[]): number {
  return lines.reduce((sum, line) => {
    const before = Math.min(line.units, unitsOf(paid, line.id));
    const after = Math.min(line.units, before + unitsOf(chosen, line.id));
    return sum + upTo(line, after) - upTo(line, before);
  }, 0);
}

/** How many units of a line somebody pays for. */
export const unitsOf = (units: readonly UnitsPaid[], lineId: string): number =>
  units.reduce((sum, one) => (one.lineId === lineId ? sum + one.units : sum), 0);

const upTo = ({ total, units }: SharedLine, count: number): number => Math.floor((total * count) / units);

/** What the next payment is about: what was asked for, at most what is left. */
export const nextAmount = (asked: Asked | null, left: number): number => (asked ? Math.min(asked.left, left) : left);

/**
 * What is asked for next, after a payment of `paid` that leaves `left`: somebody who paid a part of their own goes on with it, people who share go on with
 * the next one, and the last of all pays what is left.
 */
export function askedAfter(asked: Asked | null, paid: number, left: number): Asked | null {
  if (!asked || left <= 0) return null;
  if (asked.left > paid) return { ...asked, left: Math.min(asked.left - paid, left) };
  if (asked.kind !== "shares" || asked.people <= 2) return null;
  const people = asked.people - 1;
  return { kind: "shares", people, left: nextShare(left, people) };
}

type Tender = { readonly kind: string };
const RANK: Readonly<Record<string, number>> = { cash: 2, card: 1 };

/**
 * In which order a ticket names what paid it, whenever that was taken [TIL-58]: value of the house, cards, cash. What paid last goes back first [PAY-10], and a
 * register without the hub can give back nothing but cash [TIL-51].
 */
export function inOrder<T extends Tender>(tenders: readonly T[]): T[] {
  return tenders.toSorted((a, b) => (RANK[a.kind] ?? 0) - (RANK[b.kind] ?? 0));
}
