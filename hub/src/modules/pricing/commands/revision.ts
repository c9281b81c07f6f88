import { sql } from "kysely";
import { type Ctx, publish } from "../../../platform/index.ts";
import { PricingChanged } from "../events.ts";

/**
 * Raises the revision. Whoever changes what prices are made of calls it first: the row's lock puts changes in one order,
 * so the number of a change says exactly what was in force before it.
 */
export async function raiseRevision(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ revision: number }>`update pricing.revision set revision = revision + 1 returning revision`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new Error("pricing.revision has lost its row");
  return row.revision;
}

/** Tells every node that its copy is old. */
export async function announce(
  ctx: Ctx,
  revision: number,
  change: { what: "lists" | "prices" | "tax" | "codes" | "promotions" | "deposits"; listIds?: string[] },
): Promise<void> {
  await publish(ctx, PricingChanged, "pricing/prices", { revision, ...change });
}
