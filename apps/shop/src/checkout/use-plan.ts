import type { StoreView } from "@weft/contracts/client";
import { useQuery } from "@tanstack/react-query";
import { useLocale } from "@weft/ui/i18n/i18n.ts";
import { useState } from "react";
import { meQuery, useCustomer } from "../customer/session.ts";
import type { Plan } from "./checkout-plan.ts";
import { TEST_CARDS } from "./test-cards.ts";

export type PlanState = { readonly plan: Plan; readonly change: (change: Partial<Plan>) => void };

/** What the page begins with: as soon as possible, by card, for whom we know. */
export function usePlan(store: Pick<StoreView, "id">): PlanState {
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
  return { plan: { ...known, ...changed, storeId: store.id }, change: (next) => change((held) => ({ ...held, ...next })) };
}
