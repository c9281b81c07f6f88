import type { AccountId, Money, TransferId } from "@weft/kernel";
import type { Ctx, Vault } from "../../platform/index.ts";
import { newGiftCard } from "../payments/index.ts";
import type { SaleFacts, SalePlan } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";

/** What `payments.move_values` reads: what a sale takes of store credit and gift cards, the cards that it makes, and those that it tops up. Null when nothing of it. */
export function valueMoves(ctx: Pick<Ctx, "newId">, vault: Vault, facts: SaleFacts, { spent, sold, toppedUp, document, order }: SalePlan) {
  if (spent.length === 0 && sold.length === 0 && toppedUp.length === 0) return null;
  const { actor, giftCardsUntil, giftCardMost: most } = facts;
  const written = { ...document, currency: order.currency, actor_kind: actor.kind, actor_id: actor.staffId };
  const taken = spent.map(({ tenderId: tender_id, kind, cardId: card_id, amount }) => ({
    ...written,
    txn: ctx.newId<TransferId>(),
    tender_id,
    kind,
    card_id,
    amount,
  }));
  const made = sold.map(({ lineId: line_id, amount }) => ({
    ...written,
    ...newGiftCard(ctx, vault),
    account_id: ctx.newId<AccountId>(),
    txn: ctx.newId<TransferId>(),
    line_id,
    amount,
    expires_at: giftCardsUntil,
  }));
  const more = toppedUp.map(({ lineId: line_id, cardId: card_id, amount }) => ({
    ...written,
    txn: ctx.newId<TransferId>(),
    line_id,
    card_id,
    amount,
    most,
    expires_at: giftCardsUntil,
  }));
  return {
    ...(taken.length > 0 && { spent: taken }),
    ...(made.length > 0 && { issued: made }),
    ...(more.length > 0 && { topped_up: more }),
  };
}

/** A card that ended, or would hold too much, as `payments.top_up_cards` raises it. */
type NotToppedUp =
  | { readonly because: "ended" }
  | { readonly because: "too_much"; readonly left: number; readonly most: number; readonly currency: string };

function refusalOfTopUp(refused: NotToppedUp): CheckoutError {
  if (refused.because === "ended") return { code: "gift_card.ended" };
  const { left, most, currency } = refused;
  return { code: "gift_card.too_much", left: { amount: left, currency }, most: { amount: most, currency } };
}

type Short = { readonly kind: string; readonly currency: string; readonly available: number };

/** What SQL raised of stored value, as the error that it means. */
export function refusalOfValue({
  code,
  detail,
}: {
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
}): CheckoutError | undefined {
  if (code === "WF041") return { code: "gift_card.blocked" };
  if (code === "WF042") return refusalOfTopUp(JSON.parse(detail ?? "{}") as NotToppedUp); // payments.top_up_cards writes exactly this
  if (code !== "WF040") return undefined;
  const { kind, currency, available: amount } = JSON.parse(detail ?? "{}") as Short; // payments.spend_values writes exactly this
  const available: Money = { amount, currency };
  return { code: "payment.value_short", kind, available };
}
