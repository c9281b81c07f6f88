import { infiniteQueryOptions, keepPreviousData, type QueryKey } from "@tanstack/react-query";

type PageOf<Row> = { readonly items: Row[]; readonly nextCursor: string | null };

/** How many rows a list asks for at once. */
export const PAGE_ROWS = 50;

/** A list of the hub that is read page by page. While a filter changes, what was there stays. */
export function pagedQuery<Row>(queryKey: QueryKey, ask: (page: { cursor?: string }, signal: AbortSignal) => Promise<PageOf<Row>>) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => ask(pageParam === null ? {} : { cursor: pageParam }, signal),
    initialPageParam: null as string | null, // widens the type: the first page has no cursor
    getNextPageParam: (last: PageOf<Row>) => last.nextCursor,
    placeholderData: keepPreviousData,
  });
}
