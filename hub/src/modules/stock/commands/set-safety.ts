import { err, ok, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { StockError } from "../errors.ts";

/** Sets what is kept back from every promise. Errors: `stock.level_unknown`. Publishes `stock.changed.v1`. */
export async function setSafety(
  ctx: Ctx,
  { variantId, placeId, safety }: { readonly variantId: VariantId; readonly placeId: PlaceId; readonly safety: number },
): Promise<Result<void, StockError>> {
  const { rows } = await sql<{ found: boolean }>`select stock.set_safety(${variantId}, ${placeId}, ${safety}) as found`.execute(ctx.db);
  return rows[0]?.found ? ok(undefined) : err({ code: "stock.level_unknown", variantId, placeId });
}
