import type { CartId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { lockCart, retimeLine } from "../../carts/index.ts";
import type { BookingId } from "../domain/index.ts";
import { lockBooking } from "../queries/bookings.ts";
import { endBooking } from "./change.ts";

/** So long a cart keeps a seat from others, from when it was chosen or held again. */
export const HELD_MINUTES = 20;

type Left = { readonly cartId: CartId; readonly ids: readonly BookingId[]; readonly toCartId: CartId | null };

/**
 * What left a cart gives up its seats at once, or is held by the cart that it went to [BKG-13]. The cart is looked at again: what was put back
 * meanwhile, or paid, keeps its seat.
 */
export async function freeLeft(ctx: Ctx, { cartId, ids, toCartId }: Left): Promise<void> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  const isHeldHere = (id: string): boolean => cart?.state !== "abandoned" && cart?.lines.some((line) => line.id === id) === true;
  for (const id of ids.toSorted()) {
    const booking = await lockBooking(ctx, id);
    if (booking?.cartId !== cartId || booking.state !== "held" || isHeldHere(id)) continue;
    if (toCartId === null) await endBooking(ctx, booking);
    else await sql`update bookings.booking set cart_id = ${toCartId}, changed_at = ${ctx.now} where id = ${id}`.execute(ctx.db);
  }
}

/** Keeps the seats of a cart that was handed over by a link from others until the link ends, and never past their beginning [BKG-13]. */
export async function holdForOffer(ctx: Ctx, cartId: CartId, until: Date): Promise<void> {
  await holdUntil(ctx, cartId, sql`least(${until}, starts_at)`);
}

/** What a link kept is kept no longer: as usual for a cart that somebody goes on with, not at all where its customer said no. */
export async function shortenHold(ctx: Ctx, cartId: CartId, how: "as_usual" | "at_once"): Promise<void> {
  await holdUntil(ctx, cartId, sql`least(held_until, now() + make_interval(mins => ${how === "at_once" ? 0 : HELD_MINUTES}::integer))`);
}

/** Sets until when the seats of a cart are held, there and on its lines. */
async function holdUntil(ctx: Ctx, cartId: CartId, until: ReturnType<typeof sql>): Promise<void> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  const booked = cart?.lines.filter((line) => line.booked) ?? [];
  if (!cart || booked.length === 0) return;
  const { rows } = await sql<{ id: string; heldUntil: Date }>`
    update bookings.booking set held_until = ${until}, changed_at = ${ctx.now}
     where cart_id = ${cartId} and state = 'held' returning id, held_until as "heldUntil"`.execute(ctx.db);
  for (const { id, heldUntil } of rows) {
    const line = booked.find((one) => one.id === id);
    if (line?.booked) await retimeLine(ctx, cart, id, { ...line.booked, heldUntil });
  }
}
