import { err, ok, type CartId, type ChannelId, type DeviceId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { loadCart, lockCart, mayUseCart, showCart, type CartError } from "../../carts/index.ts";
import { businessDateAt, placeOf, placeOpenState } from "../../places/index.ts";
import { publish, type Ctx, type ReadCtx } from "../../../platform/index.ts";
import { PARKED_DAYS, putAside } from "../commands/parked.ts";
import type { TillError } from "../errors.ts";
import { KioskOrdered } from "../events.ts";
import { kioskNumber, waysAt, type KioskWay } from "./ways.ts";

/** Where a kiosk stands. */
export type KioskHere = { readonly deviceId: DeviceId; readonly placeId: PlaceId; readonly channelId: ChannelId };

/** The kiosk that calls; undefined for every other caller. */
export function kioskOf({ actor: { device, channelId } }: Pick<ReadCtx, "actor">): KioskHere | undefined {
  return device?.kind === "kiosk" && channelId !== null ? { deviceId: device.id, placeId: device.placeId, channelId } : undefined;
}

/**
 * Gives a cart of this kiosk its number of the day [KSK-2]. Paid at the counter, it waits there for any till of the store like a ticket that was parked
 * [KSK-3]; paid by card it goes on here. Whoever changes their mind asks again, and keeps the number.
 * Errors: `kiosk.not_a_kiosk`, `kiosk.way_not_offered`, `kiosk.store_closed`, `kiosk.not_orderable`, `cart.unknown`. Publishes `till.kiosk_ordered.v1`.
 */
export async function orderAtKiosk(
  ctx: Ctx,
  { cartId, way }: { readonly cartId: CartId; readonly way: KioskWay },
): Promise<Result<string, TillError | CartError>> {
  const here = kioskOf(ctx);
  const place = here && (await placeOf(ctx, here.placeId));
  if (!here || !place) return err({ code: "kiosk.not_a_kiosk" });
  const hasRegister = ctx.actor.device?.registerId !== null;
  if (!waysAt(place.settings.kioskPayment, hasRegister).includes(way)) return err({ code: "kiosk.way_not_offered" });
  const open = placeOpenState(place, ctx.now);
  if (open.state === "closed") return err({ code: "kiosk.store_closed", opensAt: open.nextChange?.toISOString() ?? null });
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart || !mayUseCart(ctx.actor, cart) || cart.placeId !== here.placeId) return err({ code: "cart.unknown" });
  const { requirements } = await showCart(ctx.snapshots, cart, ctx.now);
  if (requirements.length > 0) return err({ code: "kiosk.not_orderable", requirements: requirements.map(({ code }) => code) });
  const number = kioskNumber(await numberOf(ctx, cartId, here, businessDateAt(place, ctx.now)));
  if (way === "counter") await putAside(ctx, cartId, here);
  const { deviceId, placeId } = here;
  await publish(ctx, KioskOrdered, `cart/${cartId}`, { cartId, placeId, deviceId, number, way });
  return ok(number);
}

/** The next number of the day at this store. Two kiosks that ask at once wait for each other; what is too old to be called is let go on the way. */
async function numberOf(ctx: Ctx, cartId: CartId, { deviceId, placeId }: KioskHere, date: string): Promise<number> {
  const { rows: given } = await sql<{ number: number }>`select number from till.kiosk_order where cart_id = ${cartId}`.execute(ctx.db);
  if (given[0]) return given[0].number;
  await sql`select pg_advisory_xact_lock(hashtextextended('till.kiosk numbers ' || ${placeId}, 0))`.execute(ctx.db);
  await sql`delete from till.kiosk_order where at < ${ctx.now}::timestamptz - make_interval(days => ${PARKED_DAYS})`.execute(ctx.db);
  const { rows } = await sql<{ number: number }>`
    insert into till.kiosk_order (cart_id, place_id, business_date, number, device_id, at)
    select ${cartId}, ${placeId}, ${date}, coalesce(max(number), 0) + 1, ${deviceId}, ${ctx.now}
      from till.kiosk_order where place_id = ${placeId} and business_date = ${date}
    returning number`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new Error("an aggregate without groups has one row");
  return row.number;
}

/** The number that a kiosk gave a cart; null for every other cart. */
export async function kioskNumberOf(ctx: Pick<ReadCtx, "db">, cartId: CartId): Promise<string | null> {
  const { rows } = await sql<{ number: number }>`select number from till.kiosk_order where cart_id = ${cartId}`.execute(ctx.db);
  return rows[0] ? kioskNumber(rows[0].number) : null;
}

/** The cart of this kiosk, for what else it asks of it. Errors: `cart.unknown`. */
export async function cartOfKiosk(ctx: Ctx, cartId: CartId): Promise<Result<CartId, CartError>> {
  const cart = await loadCart(ctx, cartId);
  return cart && mayUseCart(ctx.actor, cart) ? ok(cartId) : err({ code: "cart.unknown" });
}
