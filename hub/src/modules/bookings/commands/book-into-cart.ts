import type { CartView } from "@weft/contracts";
import { asId, err, ok, type CartId, type Id, type LineId, type Result } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import {
  loadCart,
  lockCart,
  mayUseCart,
  operate,
  retimeLine,
  showCart,
  type BookedTime,
  type CartError,
  type LoadedCart,
} from "../../carts/index.ts";
import { auditServing, customerOf, lockCustomer, recordsOf } from "../../customers/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { BookingId, Service } from "../domain/index.ts";
import type { BookingsError } from "../errors.ts";
import { readBooking, type StoredBooking } from "../queries/bookings.ts";
import { readService, soldAs } from "../queries/services.ts";
import { countAhead, insertBooking, MOST_AHEAD, takeTime, type BookingAsked } from "./book.ts";
import { endBooking } from "./change.ts";
import { HELD_MINUTES } from "./hold-in-cart.ts";
import { lockAdvisers } from "./seats.ts";

type Failed = BookingsError | CartError;

/**
 * Puts a service that costs something into a cart, at a time that is held for it [BKG-11]: the line has the id of the booking. Sent again it is held
 * again, or at another time; from another cart of the caller it comes along. Errors: `cart.unknown`, those of `operate`, `service.unknown`, `booking.costs_nothing`, `booking.customer_missing`,
 * `booking.other_entity`, `booking.not_free`, `booking.too_many`, `booking.ended` for one that was paid.
 */
export async function bookIntoCart(ctx: Ctx, cartId: CartId, asked: BookingAsked): Promise<Result<CartView, Failed>> {
  const found = await cartFor(ctx, cartId, asked);
  if (!found.ok) return found;
  const cart = found.value;
  const service = await readService(ctx, asked.serviceId);
  if (!service) return err({ code: "service.unknown" });
  if (service.variantId === null) return err({ code: "booking.costs_nothing" });
  const held = await holdTime(ctx, cart, service, asked);
  if (!held.ok) return held;
  await auditServing(ctx, "bookings.intoCart", cart.recordId);
  const time = await timeOf(ctx, held.value);
  return cart.lines.some(({ id }) => id === lineOf(asked.id))
    ? retimed(ctx, cart, asked.id, time)
    : added(ctx, cart, service, { ...asked, seats: held.value.seats }, time);
}

/** The line has the id of its booking. */
const lineOf = (id: BookingId): LineId => asId<LineId>(id);

/** The cart, locked, when this caller may buy with it for somebody who is known, from who gives the service. */
async function cartFor(ctx: Ctx, cartId: CartId, { placeId }: BookingAsked): Promise<Result<LoadedCart, Failed>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart || !mayUseCart(ctx.actor, cart)) return err({ code: "cart.unknown" });
  if (!cart.customer?.known) return err({ code: "booking.customer_missing" });
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const [seller, giver] = [cart.placeId === null ? undefined : places.get(cart.placeId), places.get(placeId)];
  if (seller && seller.entityId !== giver?.entityId) return err({ code: "booking.other_entity", placeId });
  return ok(cart);
}

/** The booking, held for the cart. One that the cart has already is given up first: it has its old time or the new one. */
async function holdTime(ctx: Ctx, cart: LoadedCart, service: Service, asked: BookingAsked): Promise<Result<StoredBooking, BookingsError>> {
  const { recordId } = cart;
  await lockCustomer(ctx, recordId);
  const known = await readBooking(ctx, asked.id);
  if (known && known.serviceId !== asked.serviceId) return err({ code: "booking.unknown" });
  if (known && known.cartId !== cart.id && !(await leavesCart(ctx, known, cart))) return err({ code: "booking.unknown" });
  if (known?.orderId) return err({ code: "booking.ended", state: known.state });
  await lockAdvisers(ctx, [asked.placeId]);
  if (known?.sessionId) await endBooking(ctx, known);
  if (!known && (await countAhead(ctx, await recordsOf(ctx, await customerOf(ctx, recordId)))) >= MOST_AHEAD)
    return err({ code: "booking.too_many", most: MOST_AHEAD });
  // A line keeps its number of seats; one that was taken out and is chosen again has those of today.
  const isOnCart = cart.lines.some(({ id }) => id === lineOf(asked.id));
  const seats = known && (isOnCart || known.cartId !== cart.id) ? known.seats : asked.seats;
  const taken = await takeTime(ctx, service, { ...asked, seats });
  if (!taken.ok) return taken;
  await insertBooking(
    ctx,
    { ...asked, ...taken.value, seats, recordId },
    { cartId: cart.id, until: new Date(ctx.now.getTime() + HELD_MINUTES * 60_000) },
  );
  const booking = await readBooking(ctx, asked.id);
  if (!booking) throw new Error("a booking that was just written is there");
  return ok(booking);
}

