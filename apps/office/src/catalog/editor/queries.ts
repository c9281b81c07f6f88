import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api.ts";

/** What products refer to: categories, options, tax classes. */
export const editingQuery = queryOptions({
  queryKey: ["catalog", "editing"],
  queryFn: ({ signal }) => api.ask("catalog.editing", { signal }),
});

/** A product as its keepers say it. What is typed meanwhile is not overwritten: it is asked again only when it is saved. */
export const entryQuery = (id: string) =>
  queryOptions({
    queryKey: ["catalog", "entry", id],
    queryFn: ({ signal }) => api.ask("catalog.readEntry", { params: { id }, signal }),
    staleTime: Infinity,
    refetchOnMount: "always",
  });

/** The version that is changed, as the hub asks for it; none for what is new. */
export const ifMatch = (version: number | null): Record<string, string> => (version === null ? {} : { "if-match": `"${version}"` });
