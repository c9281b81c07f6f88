import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

export const DEPOSITS_KEY = ["deposits"];

export const depositsQuery = queryOptions({
  queryKey: DEPOSITS_KEY,
  queryFn: async ({ signal }) => (await api.ask("deposits.list", { signal })).items,
});
