import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useLive } from "@weft/ui/api/context.tsx";
import { useEffect, useRef } from "react";
import { DAY_KEY, SALES, type Scope } from "./queries.ts";

/** A message stands for a whole second of changes, so it is asked when that is over; a chain that sells all the time is asked this often. */
const SETTLE_MS = 2000;
/** The hub reads the sales of a large chain once in four seconds for all who look: asked sooner, it may answer what was before. */
const SALES_SETTLE_MS = 6000;

/** Follows a part of the chain: when something of its day moves, what the page shows of it is asked again. */
export function useFollowDay({ group, place }: Scope): void {
  const id = place ?? group ?? "all";
  const queries = useQueryClient();
  const version = useQuery({ queryKey: ["today", id], staleTime: Infinity, queryFn: () => held(queries, id) }).data?.version ?? 0;
  useLive(`today/${id}`);
  useSettled(version, SETTLE_MS, () =>
    queries.invalidateQueries({ queryKey: [DAY_KEY], predicate: ({ queryKey }) => queryKey[1] !== SALES }),
  );
  useSettled(version, SALES_SETTLE_MS, () => queries.invalidateQueries({ queryKey: [DAY_KEY, SALES] }));
}

/** Does something some time after a version has risen, once for all that rose meanwhile. */
function useSettled(version: number, afterMs: number, act: () => unknown): void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (version === 0 || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, afterMs);
  }, [version, afterMs]);
  useEffect(() => () => clearTimeout(timer.current), []);
}

/** There is nothing to ask for: the messages themselves are the answer, and this is where they are kept. */
function held(queries: QueryClient, id: string): { readonly version: number } {
  return queries.getQueryData<{ readonly version: number }>(["today", id]) ?? { version: 0 };
}
