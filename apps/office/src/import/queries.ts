import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { ImportSettingsView } from "@weft/contracts/client";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";

/** How often a run that is under way is asked after. */
const LOOK_MS = 1000;

export const importsQuery = pagedQuery(["imports", "list"], (page, signal) =>
  api.ask("imports.list", { query: { ...page, limit: PAGE_ROWS }, signal }),
);

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["imports", "one", id],
    queryFn: ({ signal }) => api.ask("imports.read", { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? LOOK_MS : false),
  });

/** A file as it would be read with these settings; without, as the hub finds it. While a setting changes, what was there stays. */
export const previewQuery = (id: string, settings: ImportSettingsView | undefined) =>
  queryOptions({
    queryKey: ["imports", "preview", id, settings ?? null],
    queryFn: ({ signal }) => api.ask("imports.preview", { params: { id }, body: settings ? { settings } : {}, signal }),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });

export const channelsQuery = queryOptions({ queryKey: ["channels"], queryFn: ({ signal }) => api.ask("channels.list", { signal }) });
