import { err, ok, type FulfillmentId, type Result } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { move, moveDue, type WholeFulfillment } from "../fulfillment/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { promisingNow, readSlotId, takenOf, takeSlot, whyNoSlot, whyNotServed } from "../promises/index.ts";
import type { CheckoutError } from "./errors.ts";
import { lockOwnPart } from "./own-part.ts";
import { goodsOfPart } from "./slot-goods.ts";
import { refusalOf } from "./write-sale.ts";

export type WantedSlot = { readonly fulfillmentId: FulfillmentId; readonly slotId: string; readonly reason: string | null };

/**
 * Moves what is to be collected into another slot of its place, until it is in preparation [FUL-17]: its customer, staff of the place, the
 * secret key of its channel. The room of the old slot is free with the same commit; in the slot where it is already it stays.
 * Errors: `fulfillment.unknown`, `fulfillment.other_kind`, `order.change_closed` with the state and since when, `promise.slot_refused` with the
 * reason, `promise.slot_full`. Publishes `fulfillment.changed.v1` and `fulfillment.moved.v1`.
 */
export async function moveToSlot(
  ctx: Ctx,
  { fulfillmentId, slotId, reason }: WantedSlot,
): Promise<Result<WholeFulfillment, CheckoutError>> {
  const found = await lockOwnPart(ctx, fulfillmentId);
  if (!found.ok) return found;
  const whole = found.value;
  const { kind, place_id: placeId, slot_until: slotUntil, due_at: dueAt } = whole.fulfillment;
  if (kind === "ship") return err({ code: "fulfillment.other_kind", kind });
  const closed = whyClosed(whole);
  if (closed) return err(closed);
  const wanted = readSlotId(slotId);
  if (wanted && slotUntil && dueAt?.getTime() === wanted.startsAt.getTime()) return ok(whole);
  const slot = wanted?.placeId === placeId ? await slotFor(ctx, whole, wanted.startsAt) : undefined;
  if (!slot) return err({ code: "promise.slot_refused", because: { kind: "slot_unknown" } });
  if (slot.because) return err({ code: "promise.slot_refused", because: slot.because });
  try {
    const taken = takenOf(slot.place, slot.startsAt, slot.work, { kind: "slot", enforce: true });
    await takeSlot(ctx, { id: fulfillmentId, heldAs: null, placeId, startsAt: slot.startsAt, hold: null, taken });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return err(refusal);
  }
  const until = new Date(slot.startsAt.getTime() + slot.place.slots.minutes * 60_000);
  return ok(await moveDue(ctx, whole, { promisedAt: slot.startsAt, dueAt: slot.startsAt, slotUntil: until, reason }));
}

/** The state that closed it and since when; undefined while nobody has begun. */
function whyClosed({ fulfillment: { state }, steps }: WholeFulfillment): CheckoutError | undefined {
  if (move(state, "cancel").kind === "moves") return undefined;
  const since = steps.findLast((step) => step.state === state)?.at ?? steps.at(-1)?.at;
  return { code: "order.change_closed", state, since: since?.toISOString() ?? "", orderLineId: null };
}

async function slotFor(ctx: Ctx, whole: WholeFulfillment, startsAt: Date) {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(whole.fulfillment.place_id);
  if (!place) return undefined;
  const promising = await promisingNow(ctx.snapshots, place, ctx.now);
  if (!promising.slots) return undefined;
  const { readyAt, served, work } = await goodsOfPart(ctx, whole);
  const because = whyNotServed({ served }, startsAt, promising.timeZone) ?? whyNoSlot(promising, startsAt, readyAt, ctx.now);
  return { place: { ...promising, slots: promising.slots }, startsAt, work, because };
}
