import { err, ok, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { CatalogError } from "../errors.ts";
import { SoldOutChanged } from "../events.ts";

export type SoldOutChange = {
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
  readonly soldOut: boolean;
  /** When it comes back by itself; null: when somebody says so. */
  readonly until: Date | null;
  readonly reason: string | null;
};

/**
 * Marks a variant sold out at a place, or there again: one act, and every channel shows it. Said again it changes only until when.
 * Errors: `catalog.variant_unknown`, `catalog.until_past`. Publishes `catalog.sold_out_changed.v1`.
 */
export async function setSoldOut(ctx: Ctx, change: SoldOutChange): Promise<Result<void, CatalogError>> {
  const { variantId, placeId, soldOut, until, reason } = change;
  if (soldOut && until && until <= ctx.now) return err({ code: "catalog.until_past", until: until.toISOString() });
  const known = await ctx.db.selectFrom("catalog.variant").select("id").where("id", "=", variantId).executeTakeFirst();
  if (!known) return err({ code: "catalog.variant_unknown", variant: variantId });
  if (soldOut) {
    await sql`
      insert into catalog.sold_out (variant_id, place_id, until, staff_id, reason)
      values (${variantId}, ${placeId}, ${until}, ${ctx.actor.staff?.id ?? null}, ${reason})
      on conflict (variant_id, place_id) do update set until = excluded.until, staff_id = excluded.staff_id, reason = excluded.reason`.execute(
      ctx.db,
    );
  } else {
    await ctx.db.deleteFrom("catalog.sold_out").where("variant_id", "=", variantId).where("place_id", "=", placeId).execute();
  }
  await publish(ctx, SoldOutChanged, `level/${variantId}/${placeId}`, {
    variantId,
    placeId,
    soldOut,
    until: (soldOut && until?.toISOString()) || null,
  });
  return ok(undefined);
}
