/** Money that a provider moved for us by our own books: a capture, or a refund that succeeded. Amounts in minor units, of a refund below zero. */
export type OurMovement = {
  /** Of the payment event or the refund. */
  readonly id: string;
  readonly kind: "payment" | "refund";
  readonly orderId: string | null;
  /** What the provider calls it, and what we called it when we asked: either may be on its list. */
  readonly references: readonly string[];
  readonly amount: number;
  readonly currency: string;
  readonly at: string;
};

/** A line of what a provider says it settled. */
export type SettledLine = {
  readonly id: string;
  readonly kind: "payment" | "refund" | "fee" | "payout" | "other";
  readonly reference: string;
  readonly amount: number;
  readonly fee: number;
  readonly currency: string;
  readonly settledOn: string;
};

export type Difference =
  /** The provider says so, and so do we. */
  | { readonly kind: "matched"; readonly ours: OurMovement; readonly theirs: SettledLine }
  | { readonly kind: "amount_differs"; readonly ours: OurMovement; readonly theirs: SettledLine; readonly by: number }
  /** The same movement a second time. */
  | { readonly kind: "doubled"; readonly ours: OurMovement | null; readonly theirs: SettledLine }
  /** We know nothing of it. */
  | { readonly kind: "missing_here"; readonly theirs: SettledLine }
  /** We moved it, and the provider does not say so; `isLate` when it should have by now. */
  | { readonly kind: "missing_there"; readonly ours: OurMovement; readonly isLate: boolean };

/** How long a provider takes to settle, in days. */
const SETTLES_WITHIN_DAYS = 4;

/**
 * Compares what a provider says it settled with our own movements [PAY-40]. In whatever order the lines come, the same lines answer the same; a line
 * that says a movement again is told as such and never counted; fees and payouts are no movement. `today` as an ISO date.
 */
export function reconcile(ours: readonly OurMovement[], theirs: readonly SettledLine[], today: string): Difference[] {
  const byReference = new Map(ours.flatMap((own) => own.references.map((reference) => [`${own.kind} ${reference}`, own] as const)));
  const taken = new Map<string, SettledLine>();
  const found: Difference[] = [];
  const orderly = [...theirs].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  for (const line of orderly) {
    if (line.kind !== "payment" && line.kind !== "refund") continue;
    const own = byReference.get(`${line.kind} ${line.reference}`);
    const key = own ? `own ${own.id}` : `${line.kind} ${line.reference}`;
    if (taken.has(key)) {
      found.push({ kind: "doubled", ours: own ?? null, theirs: line });
      continue;
    }
    taken.set(key, line);
    if (!own) found.push({ kind: "missing_here", theirs: line });
    else if (own.amount === line.amount && own.currency === line.currency) found.push({ kind: "matched", ours: own, theirs: line });
    else found.push({ kind: "amount_differs", ours: own, theirs: line, by: line.amount - own.amount });
  }
  for (const own of ours)
    if (!taken.has(`own ${own.id}`))
      found.push({ kind: "missing_there", ours: own, isLate: daysBetween(own.at.slice(0, 10), today) > SETTLES_WITHIN_DAYS });
  return found;
}

/** The line that agrees with us best comes first, so that the one beside it is the double: which one that is does not depend on the order. */
const keyOf = ({ settledOn, id }: SettledLine): string => `${settledOn} ${id}`;

const daysBetween = (from: string, to: string): number => (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
