import { AsyncLocalStorage } from "node:async_hooks";

/** How many SQL statements one request has run so far. */
export type StatementCount = { statements: number };

const counting = new AsyncLocalStorage<StatementCount>();

/** Counts in `count` what `work` and all that it awaits run. */
export function countingStatements(count: StatementCount, work: () => void): void {
  counting.run(count, work);
}

/** Called for every statement; outside of a request it does nothing. */
export function noteStatement(): void {
  const count = counting.getStore();
  if (count) count.statements += 1;
}
