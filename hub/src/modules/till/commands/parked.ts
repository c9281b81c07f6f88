import { err, ok, type CartId, type ChannelId, type DeviceId, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { readDevice } from "../../access/index.ts";
import { loadCart, lockCart, mayUseCart, passToTill, type CartError, type LoadedCart } from "../../carts/index.ts";
import type { Ctx, ReadCtx } from "../../../platform/index.ts";
import type { TillError } from "../errors.ts";
import { kioskNumber } from "../kiosk/ways.ts";

/** Days that a ticket waits; nobody comes back for it later. */
export const PARKED_DAYS = 7;
/** Who ordered at a kiosk and has not come to the counter by then has gone. */
const KIOSK_HOURS = 3;
const MOST_SHOWN = 50;

export type Here = { readonly placeId: PlaceId; readonly channelId: ChannelId; readonly deviceId: DeviceId };

export type Parked = {
  readonly cart: LoadedCart;
  readonly deviceName: string;
  readonly isOwn: boolean;
  readonly parkedAt: Date;
  /** Of an order of a kiosk [KSK-3]; null for what a till put aside. */
  readonly kioskNumber: string | null;
};

/**
 * Puts a ticket aside for every till of this store [TIL-11]. Parked twice it waits once. What waited for days is let go on the way.
 * Errors: `till.not_a_till`, `cart.unknown` (also when this till does not hold it).
 */
export async function parkTicket(ctx: Ctx, cartId: CartId): Promise<Result<Parked, TillError | CartError>> {
  const here = standingAt(ctx);
  if (!here) return err({ code: "till.not_a_till" });
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart || !mayUseCart(ctx.actor, cart)) return err({ code: "cart.unknown" });
  const deviceName = await putAside(ctx, cartId, here);
  return ok({ cart, deviceName, isOwn: true, parkedAt: ctx.now, kioskNumber: null });
}

/** A cart waits at its store from now on, whoever put it there. Answers the name of the device that did. */
export async function putAside(ctx: Ctx, cartId: CartId, here: Here): Promise<string> {
  const deviceName = (await readDevice(ctx, here.deviceId))?.name ?? "";
  // What stands at a table is not forgotten: somebody sits there [TBL-4].
  await sql`
    delete from till.parked_ticket p where p.parked_at < ${ctx.now}::timestamptz - make_interval(days => ${PARKED_DAYS})
       and not exists (select from till.tab t where t.cart_id = p.cart_id)`.execute(ctx.db);
  await sql`
    insert into till.parked_ticket (cart_id, place_id, channel_id, device_id, device_name, parked_at)
    values (${cartId}, ${here.placeId}, ${here.channelId}, ${here.deviceId}, ${deviceName}, ${ctx.now}) on conflict (cart_id) do nothing`.execute(
    ctx.db,
  );
  return deviceName;
}

type Row = {
  readonly cartId: CartId;
  readonly deviceId: DeviceId;
  readonly deviceName: string;
  readonly parkedAt: Date;
  readonly number: number | null;
};

/** Whether a ticket waits here for any till of the store. */
export async function isParkedHere(ctx: Pick<ReadCtx, "db">, cartId: CartId, { placeId, channelId }: Here): Promise<boolean> {
  const { rows } = await sql`
    select from till.parked_ticket where cart_id = ${cartId} and place_id = ${placeId} and channel_id = ${channelId}`.execute(ctx.db);
  return rows.length > 0;
}

/**
 * The tickets that wait at the caller's store, the newest first; those that were paid or given up meanwhile are left out, and those at a table, which
 * wait there.
 */
export async function parkedTickets(ctx: ReadCtx): Promise<Parked[]> {
  const here = standingAt(ctx);
  if (!here) return [];
  const { rows } = await sql<Row>`
    select p.cart_id as "cartId", p.device_id as "deviceId", p.device_name as "deviceName", p.parked_at as "parkedAt", k.number
      from till.parked_ticket p left join till.kiosk_order k on k.cart_id = p.cart_id
     where p.place_id = ${here.placeId} and p.channel_id = ${here.channelId} and not exists (select from till.tab t where t.cart_id = p.cart_id)
       and (k.cart_id is null or p.parked_at > ${ctx.now}::timestamptz - make_interval(hours => ${KIOSK_HOURS}))
     order by p.parked_at desc limit ${MOST_SHOWN}`.execute(ctx.db);
  const found: Parked[] = [];
  for (const { cartId, deviceId, deviceName, parkedAt, number } of rows) {
    const cart = await loadCart(ctx, cartId);
    if (cart?.state !== "open" && cart?.state !== "checkout") continue;
    const kiosk = number === null ? null : kioskNumber(number);
    found.push({ cart, deviceName, isOwn: deviceId === here.deviceId, parkedAt, kioskNumber: kiosk });
  }
  return found;
}

/**
 * Goes on with a parked ticket at the caller's till: of two tills that want it at once exactly one has it [TIL-11]. Asked again by the till
 * that has it, it is given again, because answers get lost. Errors: `till.not_a_till`, `till.not_parked`, `cart.closed`, `cart.completing`.
 */
export async function resumeTicket(
  ctx: Ctx,
  cartId: CartId,
): Promise<Result<{ readonly cart: LoadedCart; readonly token: string }, TillError | CartError>> {
  const here = standingAt(ctx);
  if (!here) return err({ code: "till.not_a_till" });
  const before = await lockCart(ctx, cartId); // the cart is locked first, as everywhere
  const { rows } = await sql`
    delete from till.parked_ticket where cart_id = ${cartId} and place_id = ${here.placeId} and channel_id = ${here.channelId} returning 1`.execute(
    ctx.db,
  );
  const isMine = before?.cart.holders.some(({ deviceId }) => deviceId === here.deviceId) ?? false;
  if (rows.length === 0 && !isMine) return err({ code: "till.not_parked" });
  return passToTill(ctx, cartId);
}

/** Where the caller stands; undefined for one that is no till. */
export function standingAt({ actor }: Pick<Ctx, "actor">): Here | undefined {
  const { device, channelId } = actor;
  if (device?.kind !== "till" || channelId === null) return undefined;
  return { placeId: device.placeId, channelId, deviceId: device.id };
}
