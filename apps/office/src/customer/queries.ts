import { queryOptions } from "@tanstack/react-query";
import type { ChannelKind } from "@weft/contracts/client";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";
import { pagedQuery } from "../common/paged.ts";

const TIMELINE_ROWS = 30;

/** The whole picture of a customer. Everything below hangs on its key, so that a live change asks all of it again. */
export const customerQuery = (id: string) =>
  queryOptions({ queryKey: ["customer", id], queryFn: ({ signal }) => api.ask("customers.read", { params: { id }, signal }) });

export type TimelineFilter = { readonly channel: ChannelKind | undefined; readonly kind: string | undefined };

export const timelineQuery = (id: string, { channel, kind }: TimelineFilter) =>
  pagedQuery(["customer", id, "timeline", { channel, kind }], (page, signal) => {
    const query = { ...page, limit: TIMELINE_ROWS, ...(channel && { channelKind: channel }), ...(kind !== undefined && { kind }) };
    return api.ask("customers.timeline", { params: { id }, query, signal });
  });

export const ordersOfQuery = (id: string) =>
  pagedQuery(["customer", id, "orders"], (page, signal) =>
    api.ask("orders.ofCustomer", { params: { id }, query: { ...page, limit: 10 }, signal }),
  );

export const pointsOfQuery = (id: string) =>
  pagedQuery(["customer", id, "points"], (page, signal) =>
    api.ask("loyalty.history", { params: { id }, query: { ...page, limit: 10 }, signal }),
  );

/** The card of a customer; null for who has none. */
export const loyaltyQuery = (id: string) =>
  queryOptions({
    queryKey: ["customer", id, "loyalty"],
    queryFn: async ({ signal }) => {
      try {
        return await api.ask("loyalty.read", { params: { id }, signal });
      } catch (error) {
        if (problemCode(error) === "loyalty.not_a_member") return null;
        throw error;
      }
    },
  });

export const cartQuery = (id: string) =>
  queryOptions({ queryKey: ["cart", id], queryFn: ({ signal }) => api.ask("carts.read", { params: { id }, signal }) });
