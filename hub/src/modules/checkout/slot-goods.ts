import { err, ok, type CartId, type FulfillmentId, type OrderId, type PlaceId, type Result } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { assessCart, loadCart, mayUseCart } from "../carts/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { fulfillmentsOf, type WholeFulfillment } from "../fulfillment/index.ts";
import { promisesFor, workOn, type SlotGoods } from "../promises/index.ts";
import { waysOf } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";
import { readOwnPart } from "./own-part.ts";
import { changeableOrder } from "./prepare-change.ts";
import { asSeenFrom } from "./prepare-sale.ts";
import { switchedGoods } from "./switch-way.ts";
import { servedTimes, workAt, workOf, type NamedGoods } from "./work-of.ts";

/** What slots are looked at for: what of a cart is fetched with the rest, one thing, a part that is to be moved, or an order that is to be fetched instead. */
export type AskedGoods =
  | { readonly kind: "cart"; readonly cartId: CartId }
  | { readonly kind: "goods"; readonly goods: NamedGoods }
  | { readonly kind: "part"; readonly fulfillmentId: FulfillmentId }
  | { readonly kind: "order"; readonly orderId: OrderId; readonly way: "collect" | "collect_elsewhere" };

/**
 * What a slot of a store has to have room for [PRM-18], by the very figures that the completion, the move or the change will take of it.
 * Errors: `cart.unknown`, `fulfillment.unknown`, those of `changeableOrder`, `order.way_refused`.
 */
export async function goodsForSlots(ctx: ReadCtx, placeId: PlaceId, asked: AskedGoods): Promise<Result<SlotGoods, CheckoutError>> {
  if (asked.kind === "cart") return goodsOfCart(ctx, placeId, asked.cartId);
  if (asked.kind === "goods") return ok(await goodsNamed(ctx, placeId, asked.goods));
  if (asked.kind === "part") {
    const whole = await readOwnPart(ctx, asked.fulfillmentId);
    return whole.ok ? ok(await goodsOfPart(ctx, whole.value)) : whole;
  }
  const entry = await changeableOrder(ctx, asked.orderId);
  if (!entry.ok) return entry;
  const goods = await switchedGoods(ctx, entry.value, await fulfillmentsOf(ctx, asked.orderId), { kind: asked.way, placeId });
  return goods ? ok(goods) : err({ code: "order.way_refused", because: { kind: "other_country" } });
}

async function goodsOfCart(ctx: ReadCtx, placeId: PlaceId, cartId: CartId): Promise<Result<SlotGoods, CheckoutError>> {
  const cart = await loadCart(ctx, cartId);
  if (!cart || !mayUseCart(ctx.actor, cart)) return err({ code: "cart.unknown" });
  const elsewhere = cart.wanted?.kind === "ship" ? undefined : cart.wanted?.elsewhere;
  const fulfillment = { kind: "collect", dining: "take_away", dueAt: null, inSlot: false } as const;
  const seen = placeId === cart.placeId ? cart : await asSeenFrom(ctx, cart, placeId);
  const assessed = await assessCart(ctx.snapshots, seen, {
    at: ctx.now,
    wanted: { ...fulfillment, methodId: cart.wanted?.methodId ?? null, ...(elsewhere && { elsewhere }) },
    placeId,
    handsOverNow: false,
  });
  // What goes its own way is in no slot of this store.
  const { own } = waysOf({ assessed, cart, fulfillment: { ...fulfillment, placeId } });
  const promise = own.length === 0 ? null : assessed.promise;
  const held = cart.slots?.held.find((slot) => slot.heldAs === cartId && slot.placeId === placeId);
  return ok({
    readyAt: promise?.promiseAt ?? null,
    work: workOn(own),
    served: promise?.served ?? [],
    refusal: promise?.promiseAt === null ? (promise.because ?? { kind: "place_closed" }) : null,
    own: cartId,
    ...(held && { heldAt: held.startsAt }),
  });
}

/** One thing with what was chosen of it, which no cart has yet; ready as availability says, and when its options are made too. */
async function goodsNamed(ctx: ReadCtx, placeId: PlaceId, goods: NamedGoods): Promise<SlotGoods> {
  const variantId = (await ctx.snapshots.current(catalogSnapshot)).variantOfSku(goods.sku)?.variant.id;
  const [promise] = variantId ? await promisesFor(ctx, [{ variantId, placeId, quantity: goods.quantity }], ctx.now) : [];
  const work = await workAt(ctx, placeId, [goods]);
  const plain = await workAt(ctx, placeId, [{ ...goods, options: [] }]);
  const readyAt = promise?.promiseAt ? new Date(promise.promiseAt.getTime() + (work.seconds - plain.seconds) * 1000) : null;
  const served = await servedTimes(ctx, placeId, [goods]);
  return { readyAt, work, served, refusal: readyAt ? null : (promise?.because ?? { kind: "not_sold_here" }), own: null };
}

/** What of an order is moved into another slot: what waits for goods is in none before they are there. */
export async function goodsOfPart(ctx: Pick<ReadCtx, "snapshots">, whole: WholeFulfillment): Promise<SlotGoods> {
  const { id, place_id: placeId, awaits_on: awaitsOn, promised_at: promisedAt } = whole.fulfillment;
  const served = await servedTimes(ctx, placeId, whole.lines);
  return { readyAt: awaitsOn === null ? null : promisedAt, work: await workOf(ctx, whole), served, refusal: null, own: id };
}
