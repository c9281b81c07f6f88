import type pg from "pg";

/**
 * Opens a transaction and tells its `now()`, in one message of the simple protocol: a second statement for the clock alone would cost a
 * round trip. `settings` are set for this transaction only; our own texts, never a value.
 */
export async function beginAt(client: pg.PoolClient, settings = ""): Promise<Date> {
  const results: unknown = await client.query(`begin; ${settings}select now() as now`);
  const clock = (results as readonly pg.QueryResult<{ now: Date }>[]).at(-1); // several statements answer an array, which the types do not know
  const [row] = clock?.rows ?? [];
  if (!row) throw new Error("the transaction did not open");
  return row.now;
}
