import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

/** What the chain calls its kinds of goods. */
export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: ({ signal }) => api.ask("categories.list", { signal }),
  staleTime: 300_000,
});
