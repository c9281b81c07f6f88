import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";

/**
 * From here to the end of the transaction a statement is planned once per connection. With arrays PostgreSQL plans anew for every call,
 * because a plan for a known array looks cheaper than one for any: of the 14 ms of its CPU for an identify that joins, some 6 were planning.
 */
export async function planOnce({ db }: Pick<Ctx, "db">): Promise<void> {
  await sql`set local plan_cache_mode = force_generic_plan`.execute(db);
}
