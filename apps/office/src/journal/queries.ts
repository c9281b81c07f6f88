import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import type { JournalSearch } from "../searches.ts";

/** How often what runs in the background is asked for, while it does. */
const RUNNING_MS = 1000;

type Running = { readonly items: readonly { readonly state: string }[] };
const whileRunning = ({ state }: { readonly state: { readonly data: Running | undefined } }): number | false =>
  state.data?.items.some((run) => run.state === "waiting" || run.state === "running") === true ? RUNNING_MS : false;

export const registersQuery = (place: string | undefined) =>
  queryOptions({
    queryKey: ["journal", "registers", place ?? "all"],
    queryFn: ({ signal }) => api.ask("journal.registers", { query: place === undefined ? {} : { placeId: place }, signal }),
    refetchInterval: 30_000,
  });

export const entriesQuery = ({ place, register, chain, type, day }: JournalSearch) =>
  pagedQuery(["journal", "entries", place, register, chain, type, day], (page, signal) =>
    api.ask("journal.entries", {
      query: {
        ...page,
        ...(place !== undefined && { placeId: place }),
        ...(register !== undefined && { registerId: register }),
        ...(chain !== undefined && { chain }),
        ...(type !== undefined && { type }),
        ...(day !== undefined && { day }),
      },
      signal,
    }),
  );

export type EntryKey = NonNullable<ReturnType<typeof readEntryKey>>;

/** The address of an entry, `<register>/T/12`, as the address of the page carries it. */
export function readEntryKey(text: string | undefined) {
  const [registerId, chain, seq] = (text ?? "").split("/");
  return registerId && chain && seq && /^\d+$/.test(seq) ? { registerId, chain, seq: Number(seq) } : null;
}

export const entryQuery = ({ registerId, chain, seq }: EntryKey) =>
  queryOptions({
    queryKey: ["journal", "entry", registerId, chain, seq],
    // The hub refuses a chain that there is not.
    queryFn: ({ signal }) => api.ask("journal.entry", { params: { registerId, chain: chain as "T", seq }, signal }),
    staleTime: Infinity,
  });

export const closingsQuery = ({ place, register }: JournalSearch) =>
  pagedQuery(["journal", "closings", place, register], (page, signal) =>
    api.ask("journal.closings", {
      query: {
        ...page,
        limit: page.limit ?? PAGE_ROWS,
        ...(place !== undefined && { placeId: place }),
        ...(register !== undefined && { registerId: register }),
      },
      signal,
    }),
  );

export const checksQuery = queryOptions({
  queryKey: ["journal", "checks"],
  queryFn: ({ signal }) => api.ask("journal.checks", { signal }),
  refetchInterval: whileRunning,
});

export const archivesQuery = queryOptions({
  queryKey: ["journal", "archives"],
  queryFn: ({ signal }) => api.ask("journal.archives", { signal }),
  refetchInterval: whileRunning,
});

export const identitiesQuery = queryOptions({
  queryKey: ["journal", "identities"],
  queryFn: ({ signal }) => api.ask("journal.identities", { signal }),
});
