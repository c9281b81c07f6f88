import type pg from "pg";

/**
 * For transactions that nobody waits for, and that are done again when they are lost: the commit does not wait for the disk, so that what
 * was derived and the step forward are lost together. Their statements are planned once per connection: with arrays PostgreSQL chooses to
 * plan anew each time, over the partitions of touchpoints 8 to 12 ms, which was a tenth of the database's work under a load of checkouts.
 */
export const BEHIND = "set local synchronous_commit = off; set local plan_cache_mode = force_generic_plan; ";

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
