import { err, ok, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { StockError } from "../errors.ts";

export type Limits = {
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
  /** Kept back from every promise. */
  readonly safety: number;
  /** From how few available units on it is on the list of what runs out; null: the house's few. Left out, it stays. */
  readonly lowAt?: number | null;
};

/** Sets what is kept back from every promise, and when a level is to be filled up. Errors: `stock.level_unknown`. Publishes `stock.changed.v1`. */
export async function setSafety(ctx: Ctx, { variantId, placeId, safety, lowAt }: Limits): Promise<Result<void, StockError>> {
  if (lowAt !== undefined) await sql`select stock.set_low_at(${variantId}, ${placeId}, ${lowAt})`.execute(ctx.db);
  const { rows } = await sql<{ found: boolean }>`select stock.set_safety(${variantId}, ${placeId}, ${safety}) as found`.execute(ctx.db);
  return rows[0]?.found ? ok(undefined) : err({ code: "stock.level_unknown", variantId, placeId });
}
