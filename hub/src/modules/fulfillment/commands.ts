import { err, ok, type FulfillmentId, type OrderId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../platform/index.ts";
import { setReady } from "../orders/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { SETTINGS } from "../places/domain/index.ts";
import { fits, move, waitsUntil, type FulfillmentState } from "./domain.ts";
import type { FulfillmentError } from "./errors.ts";
import { FulfillmentChanged } from "./events.ts";
import { readFulfillment, type WholeFulfillment } from "./queries.ts";
import { worksAt } from "./who-works.ts";

/**
 * Moves a fulfillment on: accept, prepare, ready, packed, delivered [FUL-1, FUL-15]. Pressed twice it stays where it is. The order's axis follows. What is ready waits
 * as long as its place lets it [FUL-9]; `shelf` says where it stands, also when it is ready already.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`, `fulfillment.other_kind`, `fulfillment.awaits_goods`, `fulfillment.not_possible`. Publishes
 * `fulfillment.changed.v1`.
 */
export async function advance(
  ctx: Ctx,
  id: FulfillmentId,
  act: "accept" | "prepare" | "ready" | "pack" | "deliver" | "cancel",
  shelf: string | null = null,
): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const found = await lockFulfillment(ctx, id);
  if (!found.ok) return found;
  const { kind } = found.value.fulfillment;
  if (!fits(kind, act)) return err({ code: "fulfillment.other_kind", kind });
  const waits = act === "cancel" ? null : awaitsGoods(found.value);
  if (waits) return err(waits);
  const decision = move(found.value.fulfillment.state, act);
  if (decision.kind === "refused") return err({ code: "fulfillment.not_possible", state: decision.because });
  if (shelf !== null) await sql`update fulfillment.fulfillment set shelf = ${shelf} where id = ${id}`.execute(ctx.db);
  if (decision.kind === "is_there") return shelf === null ? found : ok(await mustRead(ctx, id));
  await step(ctx, found.value, decision.to, { until: decision.to === "ready" ? await windowEnd(ctx, found.value) : null });
  if (decision.to === "ready") await tellReady(ctx, found.value.fulfillment.order_id);
  return ok(await mustRead(ctx, id));
}

/** Why nobody works on it yet: it waits for goods [FUL-51]. Undefined when they are there. */
export function awaitsGoods({
  fulfillment: { awaits_on: on },
}: WholeFulfillment): Extract<FulfillmentError, { code: "fulfillment.awaits_goods" }> | undefined {
  return on === null ? undefined : { code: "fulfillment.awaits_goods", on };
}

/** Until when goods that are ready now wait at their place [FUL-9]. */
export async function windowEnd(ctx: Ctx, { fulfillment }: WholeFulfillment): Promise<Date> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(fulfillment.place_id);
  return waitsUntil(ctx.now, place?.settings.collectWindowHours ?? SETTINGS.collectWindowHours.fallback);
}

/** An order is ready when all of it that is still to be handed over is: it may wait at two places. */
export async function tellReady(ctx: Ctx, orderId: OrderId): Promise<void> {
  const { rows } = await sql<{ isReady: boolean | null }>`
    select bool_and(state = 'ready') as "isReady" from fulfillment.fulfillment where order_id = ${orderId} and done_at is null`.execute(
    ctx.db,
  );
  await setReady(ctx, orderId, rows[0]?.isReady ?? false);
}

/**
 * Reads a fulfillment under its order's lock: every command on it takes that one first. Staff and devices act at their own place.
 * Errors: `fulfillment.unknown`, `fulfillment.other_place`.
 */
export async function lockFulfillment(ctx: Ctx, id: FulfillmentId): Promise<Result<WholeFulfillment, FulfillmentError>> {
  const before = await readFulfillment(ctx, id);
  if (!before) return err({ code: "fulfillment.unknown" });
  if (!worksAt(ctx, before.fulfillment.place_id)) return err({ code: "fulfillment.other_place" });
  await sql`select orders.lock(${before.fulfillment.order_id})`.execute(ctx.db);
  return ok(await mustRead(ctx, id));
}

