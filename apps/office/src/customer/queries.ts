import { queryOptions } from "@tanstack/react-query";
import type { ChannelKind } from "@weft/contracts/client";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { api } from "../api.ts";
import { pagedQuery } from "../common/paged.ts";

const TIMELINE_ROWS = 30;
/** What event clients send is no fact of the hub that a stream would tell of: while somebody looks, it is asked for again. */
const LOOK_MS = 10_000;

/** The whole picture of a customer. Everything below hangs on its key, so that a live change asks all of it again. */
export const customerQuery = (id: string) =>
  queryOptions({ queryKey: ["customer", id], queryFn: ({ signal }) => api.ask("customers.read", { params: { id }, signal }) });

export type TimelineFilter = { readonly channel: ChannelKind | undefined; readonly kind: string | undefined };

export const timelineQuery = (id: string, { channel, kind }: TimelineFilter) => ({
  ...pagedQuery(["customer", id, "timeline", { channel, kind }], (page, signal) => {
    const first = page.cursor === undefined && { limit: TIMELINE_ROWS };
    const query = { ...page, ...first, ...(channel && { channelKind: channel }), ...(kind !== undefined && { kind }) };
    return api.ask("customers.timeline", { params: { id }, query, signal });
  }),
  // Who has scrolled far down reads the past.
  refetchInterval: ({ state }: { readonly state: { readonly data?: { readonly pages: readonly unknown[] } | undefined } }) =>
    (state.data?.pages.length ?? 0) > 2 ? (false as const) : LOOK_MS,
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

/** What the balance is made of. */
export const lotsQuery = (id: string) =>
  queryOptions({ queryKey: ["customer", id, "lots"], queryFn: ({ signal }) => api.ask("loyalty.lots", { params: { id }, signal }) });

export const cartQuery = (id: string) =>
  queryOptions({ queryKey: ["cart", id], queryFn: ({ signal }) => api.ask("carts.read", { params: { id }, signal }) });
