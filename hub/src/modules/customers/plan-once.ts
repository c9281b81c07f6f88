import { sql } from "kysely";
import { trailing, type Ctx } from "../../platform/index.ts";

/**
 * From here to the end of the transaction a statement is planned once per connection. With arrays PostgreSQL plans anew for every call,
 * because a plan for a known array looks cheaper than one for any: of the 14 ms of its CPU for an identify that joins, some 6 were planning.
 */
export async function planOnce(ctx: Pick<Ctx, "db">): Promise<void> {
  await trailing(ctx, sql`set local plan_cache_mode = force_generic_plan`);
}
