import { queryOptions } from "@tanstack/react-query";
import { api } from "../api.ts";

export const PROGRAM_KEY = ["loyalty", "program"] as const;

/** The program: how it earns and expires, what points buy, what is owed. */
export const programQuery = queryOptions({
  queryKey: PROGRAM_KEY,
  queryFn: ({ signal }) => api.ask("loyalty.program", { signal }),
});

/** What is owed for points, by legal entity, store and month of issue. */
export const liabilityQuery = queryOptions({
  queryKey: ["loyalty", "liability"],
  queryFn: ({ signal }) => api.ask("loyalty.liability", { signal }),
});

export const PARTNERS_KEY = ["loyalty", "partners"] as const;

/** Partners of the program with their terms and what they owe. */
export const partnersQuery = queryOptions({
  queryKey: PARTNERS_KEY,
  queryFn: ({ signal }) => api.ask("loyalty.partners", { signal }),
});

/** A month of a partner. */
export const statementQuery = (id: string, month: string) =>
  queryOptions({
    queryKey: [...PARTNERS_KEY, id, month],
    queryFn: ({ signal }) => api.ask("loyalty.partnerStatement", { params: { id }, query: { month }, signal }),
  });
