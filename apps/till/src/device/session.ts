import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { SessionView } from "@weft/contracts/client";
import { api } from "../api.ts";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => api.ask("access.session", { signal }),
  staleTime: Infinity,
});

/** Who is at the till; undefined while it is asked. */
export function useSession() {
  return useQuery(sessionQuery);
}

/** Puts an answer of a sign-in in the place of the session that was. */
export function useSetSession(): (session: SessionView) => void {
  const queries = useQueryClient();
  return (session) => queries.setQueryData(sessionQuery.queryKey, session);
}

export const configQuery = queryOptions({ queryKey: ["config"], queryFn: () => api.config(), staleTime: Infinity });

/** The register's state as the hub has it: its shift and the last command. */
export const stateQuery = (registerId: string) =>
  queryOptions({
    queryKey: ["register", registerId],
    queryFn: ({ signal }) => api.ask("till.state", { query: { registerId }, signal }),
    staleTime: Infinity,
  });
