import type { BodyOf, CartView } from "@weft/contracts/client";
import type { Locale } from "@weft/ui/i18n/locales.ts";

/** What was chosen on the checkout page. `at` is an ISO instant for a collection at a time. */
export type Plan = {
  readonly storeId: string;
  readonly when: { readonly kind: "now" } | { readonly kind: "later"; readonly at: string };
  readonly pay: "card" | "store";
  readonly email: string;
  readonly name: string;
  /** In which they order, and are written to about it. */
  readonly language: Locale;
  /** What the sandbox provider is to do with the card. */
  readonly cardToken: string;
};

/**
 * The completion that the hub is asked for [CKO-1]. What the customer was shown goes along, so that no other total is ever paid. `promiseAt` is
 * given while the store is closed: "as soon as possible" is then a collection at the promised time. What is shipped is paid by card.
 */
export function completionOf(plan: Plan, cart: CartView, promiseAt: string | null): BodyOf<"checkout.complete"> {
  const later = plan.when.kind === "later" ? plan.when.at : promiseAt;
  const contact = {
    ...(plan.email.trim() !== "" && { email: plan.email.trim() }),
    ...(plan.name.trim() !== "" && { name: plan.name.trim() }),
  };
  const isShipped = cart.delivery !== null;
  return {
    fulfillment: isShipped
      ? { kind: "ship" }
      : { kind: later === null ? "take_away" : "collect", placeId: plan.storeId, dining: "take_away", dueAt: later },
    tenders: [plan.pay === "card" || isShipped ? { kind: "card", token: plan.cardToken } : { kind: "due_at_collection" }],
    expectedTotal: cart.totals.total,
    ...(Object.keys(contact).length > 0 && { contact: { ...contact, language: plan.language } }),
  };
}

/** An e-mail address as far as a page can tell; whether it exists is the mail's matter. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim());
}
