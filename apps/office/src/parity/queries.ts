import { queryOptions } from "@tanstack/react-query";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
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

const filterOf = ({ verdict, window, attribute, channel, place, sku }: Search) => ({
  verdict: verdict ?? ("open" as const), // the words of the contract
  ...(window !== undefined && { window }),
  ...(attribute !== undefined && { attribute }),
  ...(channel !== undefined && { channelId: channel }),
  ...(place !== undefined && { placeId: place }),
  ...(sku !== undefined && { query: sku }),
});

/** What differed at the check that ended last: another check brings another list. */
export const differencesQuery = (checkId: string | undefined, search: Search) =>
  pagedQuery(["parity", "differences", checkId ?? null, filterOf(search)], (page, signal) =>
    api.ask("parity.differences", { query: { ...page, ...filterOf(search) }, signal }),
  );

/** Where all of them are as a file. */
export const differencesFile = (search: Search): string =>
  `/v1/parity/differences.csv?${new URLSearchParams({ ...filterOf(search), language: currentLocale() }).toString()}`;

export const shownProductQuery = (productId: string, checkId: string | undefined, place: string | undefined) =>
  queryOptions({
    queryKey: ["parity", "product", productId, place ?? null, checkId ?? null],
    queryFn: ({ signal }) =>
      api.ask("parity.product", { params: { id: productId }, query: { ...(place !== undefined && { placeId: place }) }, signal }),
  });
