import { asId, err, ok, type Result } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { toppedUpBy, whyNotToppedUp, type LoadedCart } from "../carts/index.ts";
import { cardById, type GiftCardId } from "../payments/index.ts";
import type { SaleMode } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";

type Terms = { readonly mode: SaleMode; readonly at: Date; readonly currency: string; readonly most: number };

/**
 * Looks at the gift cards that a cart tops up before anything is charged [PAY-60]; the ledger decides again under its locks. What was paid already is
 * booked whatever became of its card. Without such lines it is no statement. Errors: `gift_card.unknown`, `gift_card.blocked`, `gift_card.ended`,
 * `gift_card.too_much`, `gift_card.other_currency`.
 */
export async function judgeTopUps(
  ctx: Pick<Ctx, "db">,
  cart: LoadedCart,
  { mode, at, currency, most }: Terms,
): Promise<Result<null, CheckoutError>> {
  for (const { cardId, amount } of toppedUpBy(cart)) {
    const card = await cardById(ctx, asId<GiftCardId>(cardId)); // as the cart keeps it
    if (!card) return err({ code: "gift_card.unknown" });
    if (card.currency !== currency) return err({ code: "gift_card.other_currency", currency: card.currency });
    const { left, expiresAt } = card;
    const refusal =
      mode === "recorded" ? undefined : whyNotToppedUp({ ...card, isEnded: expiresAt !== null && expiresAt <= at }, amount, most);
    if (refusal === "gift_card.too_much") return err({ code: refusal, left: { amount: left, currency }, most: { amount: most, currency } });
    if (refusal) return err({ code: refusal });
  }
  return ok(null);
}
