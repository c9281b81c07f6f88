import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OperationId, SessionView, StaffMemberView } from "@weft/contracts/client";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { useEffect } from "react";
import { RIGHTS } from "../../../../hub/src/modules/access/domain/index.ts";
import { api } from "../api.ts";

/** How often a hub that cannot be reached is asked again. */
const AGAIN_MS = 5000;

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => api.ask("access.session", { signal }),
  staleTime: Infinity,
  // Who opened the office without a connection waits for nothing else.
  refetchInterval: ({ state }) => (problemCode(state.error) === "client.offline" ? AGAIN_MS : false),
});

export const configQuery = queryOptions({ queryKey: ["config"], queryFn: () => api.config(), staleTime: Infinity });

/** The member of staff who works here; undefined while nobody is signed in. */
export function useStaff(): StaffMemberView | undefined {
  return useQuery(sessionQuery).data?.staff ?? undefined;
}

/** Whether the member of staff may use an operation at all, by the hub's own table of rights: what they may not do is not offered. */
export function useMay(): (operation: OperationId) => boolean {
  const staff = useStaff();
  return (operation) => {
    const right = RIGHTS[operation];
    return right.anonymous === true || (right.staff?.some((role) => staff?.roles.includes(role)) ?? false);
  };
}

/** Puts the answer of a sign-in in the place of the session that was, and forgets what another person was shown. */
export function useSetSession(): (session: SessionView) => void {
  const queries = useQueryClient();
  return (session) => {
    queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" && queryKey[0] !== "config" });
    queries.setQueryData(sessionQuery.queryKey, session);
  };
}

/** Signs out and asks who is here now. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await api.call("access.signOut", {});
    await queries.resetQueries({ queryKey: sessionQuery.queryKey });
  };
}

/** When any question is answered with "sign in", the session has ended: it is asked again, and the frame shows the sign-in. */
export function useSessionEnd(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query, type }) => {
        const hasEnded =
          type === "updated" && query.state.status === "error" && problemCode(query.state.error) === "access.unauthenticated";
        if (hasEnded) void queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      }),
    [queries],
  );
}
