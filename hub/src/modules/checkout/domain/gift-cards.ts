import { addDays, addMonths, err, instantOf, ok, shareOut, type BusinessDate, type LineId, type Result } from "@weft/kernel";
import type { NewOrderLine } from "../../orders/domain.ts";
import { GIFT_CARD_CLASS, type PlannedTender } from "../../payments/domain.ts";

export const isGiftCardLine = (line: { readonly taxClass: string } | { readonly tax_class: string | null }): boolean =>
  ("taxClass" in line ? line.taxClass : line.tax_class) === GIFT_CARD_CLASS;

/**
 * When gift cards sold on a business date end [CHK-18]: as the day after the same day `months` later begins, so that this day is their last.
 * Null for 0 months: they never end. `giftCardsEnd(24, "2026-03-02", "Europe/Paris")`: 2028-03-03, 00:00 in Paris.
 */
export const giftCardsEnd = (months: number, soldOn: BusinessDate, timeZone: string): Date | null =>
  months === 0 ? null : instantOf(addDays(addMonths(soldOn, months), 1), 0, timeZone);

/** A gift card to be made: one for each unit of a line, worth what was paid for it [CHK-17]. */
export type SoldCard = { readonly lineId: LineId; readonly amount: number };

/** What a line pays onto a gift card that is there [CRT-60]: what was paid for the line. */
export type ToppedUpCard = { readonly lineId: LineId; readonly cardId: string; readonly amount: number };

type ToppingUp = { readonly id: LineId; readonly topUp?: { readonly cardId: string } };

/** The gift cards that the lines of a cart pay onto, each by what its line of the order cost. */
export function toppedUpCards(cart: readonly ToppingUp[], lines: readonly Pick<NewOrderLine, "id" | "total">[]): ToppedUpCard[] {
  const totals = new Map(lines.map(({ id, total }) => [id, total]));
  return cart.flatMap(({ id: lineId, topUp }) => {
    const amount = totals.get(lineId) ?? 0;
    return topUp && amount > 0 ? [{ lineId, cardId: topUp.cardId, amount }] : [];
  });
}

/** The gift cards that some lines sell. `soldCards([{ ordered: 3, total: 10000, … }])`: 33.34, 33.33 and 33.33; one that cost nothing is none. */
export function soldCards(lines: readonly Pick<NewOrderLine, "id" | "ordered" | "total" | "tax_class">[]): SoldCard[] {
  return lines.filter(isGiftCardLine).flatMap(({ id, ordered, total }) =>
    shareOut(
      total,
      Array.from({ length: ordered }, () => 1),
    ).flatMap((amount) => (amount > 0 ? [{ lineId: id, amount }] : [])),
  );
}

type Selling = {
  readonly lines: readonly { readonly taxClass: string; readonly total: number }[];
  readonly tenders: readonly PlannedTender[];
};

/**
 * Whether gift cards can be sold like this [CHK-17]: they are worth money at once, so they are paid at once, with all that is ordered beside them, and
 * not on account; and neither a gift card nor points buy one. Errors: `gift_card.paid_at_once`, `gift_card.buys_no_card`.
 */
export function judgeGiftCards({
  lines,
  tenders,
}: Selling): Result<null, { readonly code: "gift_card.paid_at_once" } | { readonly code: "gift_card.buys_no_card" }> {
  const cards = lines.filter(isGiftCardLine);
  if (cards.length === 0) return ok(null);
  const isDue = tenders.some(({ kind }) => kind === "due_at_collection" || kind === "account");
  if (isDue) return err({ code: "gift_card.paid_at_once" });
  const others = lines.reduce((sum, line) => (isGiftCardLine(line) ? sum : sum + line.total), 0);
  const byCard = tenders.reduce((sum, { kind, amount }) => (kind === "gift_card" || kind === "points" ? sum + amount : sum), 0);
  return byCard > others ? err({ code: "gift_card.buys_no_card" }) : ok(null);
}
