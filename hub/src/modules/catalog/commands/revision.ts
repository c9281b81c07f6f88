import type { ProductId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { CatalogChanged } from "../events.ts";

/** More products than this are not named in the fact: who cares loads everything anyway. */
const MOST_NAMED = 50;

/** Raises the revision; every change of the catalog calls it first, so changes come one after the other. */
export async function raiseRevision(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ revision: number }>`update catalog.revision set revision = revision + 1 returning revision`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new Error("catalog.revision has lost its row");
  return row.revision;
}

/** Keeps everybody else from changing the catalog until this transaction ends, and says nothing of a change yet. */
export async function lockRevision(ctx: Ctx): Promise<void> {
  await sql`select revision from catalog.revision for update`.execute(ctx.db);
}

/** Tells every node that its copy is old. */
export async function announce(ctx: Ctx, revision: number, productIds: readonly ProductId[] = []): Promise<void> {
  const isFew = productIds.length > 0 && productIds.length <= MOST_NAMED;
  await publish(ctx, CatalogChanged, "catalog/products", { revision, ...(isFew && { productIds: [...productIds] }) });
}
