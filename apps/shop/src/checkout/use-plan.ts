import type { CartView, StoreView } from "@weft/contracts/client";
import { useQuery } from "@tanstack/react-query";
import { useLocale } from "@weft/ui/i18n/i18n.ts";
import { useState } from "react";
import { meQuery, useCustomer } from "../customer/session.ts";
import type { Plan } from "./checkout-plan.ts";
import { whenOf, type SlotHold } from "./when.ts";
import { TEST_CARDS } from "./test-cards.ts";

export type PlanState = { readonly plan: Plan; readonly change: (change: Partial<Plan>) => void };

/** Where an order is paid that was placed before. */
const NO_CART = { fulfillment: null };

/**
 * What the page begins with: as soon as possible or in the slot that the cart holds, by card, for whom we know. `slots` asks the cart to hold one; left
 * out: it is chosen here alone.
 */
export function usePlan(store: Pick<StoreView, "id">, cart: Pick<CartView, "fulfillment"> = NO_CART, slots?: SlotHold): PlanState {
  const customer = useCustomer();
  const me = useQuery({ ...meQuery(customer?.customerId ?? ""), enabled: customer !== null }).data;
  const [changed, change] = useState<Partial<Plan>>({});
  const known: Plan = {
    storeId: store.id,
    when: { kind: "now" },
    pay: "card",
    email: me?.email ?? "",
    name: customer?.givenName ?? "",
    language: useLocale(),
    cardToken: TEST_CARDS[0].token,
  };
  const when = whenOf(changed.when, cart, slots);
  return {
    plan: { ...known, ...changed, storeId: store.id, when },
    change: (next) => {
      const slotId = next.when?.kind === "later" ? (next.when.slotId ?? null) : null;
      // Nothing is given back that nobody holds.
      if (next.when && (slotId !== null || cart.fulfillment?.slot)) slots?.hold(slotId);
      change((held) => ({ ...held, ...next }));
    },
  };
}
