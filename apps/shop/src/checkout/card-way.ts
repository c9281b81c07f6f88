import { queryOptions, useQuery } from "@tanstack/react-query";
import type { CardWayView } from "@weft/contracts/client";
import { api } from "../api.ts";
import type { Plan } from "./checkout-plan.ts";

const methodsQuery = (placeId: string) =>
  queryOptions({
    queryKey: ["payment-methods", placeId],
    queryFn: ({ signal }) => api.ask("payments.methods", { query: { placeId }, signal }),
    staleTime: 10 * 60_000,
  });

/** How a card pays for what this store sells; undefined until that is known, null when it takes none. */
export const useCardWay = (storeId: string): CardWayView | null | undefined => useQuery(methodsQuery(storeId)).data?.card;

/** The plan as it is paid: a test card is chosen on the page, any other is taken on the provider's own page. */
export const paidBy = (plan: Plan, way: CardWayView | null | undefined): Plan =>
  way && way.way !== "test_card" ? { ...plan, cardToken: way.token } : plan;
