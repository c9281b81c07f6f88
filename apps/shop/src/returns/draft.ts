import type { OrderReturnsView, ReturnReason } from "@weft/contracts/client";

export type ReturnableLine = OrderReturnsView["lines"][number];
export type Draft = Readonly<Record<string, { readonly quantity: number; readonly reason: ReturnReason }>>;

const REASONS: readonly ReturnReason[] = ["changed_mind", "defective", "wrong_item", "not_as_described", "other"];
const FAULTS: readonly ReturnReason[] = ["defective", "wrong_item", "not_as_described"];

/** Why a line may come back: of some goods only because something is wrong with them. */
export const reasonsFor = ({ isFaultyOnly }: Pick<ReturnableLine, "isFaultyOnly">): readonly ReturnReason[] =>
  isFaultyOnly ? FAULTS : REASONS;

/** The same choice with some of one line changed. */
export function choose(draft: Draft, line: ReturnableLine, change: Partial<Draft[string]>): Draft {
  const before = draft[line.orderLineId] ?? { quantity: 0, reason: reasonsFor(line)[0] ?? "defective" };
  return { ...draft, [line.orderLineId]: { ...before, ...change } };
}

/** What is announced; a line of nothing is left out. */
export function announced(draft: Draft): { readonly orderLineId: string; readonly quantity: number; readonly reason: ReturnReason }[] {
  return Object.entries(draft).flatMap(([orderLineId, chosen]) => (chosen.quantity > 0 ? [{ orderLineId, ...chosen }] : []));
}
