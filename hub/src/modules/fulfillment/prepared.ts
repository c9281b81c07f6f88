import { err, ok, type FulfillmentId, type LineId, type Result } from "@weft/kernel";
import { publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { advance, awaitsGoods, lockFulfillment, mustRead } from "./commands.ts";
import { isHandedOverAtOnce, preparationOf, type FulfillmentState } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { ItemsPrepared } from "./events.ts";
import { doneLines, keepPrepared } from "./prepared-rows.ts";
import type { WholeFulfillment } from "./queries.ts";
import { setRoundPrepared } from "./round-prepared.ts";
import { reopen } from "./take-back.ts";

/** What a station said, and what became of the whole. */
export type Preparation = {
  readonly fulfillmentId: FulfillmentId;
  readonly state: FulfillmentState;
  readonly doneLineIds: readonly LineId[];
};

/**
 * Says of lines that a station has made them, or that it has to make them once more [FUL-61]. The first that is done begins the whole, the last
 * makes it ready [FUL-62]; one that is recalled takes `ready` back. Said twice it is the same, and said late it is kept: an order that was handed
 * over or canceled meanwhile moves no more. Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.awaits_goods`,
 * `fulfillment.units_unknown`; `fulfillment.not_possible` for what is recalled after its hand-over. Publishes `fulfillment.items_prepared.v1`, and
 * `fulfillment.changed.v1` where the whole moves on.
 */
export async function setPrepared(
  ctx: Ctx,
  id: FulfillmentId,
  lineIds: readonly LineId[],
  isDone: boolean,
): Promise<Result<Preparation, FulfillmentError>> {
  const found = await lockFulfillment(ctx, id);
  // What was sent from a table is no order yet.
  if (!found.ok) return found.error.code === "fulfillment.unknown" ? setRoundPrepared(ctx, id, lineIds, isDone) : found;
  const whole = found.value;
  const waits = awaitsGoods(whole);
  if (waits) return err(waits);
  const known = new Set(goodsOf(whole));
  if (lineIds.some((line) => !known.has(line))) return err({ code: "fulfillment.units_unknown" });
  const { state, done_at } = whole.fulfillment;
  if (!isDone && done_at !== null && !isHandedOverAtOnce(whole)) return err({ code: "fulfillment.not_possible", state });
  await keepPrepared(ctx, { id, placeId: whole.fulfillment.place_id }, lineIds, isDone);
  const done = await doneLines(ctx, id);
  const moved = await follow(ctx, whole, done, !isDone);
  if (!moved.ok) return moved;
  await tell(ctx, whole, lineIds, isDone, done);
  const { fulfillment } = await mustRead(ctx, id);
  return ok({ fulfillmentId: id, state: fulfillment.state, doneLineIds: [...done] });
}

const goodsOf = ({ lines }: WholeFulfillment): LineId[] =>
  lines.flatMap(({ kind, order_line_id }) => (kind === "goods" ? [order_line_id] : []));

/** Moves the whole on with what its stations said [FUL-62]; what has left the place, or waits at the counter already, stays as it is. */
async function follow(
  ctx: Ctx,
  whole: WholeFulfillment,
  done: ReadonlySet<LineId>,
  isRecalled: boolean,
): Promise<Result<unknown, FulfillmentError>> {
  const { id, state, done_at } = whole.fulfillment;
  const next = done_at === null ? preparationOf(state, goodsOf(whole), done, isRecalled) : null;
  if (next === null) return ok(null);
  return next === "take_back" ? ok(await reopen(ctx, whole)) : advance(ctx, id, next);
}

async function tell(
  ctx: Ctx,
  whole: WholeFulfillment,
  lineIds: readonly LineId[],
  isDone: boolean,
  done: ReadonlySet<LineId>,
): Promise<void> {
  const { id, order_id: orderId, record_id: recordId, place_id: placeId } = whole.fulfillment;
  const made = await madeLines(ctx, whole);
  await publish(ctx, ItemsPrepared, `order/${orderId}`, {
    fulfillmentId: id,
    orderId,
    recordId,
    placeId,
    orderLineIds: [...lineIds],
    done: isDone,
    isAll: made.every((line) => done.has(line)),
  });
}

/** The lines that somebody has to make; what comes from the shelf waits for no hands. */
async function madeLines(ctx: Pick<ReadCtx, "snapshots">, { lines }: WholeFulfillment): Promise<LineId[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  return lines.flatMap(({ sku, order_line_id }) => ((catalog.variantOfSku(sku)?.product.prepSeconds ?? 0) > 0 ? [order_line_id] : []));
}
