import { err, ok, type FulfillmentId, type LineId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { advance, awaitsGoods, lockFulfillment, mustRead } from "./commands.ts";
import { isHandedOverAtOnce, preparationOf, type FulfillmentState } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { ItemsPrepared } from "./events.ts";
import type { WholeFulfillment } from "./queries.ts";
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
  if (!found.ok) return found;
  const whole = found.value;
  const waits = awaitsGoods(whole);
  if (waits) return err(waits);
  const known = new Set(goodsOf(whole));
  if (lineIds.some((line) => !known.has(line))) return err({ code: "fulfillment.units_unknown" });
  const { state, done_at } = whole.fulfillment;
  if (!isDone && done_at !== null && !isHandedOverAtOnce(whole)) return err({ code: "fulfillment.not_possible", state });
  await keep(ctx, whole, lineIds, isDone);
  const done = await doneLines(ctx, id);
  const moved = await follow(ctx, whole, done, !isDone);
  if (!moved.ok) return moved;
  await tell(ctx, whole, lineIds, isDone, done);
  const { fulfillment } = await mustRead(ctx, id);
  return ok({ fulfillmentId: id, state: fulfillment.state, doneLineIds: [...done] });
}

const goodsOf = ({ lines }: WholeFulfillment): LineId[] =>
  lines.flatMap(({ kind, order_line_id }) => (kind === "goods" ? [order_line_id] : []));

async function keep(ctx: Ctx, { fulfillment }: WholeFulfillment, lineIds: readonly LineId[], isDone: boolean): Promise<void> {
  await sql`
    insert into fulfillment.prepared (fulfillment_id, order_line_id, place_id, is_done, at, staff_id)
    select ${fulfillment.id}, line, ${fulfillment.place_id}, ${isDone}, ${ctx.now}, ${ctx.actor.staff?.id ?? null}
      from unnest(${[...new Set(lineIds)]}::uuid[]) as line
    on conflict (fulfillment_id, order_line_id) do update set is_done = excluded.is_done, at = excluded.at, staff_id = excluded.staff_id
     where prepared.is_done <> excluded.is_done`.execute(ctx.db);
}

async function doneLines(ctx: Ctx, id: FulfillmentId): Promise<ReadonlySet<LineId>> {
  const { rows } = await sql<{ line: LineId }>`
    select order_line_id as line from fulfillment.prepared where fulfillment_id = ${id} and is_done order by 1`.execute(ctx.db);
  return new Set(rows.map(({ line }) => line));
}

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

/** Days for which it is known what stations have made and how long it took. */
const KEPT_DAYS = 35;

export async function forgetPrepared(ctx: Ctx): Promise<void> {
  await sql`
    delete from fulfillment.prepared where at < ${ctx.now}::timestamptz - make_interval(days => ${KEPT_DAYS}::integer)`.execute(ctx.db);
}
