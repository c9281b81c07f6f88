import type { RequirementView } from "@weft/contracts/client";

/**
 * What the shop settles by itself on the way to the order: the place is chosen in the checkout, the contact asked there, and what cannot be
 * taken away now becomes a collection at the promised time.
 */
const SETTLED_LATER: ReadonlySet<string> = new Set([
  "cart.place_missing",
  "customer.contact_missing",
  "promise.opens_later",
  "promise.served_from",
  "promise.ready_after_closing",
  "promise.store_away",
]);

/** What someone has to do something about before they can go on. */
export function blocking(requirements: readonly RequirementView[]): RequirementView[] {
  return requirements.filter(({ code }) => !SETTLED_LATER.has(code));
}

/** What the checkout page asks for, as it asks for a slot: on the cart there is no field for it. */
const ASKED_THERE: ReadonlySet<string> = new Set(["delivery.address_missing", "delivery.method_missing"]);

/** What keeps somebody on the cart; the rest is settled on the page to which it leads [CKO-2]. */
export function keepsFromCheckout(requirements: readonly RequirementView[]): RequirementView[] {
  return blocking(requirements).filter(
    ({ code, lineId }) => !ASKED_THERE.has(code) && (lineId !== null || !code.startsWith("promise.slot_")),
  );
}
