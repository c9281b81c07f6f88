import { infiniteQueryOptions, keepPreviousData, type QueryKey } from "@tanstack/react-query";

type PageOf<Row> = { readonly items: Row[]; readonly nextCursor: string | null };

/** How many rows a list asks for at once. */
export const PAGE_ROWS = 50;
/** Who asks for more of a long list looks for something: fewer taps then, and fewer questions when all of it is asked again. */
const MORE_ROWS = 200;

/** The page to ask for; `limit` is how many rows a list that may be long wants. */
type Wanted = { readonly cursor?: string; readonly limit: number };

/** A list of the hub that is read page by page. While a filter changes, what was there stays. */
export function pagedQuery<Row>(queryKey: QueryKey, ask: (page: Wanted, signal: AbortSignal) => Promise<PageOf<Row>>) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam === null ? { limit: PAGE_ROWS } : { cursor: pageParam, limit: MORE_ROWS }, signal),
    initialPageParam: null as string | null, // widens the type: the first page has no cursor
    getNextPageParam: (last: PageOf<Row>) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}
