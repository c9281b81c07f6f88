import type { QueryClient } from "@tanstack/react-query";
import { mergeMessage, subjectKey, type LiveMessage } from "./merge.ts";

const changed = new Map<string, number>();

/** When a subject last changed by a live message, on the clock of `performance.now()`: what glows, glows because of it. */
export function changedAt(subject: string): number | undefined {
  return changed.get(subject);
}

/**
 * Writes a live message into the query cache: the answer under `["cart", id]` is patched, asked again, or both, and what hangs below it
 * (`["cart", id, "promises"]`) is asked again, because the message does not carry it.
 */
export function applyMessage(queries: QueryClient, message: LiveMessage): void {
  const key = subjectKey(message.subject);
  const held = queries.getQueryData(key);
  const merge = mergeMessage(held, message);
  if (merge.kind === "ignore") return;
  changed.set(message.subject, performance.now());
  if (merge.kind === "apply") {
    // An answer that was asked for before this message is older than it, and would take its place.
    void queries.cancelQueries({ queryKey: key, exact: true });
    queries.setQueryData(key, merge.value);
  } else if (held === undefined) askAgainAfterFirst(queries, key);
  const exact = JSON.stringify(key);
  void queries.invalidateQueries({
    queryKey: key,
    predicate: (query) => merge.kind === "refetch" || merge.missed || JSON.stringify(query.queryKey) !== exact,
  });
}

/** The first answer is on its way and may have been read before the message was sent: then it is asked for once more. */
function askAgainAfterFirst(queries: QueryClient, key: readonly string[]): void {
  const query = queries.getQueryCache().find({ queryKey: key, exact: true });
  if (query?.state.fetchStatus !== "fetching") return;
  const again = (): void => void queries.invalidateQueries({ queryKey: key, exact: true });
  query.fetch().then(again, again);
}
