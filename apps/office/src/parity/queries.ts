import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";
import { pagedQuery } from "../common/paged.ts";
import type { readParitySearch } from "../searches.ts";

type Search = ReturnType<typeof readParitySearch>;

/** How often a check that is under way is asked about, and a list that nobody works on. */
const RUNNING_MS = 1000;
const RESTING_MS = 30_000;
/** Checks that the history shows. */
const SHOWN_CHECKS = 10;

export const checksQuery = queryOptions({
  queryKey: ["parity", "checks"],
  queryFn: ({ signal }) => api.ask("parity.checks", { query: { limit: SHOWN_CHECKS }, signal }),
  refetchInterval: ({ state }) =>
    state.data?.items.some((check) => check.state === "waiting" || check.state === "running") ? RUNNING_MS : RESTING_MS,
});

/** What differed at the check that ended last: another check brings another list. */
export const differencesQuery = (checkId: string | undefined, { verdict, window, attribute, channel, place, sku }: Search) =>
  pagedQuery(["parity", "differences", checkId ?? null, verdict, window, attribute, channel, place, sku], (page, signal) =>
    api.ask("parity.differences", {
      query: {
        ...page,
        verdict: verdict ?? "open",
        ...(window !== undefined && { window }),
        ...(attribute !== undefined && { attribute }),
        ...(channel !== undefined && { channelId: channel }),
        ...(place !== undefined && { placeId: place }),
        ...(sku !== undefined && { query: sku }),
      },
      signal,
    }),
  );

export const shownProductQuery = (productId: string, checkId: string | undefined, place: string | undefined) =>
  queryOptions({
    queryKey: ["parity", "product", productId, place ?? null, checkId ?? null],
    queryFn: ({ signal }) =>
      api.ask("parity.product", { params: { id: productId }, query: { ...(place !== undefined && { placeId: place }) }, signal }),
  });
