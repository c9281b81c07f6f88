import type { BodyOfKind, OutboxRow } from "../outbox/rows.ts";

/**
 * How often codes were used in sales of this register that a copy of the prices, made at `asOf` (ISO 8601), does not count: codes that are allocated
 * to the store are used here no oftener than they may be [TIL-53].
 */
export function usedSince(acts: readonly OutboxRow[], asOf: string): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  for (const { command, answer } of acts) {
    if (command["kind"] !== "sale.record" || (answer && String(command["at"]) <= asOf)) continue;
    for (const code of (command["body"] as BodyOfKind<"sale.record">).codes) used.set(code, (used.get(code) ?? 0) + 1); // of its kind
  }
  return used;
}
