import type { Disposition, ReturnedUnitsView, ReturnOfferView, ReturnReason, ReturnRequestView } from "@weft/contracts/client";

import { isFault } from "../../../../hub/src/modules/returns/domain/index.ts";

export type OfferedLine = ReturnOfferView["lines"][number];

/** What a cashier chose of one line: how many units, why, and what becomes of them. */
export type Choice = { readonly quantity: number; readonly reason: ReturnReason; readonly disposition: Disposition };

export type Brought = Readonly<Record<string, Choice>>;

export const REASONS: readonly ReturnReason[] = ["changed_mind", "defective", "wrong_item", "not_as_described", "other"];
export const DISPOSITIONS: readonly Disposition[] = ["restock", "quarantine", "write_off"];

/** Why units of a line may come back: of some goods only because something is wrong with them. */
export function reasonsFor({ isFaultyOnly }: Pick<OfferedLine, "isFaultyOnly">): readonly ReturnReason[] {
  return isFaultyOnly ? REASONS.filter(isFault) : REASONS;
}

/** What most likely becomes of goods [RTN-1]: what is broken is set aside, what was made to order is lost, all else goes on the shelf. */
export function likelyDisposition(reason: ReturnReason, isRestockable: boolean): Disposition {
  if (!isRestockable) return "write_off";
  return reason === "defective" ? "quarantine" : "restock";
}

/** The same choice with some of it changed; a new reason brings its likely disposition along [RTN-1]. */
export function choose(brought: Brought, line: OfferedLine, change: Partial<Choice>): Brought {
  const reason = reasonsFor(line)[0] ?? "defective";
  const before = brought[line.orderLineId] ?? { quantity: 0, reason, disposition: likelyDisposition(reason, line.isRestockable) };
  const likely = change.reason === undefined ? {} : { disposition: likelyDisposition(change.reason, line.isRestockable) };
  return { ...brought, [line.orderLineId]: { ...before, ...likely, ...change } };
}

/** What a customer announced, as it would be chosen. */
export function announcedUnits({ lines }: Pick<ReturnRequestView, "lines">): Brought {
  return Object.fromEntries(
    lines.map(({ orderLineId, quantity, reason, isRestockable }) => [
      orderLineId,
      { quantity, reason, disposition: likelyDisposition(reason, isRestockable) },
    ]),
  );
}

/** Everything that can still come back. */
export function chooseAll(brought: Brought, lines: readonly OfferedLine[]): Brought {
  return lines.reduce((all, line) => (line.returnable > 0 ? choose(all, line, { quantity: line.returnable }) : all), brought);
}

/** The units that are brought, as the hub takes them; a line of none is left out. */
export function unitsOf(brought: Brought): ReturnedUnitsView[] {
  return Object.entries(brought).flatMap(([orderLineId, choice]) => (choice.quantity > 0 ? [{ orderLineId, ...choice }] : []));
}

/** The same units as a question for what would go back; null for none. */
export function askedUnits(brought: Brought): string | null {
  const units = unitsOf(brought).map(({ orderLineId, quantity }) => `${orderLineId}:${quantity}`);
  return units.length === 0 ? null : units.toSorted().join(",");
}
