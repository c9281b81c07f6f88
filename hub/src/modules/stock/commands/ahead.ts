import {
  err,
  instantOf,
  ok,
  wallClock,
  type BusinessDate,
  type CartId,
  type LineId,
  type OrderId,
  type PlaceId,
  type Result,
  type VariantId,
} from "@weft/kernel";
import { sql } from "kysely";
import { job, type Ctx, type Job } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { aheadProblem, type AheadTerms } from "../domain/index.ts";
import type { StockError } from "../errors.ts";

/**
 * Sets on which terms goods are sold ahead at a place. A new day is the day of all who wait there, and they are told.
 * Errors: `stock.place_unknown`, `stock.ahead_invalid`. Publishes `stock.ahead_changed.v1` and `stock.changed.v1`.
 */
export async function setAhead(ctx: Ctx, terms: AheadTerms): Promise<Result<void, StockError>> {
  const { variantId, placeId, kind, most, comesOn, inDays } = terms;
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place) return err({ code: "stock.place_unknown", placeId });
  const problem = aheadProblem(terms, wallClock(ctx.now, place.timeZone).date);
  if (problem) return err({ code: "stock.ahead_invalid", because: problem });
  const notBefore = kind === "preorder" && comesOn !== null ? instantOf(comesOn, 0, place.timeZone) : null;
  await sql`
    select stock.set_ahead(${variantId}, ${placeId}, ${kind}, ${most}, ${comesOn}::date, ${inDays}, ${notBefore}, ${ctx.actor.staff?.id ?? null})`.execute(
    ctx.db,
  );
  await auditWrite(ctx, { action: "stock.setAhead", subject: `level/${variantId}/${placeId}` });
  return ok(undefined);
}

/** Units of a line that wait at a place for goods that are to come on `on`, and not before an instant where they are not on the market yet. */
export type WantedWait = {
  readonly lineId: LineId;
  readonly variantId: VariantId;
  readonly placeId: PlaceId;
  readonly quantity: number;
  readonly on: BusinessDate;
  readonly notBefore: Date | null;
};

/** What a cart waits for while its payment is asked for [STK-13]. Raises WF001 when there is less left than is wanted. */
export async function waitInCart(ctx: Ctx, cartId: CartId, waits: readonly WantedWait[], minutes: number): Promise<void> {
  await sql`select stock.wait_in_cart(${cartId}, ${columns(waits)}, ${minutes})`.execute(ctx.db);
}

/**
 * What an order waits for from now on; all else that its cart waited for ends. After the completion, which has locked the levels. Raises WF001
 * when there is less left than is wanted.
 */
export async function waitInOrder(ctx: Ctx, orderId: OrderId, cartId: CartId, waits: readonly WantedWait[]): Promise<void> {
  await sql`select stock.wait_in_order(${orderId}, ${cartId}, ${columns(waits)})`.execute(ctx.db);
}

const columns = (waits: readonly WantedWait[]) => sql`
  ${waits.map(({ lineId }) => lineId)}::uuid[], ${waits.map(({ variantId }) => variantId)}::uuid[], ${waits.map(({ placeId }) => placeId)}::uuid[],
  ${waits.map(({ quantity }) => quantity)}::integer[], ${waits.map(({ on }) => on)}::date[], ${waits.map(({ notBefore }) => notBefore)}::timestamptz[]`;

export const stockJobs: readonly Job[] = [
  // What comes onto the market does so by the clock, at midnight of its place.
  job(
    "stock.released",
    (desk) =>
      desk.write(async (ctx) => {
        await sql`select stock.serve_released()`.execute(ctx.db);
      }),
    { cron: "* * * * *" },
  ),
];
