import type { BodyOf, CartView } from "@weft/contracts/client";
import { suggestedTip } from "../../../../hub/src/modules/till/domain/tips.ts";
import { spend, type PlannedValue } from "./stored-value.ts";
import type { Locale } from "@weft/ui/i18n/locales.ts";

/** What was chosen on the checkout page. `at` is an ISO instant for a collection at a time, `slotId` the slot that begins then. */
export type Plan = {
  readonly storeId: string;
  readonly when: { readonly kind: "now" } | { readonly kind: "later"; readonly at: string; readonly slotId?: string };
  readonly pay: "card" | "store" | "account";
  readonly email: string;
  readonly name: string;
  /** In which they order, and are written to about it. */
  readonly language: Locale;
  /** What the sandbox provider is to do with the card. */
  readonly cardToken: string;
  /** Store credit and gift cards, which pay first. */
  readonly values?: readonly PlannedValue[];
  /** What is given to the staff on top, in percent of the total; left out: nothing. */
  readonly tipPercent?: number;
};

/**
 * The completion that the hub is asked for [CKO-1]. What the customer was shown goes along, so that no other total is ever paid. `promiseAt` is
 * given while the store is closed: "as soon as possible" is then a collection at the promised time. What is shipped is paid by card, or on account.
 */
export function completionOf(plan: Plan, cart: CartView, promiseAt: string | null): BodyOf<"checkout.complete"> {
  const later = plan.when.kind === "later" ? plan.when.at : promiseAt;
  const contact = {
    ...(plan.email.trim() !== "" && { email: plan.email.trim() }),
    ...(plan.name.trim() !== "" && { name: plan.name.trim() }),
  };
  const isShipped = cart.delivery !== null;
  const { tenders, rest } = spend(payOf(plan, cart) === "account" ? [] : (plan.values ?? []), cart.totals.total.amount);
  const pay = payOf(plan, cart);
  const tip = tipIn(plan, cart);
  const otherwise =
    pay === "account"
      ? ({ kind: "account" } as const)
      : pay === "card" || isShipped
        ? ({ kind: "card", token: plan.cardToken, ...(tip > 0 && { tip }) } as const)
        : ({ kind: "due_at_collection" } as const);
  return {
    fulfillment: isShipped
      ? { kind: "ship" }
      : { kind: later === null ? "take_away" : "collect", placeId: plan.storeId, dining: "take_away", ...timeOf(plan, later) },
    tenders: rest === 0 && tenders.length > 0 ? tenders : [...tenders, otherwise],
    expectedTotal: cart.totals.total,
    ...(Object.keys(contact).length > 0 && { contact: { ...contact, language: plan.language } }),
  };
}

/** The tip in minor units [PAY-46]: with a card that pays something, for what a store hands over. */
export function tipIn(plan: Plan, cart: CartView): number {
  const { amount } = cart.totals.total;
  if (!plan.tipPercent || cart.delivery !== null || payOf(plan, cart) !== "card") return 0;
  return spend(plan.values ?? [], amount).rest > 0 ? suggestedTip(amount, plan.tipPercent, 0) : 0;
}

type Paying = Pick<CartView, "company" | "totals" | "lines">;

/** How it is paid: on account only while it is bought for a company that has so much left [CMP-10], and at once where a gift card is in it [CHK-17]. */
export function payOf({ pay }: Pick<Plan, "pay">, cart: Paying): Plan["pay"] {
  if (paysAtOnce(cart)) return "card";
  return pay === "account" && !mayPayLater(cart) ? "card" : pay;
}

/** A gift card is worth its money at once, and a time is booked by who has paid for it: nothing that is ordered with them is paid later. */
export const paysAtOnce = ({ lines }: Pick<CartView, "lines">): boolean => lines.some(({ isGiftCard, service }) => isGiftCard || service);

/** Whether the company that the cart is bought for may owe all of it. */
export const mayPayLater = ({ company, totals, lines }: Paying): boolean =>
  !paysAtOnce({ lines }) &&
  company?.account !== null &&
  company?.account !== undefined &&
  company.account.left.amount >= totals.total.amount;

/** A slot names its time itself. */
function timeOf({ when }: Plan, dueAt: string | null): { readonly dueAt: string | null } | { readonly slotId: string } {
  return when.kind === "later" && when.slotId !== undefined ? { slotId: when.slotId } : { dueAt };
}

/** An e-mail address as far as a page can tell; whether it exists is the mail's matter. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim());
}
