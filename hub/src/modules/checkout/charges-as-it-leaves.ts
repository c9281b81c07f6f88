import type { PreparedSale } from "./prepare-sale.ts";

/**
 * Whether the card of a sale only agrees now and is charged as its goods leave [CHK-54]: something of it is ordered before it is there, and the goods, or
 * the place that sells them, say so. A till takes money for all that it sells.
 */
export const chargesAsItLeaves = ({ assessed: { waits }, actor }: Pick<PreparedSale, "assessed" | "actor">): boolean =>
  !actor.isAtTill && waits.some(({ isChargedLater }) => isChargedLater);
