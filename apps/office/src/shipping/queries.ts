import type { FulfillmentView } from "@weft/contracts/client";
import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";

export const SHIPPING_LISTS = ["open", "ready", "under_way", "done"] as const;
export type ShippingList = (typeof SHIPPING_LISTS)[number];

/** Below the subject of the place's work, so that a new order or a step taken elsewhere asks for it again. */
export const shipmentsQuery = (placeId: string, state: ShippingList, query: string | undefined) =>
  pagedQuery(["work", placeId, "ship", state, query ?? ""], (page, signal) =>
    api.ask("fulfillments.list", {
      query: { ...page, placeId, state, kind: "ship", limit: PAGE_ROWS, ...(query !== undefined && { query }) },
      signal,
    }),
  );

export const addressQuery = (id: string) =>
  queryOptions({
    queryKey: ["fulfillment", id, "address"],
    queryFn: async ({ signal }) => (await api.ask("fulfillments.address", { params: { id }, signal })).address,
    // Each reading is kept in the audit: it is not asked again while somebody packs.
    staleTime: 600_000,
  });

export type Step = "accept" | "pack" | "deliver";

/** What is left to do with a shipment, beside handing it to the carrier. */
export function nextStep({ state }: Pick<FulfillmentView, "state">): Step | undefined {
  if (state === "planned" || state === "assigned") return "accept";
  if (state === "accepted" || state === "in_preparation") return "pack";
  return state === "dispatched" ? "deliver" : undefined;
}

const OPEN: ReadonlySet<FulfillmentView["state"]> = new Set(["planned", "assigned", "accepted", "in_preparation", "packed"]);

/** Whether it can still be sent, or refused: it has not left. */
export const isHere = ({ state }: Pick<FulfillmentView, "state">): boolean => OPEN.has(state);

export const METHODS_KEY = ["delivery-methods"];

export const methodsQuery = queryOptions({
  queryKey: METHODS_KEY,
  queryFn: async ({ signal }) => (await api.ask("deliveryMethods.list", { signal })).items,
});