/**
 * A service goes on in another cart of the same caller, as when a ticket is put to what its customer began elsewhere: it is out of the one before it
 * is in the other [CRT-40].
 */
async function leavesCart(ctx: Ctx, { id, cartId, orderId }: StoredBooking, to: LoadedCart): Promise<boolean> {
  const from = cartId === null || orderId !== null ? undefined : (await lockCart(ctx, cartId))?.cart;
  if (!from || !mayUseCart(ctx.actor, from)) return false;
  const operations = [{ id: ctx.newId<Id<"operation">>(), kind: "remove" as const, lineId: lineOf(id) }];
  return (await operate(ctx, { cartId: from.id, operations, movedTo: to.id })).ok;
}

async function timeOf(
  ctx: Ctx,
  { serviceId, placeId, staffName, startsAt, endsAt, timeZone, heldUntil }: StoredBooking,
): Promise<BookedTime> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const shown = { placeName: places.get(placeId)?.name ?? "", staffName: staffName.split(" ")[0] ?? staffName };
  return { serviceId, placeId, ...shown, startsAt, endsAt, timeZone, heldUntil: heldUntil ?? startsAt };
}

async function added(
  ctx: Ctx,
  cart: LoadedCart,
  service: Service,
  { id, placeId, seats }: BookingAsked,
  time: BookedTime,
): Promise<Result<CartView, Failed>> {
  const sold = await soldAs(ctx, service.variantId);
  if (!sold) return err({ code: "service.unknown" });
  const operation = () => ctx.newId<Id<"operation">>();
  const done = await operate(ctx, {
    cartId: cart.id,
    operations: [
      // Who has not chosen a store yet comes to the one that gives it.
      ...(cart.wanted === null
        ? [
            {
              id: operation(),
              kind: "setFulfillment" as const,
              fulfillment: { kind: "collect" as const, placeId, dining: "take_away" as const, dueAt: null },
            },
          ]
        : []),
      { id: operation(), kind: "add", sku: sold.variant.sku, quantity: seats, options: [], lineId: id },
    ],
    booked: new Map([[id, time]]),
  });
  if (!done.ok) return done;
  const refused = done.value.results.find(({ outcome }) => outcome === "refused");
  // Whoever sells has it no more, or the cart is full: what was held is undone with this transaction.
  return refused ? err({ code: "service.goods_unknown", sku: sold.variant.sku }) : ok(done.value.cart);
}

async function retimed(ctx: Ctx, cart: LoadedCart, id: BookingId, time: BookedTime): Promise<Result<CartView, Failed>> {
  await retimeLine(ctx, cart, id, time);
  const after = await loadCart(ctx, cart.id);
  return after ? ok(await showCart(ctx.snapshots, after, ctx.now)) : err({ code: "cart.unknown" });
}

/** Takes a service out of a cart again: its seat is free at once. Errors: `cart.unknown`, `booking.unknown`, those of `operate`. */
export async function takeOutOfCart(ctx: Ctx, cartId: CartId, id: BookingId): Promise<Result<CartView, Failed>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart || !mayUseCart(ctx.actor, cart)) return err({ code: "cart.unknown" });
  const booking = await readBooking(ctx, id);
  if (!booking || booking.cartId !== cartId || booking.orderId) return err({ code: "booking.unknown" });
  if (booking.sessionId) await endBooking(ctx, booking);
  const done = await operate(ctx, { cartId, operations: [{ id: ctx.newId<Id<"operation">>(), kind: "remove", lineId: id }] });
  return done.ok ? ok(done.value.cart) : done;
}
