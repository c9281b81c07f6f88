import { err, type IntentId, type Money, type Result } from "@weft/kernel";
import type { Ctx, Vault } from "../../platform/index.ts";
import {
  chargeOf,
  hasPaidBefore,
  providerFor,
  terminalApproval,
  terminalProvider,
  type CardTakers,
  type PaymentProvider,
  type PlannedTender,
} from "../payments/index.ts";
import type { CapturedCard, SaleActor, SaleRequest } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import { prepareSale, type PreparedSale, type SaleTerms } from "./prepare-sale.ts";
import { writeSale, type PlacedSale } from "./write-sale.ts";

export type SaleDeps = CardTakers & { readonly vault: Vault };

/**
 * Completes a sale in the transaction that is open, for whoever has more to write with it: the till's journal. Cash and whatever the
 * provider decides on the spot; a card that must be asked outside is refused as `payment.method_not_offered`, because nothing outside
 * may be waited for here: use `completeCart` then. In mode `recorded` nothing refuses what happened, and a shortage becomes a conflict.
 * After an error the transaction is of no use. Errors: those of `prepareSale` and `writeSale`, `payment.declined`.
 */
export async function completeSale(
  ctx: Ctx,
  deps: SaleDeps,
  request: SaleRequest,
  terms: SaleTerms,
): Promise<Result<PlacedSale, CheckoutError>> {
  const prepared = await prepareSale(ctx, deps.vault, request, terms);
  if (!prepared.ok) return prepared;
  const taker = await takerOf(ctx, deps, prepared.value);
  if (taker === "paid_before") return err({ code: "payment.declined", reason: taker });
  const cards = decideCards(ctx, taker, prepared.value);
  if (cards.kind === "declined") return err(declinedBecause(cards));
  if (cards.kind === "outside") return err({ code: "payment.method_not_offered", kind: "card" });
  return writeSale(ctx, deps.vault, { ...prepared.value, cards: cards.cards });
}

/** Who takes the cards of a sale: a terminal beside the till has taken them already, else the account of the entity. An approval pays once [PAY-48]. */
async function takerOf(ctx: Ctx, deps: SaleDeps, { tenders, actor, document }: PreparedSale): Promise<PaymentProvider | "paid_before"> {
  const tokens = tenders.filter(isCard).map(({ token }) => token);
  if (!actor.isAtTill || !tokens.some((token) => terminalApproval(token))) return providerFor(deps, document.entityId);
  return (await hasPaidBefore(ctx, tokens)) ? "paid_before" : terminalProvider;
}

export type CardDecision =
  | { readonly kind: "captured"; readonly cards: readonly CapturedCard[] }
  /** `amount`: of which of several. */
  | { readonly kind: "declined"; readonly reason: string; readonly amount?: Money }
  | { readonly kind: "outside" };

/** Asks the provider about every card of a sale without any I/O. One declined refuses all; one undecided sends all outside. */
export function decideCards(ctx: Pick<Ctx, "newId">, provider: PaymentProvider, sale: PreparedSale): CardDecision {
  const cards: CapturedCard[] = [];
  const wanted = sale.tenders.filter(isCard);
  for (const tender of wanted) {
    const { token } = tender;
    const amount = chargeOf(tender);
    const money = { amount, currency: sale.assessed.priced.currency };
    const intentId = ctx.newId<IntentId>();
    const answer = provider.decideInline?.({ intentId, token, amount: money }) ?? null;
    if (answer === null) return { kind: "outside" };
    if (answer.kind === "declined") return { kind: "declined", reason: answer.reason, ...(wanted.length > 1 && { amount: money }) };
    const { eventId, providerRef } = answer;
    cards.push({ intentId, amount, approval: { provider: provider.name, eventId, providerRef } });
  }
  return { kind: "captured", cards };
}

/** The refusal of a card, which names it where there are several. */
export const declinedBecause = ({ reason, amount }: Extract<CardDecision, { kind: "declined" }>): CheckoutError => ({
  code: "payment.declined",
  reason,
  ...(amount && { amount }),
});

export type CardTender = Extract<PlannedTender, { kind: "card" }>;
export const isCard = (tender: PlannedTender): tender is CardTender => tender.kind === "card";

/** Who completes, from the caller of a request; null when the caller is on no channel and none is given for them. */
export function saleActorOf(ctx: Pick<Ctx, "actor">, fallback: SaleActor["channelId"] | null): SaleActor | null {
  const { kind, placeId, staff, device } = ctx.actor;
  const channelId = ctx.actor.channelId ?? fallback;
  if (!channelId) return null;
  return {
    kind,
    channelId,
    placeId: device?.placeId ?? placeId,
    staffId: staff?.id ?? null,
    staffName: staff?.name ?? null,
    isAtTill: device?.kind === "till",
  };
}