/** Writes a step with who, where and why, and tells it. Throws when the fulfillment moved without its order's lock: a bug. */
export async function step(
  ctx: Ctx,
  { fulfillment }: WholeFulfillment,
  to: FulfillmentState,
  why: { readonly reason?: string; readonly proof?: string; readonly until?: Date | null },
): Promise<void> {
  const { channelId, staff } = ctx.actor;
  const { rows } = await sql<{ moved: boolean }>`
    select fulfillment.advance(${fulfillment.id}, ${[fulfillment.state]}::text[], ${to}, ${ctx.now}, ${channelId}, ${fulfillment.place_id},
      ${staff?.id ?? null}, ${staff?.name ?? null}, ${why.reason ?? null}, ${why.proof ?? null}, ${why.until ?? null}) as moved`.execute(
    ctx.db,
  );
  if (!rows[0]?.moved) throw new Error(`fulfillment ${fulfillment.id} moved without the lock of its order`);
  await publish(ctx, FulfillmentChanged, `order/${fulfillment.order_id}`, {
    fulfillmentId: fulfillment.id,
    orderId: fulfillment.order_id,
    recordId: fulfillment.record_id,
    placeId: fulfillment.place_id,
    kind: fulfillment.kind,
    state: to,
    channelId,
    at: ctx.now.toISOString(),
    ...(isTold(why.reason) && { reason: why.reason }),
  });
}

/** Reasons that belong into the fact; the words of staff do not. */
const isTold = (reason: string | undefined): reason is "extended" | "taken_back" => reason === "extended" || reason === "taken_back";

export async function mustRead(ctx: Ctx, id: FulfillmentId): Promise<WholeFulfillment> {
  const found = await readFulfillment(ctx, id);
  if (!found) throw new Error(`fulfillment ${id} disappeared under its lock`);
  return found;
}

const MOST_TRIES = 5;
const TRIES_MINUTES = 10;

/**
 * Counts a wrong code of this caller at a place, so that six digits cannot be tried through [FUL-3]. Answers how many tries are left;
 * what it writes must be committed although the caller is refused.
 */
export async function countWrongCode(ctx: Ctx, placeId: PlaceId): Promise<number> {
  await sql`delete from fulfillment.code_try where at < ${ctx.now}::timestamptz - interval '1 day'`.execute(ctx.db);
  await sql`insert into fulfillment.code_try (place_id, actor, at) values (${placeId}, ${ctx.actor.credential}, ${ctx.now})`.execute(
    ctx.db,
  );
  return Math.max(0, MOST_TRIES - (await wrongCodes(ctx, placeId)));
}

/** Whether this caller has tried too many wrong codes at a place in the last ten minutes [FUL-3]. */
export async function isLockedOut(ctx: Pick<Ctx, "db" | "now" | "actor">, placeId: PlaceId): Promise<boolean> {
  return (await wrongCodes(ctx, placeId)) >= MOST_TRIES;
}

async function wrongCodes(ctx: Pick<Ctx, "db" | "now" | "actor">, placeId: PlaceId): Promise<number> {
  const { rows } = await sql<{ tries: number }>`
    select count(*)::integer as tries from fulfillment.code_try
    where place_id = ${placeId} and actor = ${ctx.actor.credential}
      and at > ${ctx.now}::timestamptz - make_interval(mins => ${TRIES_MINUTES})`.execute(ctx.db);
  return rows[0]?.tries ?? 0;
}

/** Cancels what of an order is not in preparation yet. Errors: `fulfillment.not_possible` with the state that closed it. */
export async function cancelFulfillments(
  ctx: Ctx,
  open: readonly WholeFulfillment[],
  reason: string,
): Promise<Result<null, FulfillmentError>> {
  for (const whole of open) {
    const decision = move(whole.fulfillment.state, "cancel");
    if (decision.kind === "refused") return err({ code: "fulfillment.not_possible", state: decision.because });
    if (decision.kind === "moves") await step(ctx, whole, decision.to, { reason });
  }
  return ok(null);
}
