import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";

/** Everything about requests is asked again once something was done with one. */
export const REQUESTS_KEY = ["privacy", "requests"];

export const requestsQuery = (state: "open" | "closed") =>
  pagedQuery([...REQUESTS_KEY, state], (page, signal) =>
    api.ask("privacyRequests.list", { query: { ...page, state, limit: PAGE_ROWS }, signal }),
  );

export const purposesQuery = queryOptions({
  queryKey: ["privacy", "purposes"],
  queryFn: ({ signal }) => api.ask("privacy.purposes", { signal }),
});

export const noticesQuery = queryOptions({
  queryKey: ["privacy", "notices"],
  queryFn: ({ signal }) => api.ask("notices.list", { signal }),
});

export const retentionQuery = queryOptions({
  queryKey: ["privacy", "retention"],
  queryFn: ({ signal }) => api.ask("privacy.retention", { signal }),
});

export const exportsQuery = pagedQuery(["privacy", "exports"], (page, signal) =>
  api.ask("privacy.exports", { query: { ...page, limit: PAGE_ROWS }, signal }),
);
