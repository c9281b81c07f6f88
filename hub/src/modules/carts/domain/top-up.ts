import type { LocalizedText } from "@weft/contracts";
import { err, ok, type Result } from "@weft/kernel";
import type { Goods, LoadedCart } from "./cart.ts";
import { isCode } from "./elsewhere.ts";
import type { Refusal } from "./refusal.ts";

/** The gift card that a line pays so much onto, instead of selling a new one [CRT-60]. */
export type TopUp = { readonly cardId: string; readonly last4: string; readonly amount: number };

export type WantedTopUp = Pick<TopUp, "cardId" | "amount">;

/** A gift card as it is looked up for whoever tops it up. */
export type CardToTopUp = {
  readonly last4: string;
  readonly left: number;
  readonly isBlocked: boolean;
  readonly isEnded: boolean;
};

/**
 * What a line pays onto a gift card [CRT-60], or why it cannot: no gift cards are sold here, nobody knows the card, it is blocked, it has ended, or it would
 * hold more than `most`; 0: as much as somebody likes.
 */
export function topUpOf(
  goods: Goods,
  { cardId, amount }: WantedTopUp,
  card: CardToTopUp | undefined,
  most: number,
): Result<TopUp, Refusal> {
  if (!isCode(goods)) return err({ code: "gift_card.not_sold", data: { sku: goods.sku } });
  if (!card) return err({ code: "gift_card.unknown", data: {} });
  const refusal = whyNotToppedUp(card, amount, most);
  return refusal ? err({ code: refusal, data: { left: card.left, most } }) : ok({ cardId, last4: card.last4, amount });
}

/** What keeps a card that is known from holding more [PAY-60]; undefined when nothing does. */
export function whyNotToppedUp(
  { isBlocked, isEnded, left }: CardToTopUp,
  amount: number,
  most: number,
): "gift_card.blocked" | "gift_card.ended" | "gift_card.too_much" | undefined {
  if (isBlocked) return "gift_card.blocked";
  if (isEnded) return "gift_card.ended";
  return most > 0 && left + amount > most ? "gift_card.too_much" : undefined;
}

/** What stands for the line on screens, receipts and in the journal: which card, as far as anybody may know. */
export const topUpName = ({ last4 }: TopUp): LocalizedText => ({
  en: `Gift card …${last4} topped up`,
  fr: `Recharge de la carte cadeau …${last4}`,
  de: `Geschenkkarte …${last4} aufgeladen`,
  ca: `Recàrrega de la targeta regal …${last4}`,
});

/** The cards that a cart tops up, each with all that it is to get. */
export function toppedUpBy({ lines }: Pick<LoadedCart, "lines">): { readonly cardId: string; readonly amount: number }[] {
  const amounts = new Map<string, number>();
  for (const { topUp } of lines) if (topUp) amounts.set(topUp.cardId, (amounts.get(topUp.cardId) ?? 0) + topUp.amount);
  return [...amounts].map(([cardId, amount]) => ({ cardId, amount }));
}
