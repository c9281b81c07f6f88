import type { AccountId, Money, TransferId } from "@weft/kernel";
import type { Ctx, Vault } from "../../platform/index.ts";
import { newGiftCard } from "../payments/index.ts";
import type { SaleFacts, SalePlan } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";

/** What `payments.move_values` reads: what a sale takes of store credit and gift cards, and the cards that it makes. Null when nothing of it. */
export function valueMoves(ctx: Pick<Ctx, "newId">, vault: Vault, facts: SaleFacts, { spent, sold, document, order }: SalePlan) {
  if (spent.length === 0 && sold.length === 0) return null;
  const { actor, giftCardsUntil } = facts;
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
  return { ...(taken.length > 0 && { spent: taken }), ...(made.length > 0 && { issued: made }) };
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
  if (code !== "WF040") return undefined;
  const { kind, currency, available: amount } = JSON.parse(detail ?? "{}") as Short; // payments.spend_values writes exactly this
  const available: Money = { amount, currency };
  return { code: "payment.value_short", kind, available };
}
