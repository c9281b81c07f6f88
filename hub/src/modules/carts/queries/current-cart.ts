import type { CartId, ChannelId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { idList, type Ctx } from "../../../platform/index.ts";
import { carriesBetween, standpointOf } from "../../channels/index.ts";

/**
 * The customer's current cart: the oldest open one over all linked records; a newer one that a merge brought along waits behind it [CRT-3].
 * Undefined when they have none.
 */
export async function currentCartId(ctx: Asker, recordId: RecordId): Promise<CartId | undefined> {
  const { rows } = await sql<Begun>`
    select c.id, coalesce(c.selling_channel_id, c.opened_channel_id) as "channelId", c.place_id as "placeId" from carts.cart c
     where c.record_id in (select customers.records_of(${recordId})) and c.current and c.state in ('open', 'checkout', 'completing')
     order by c.opened_at limit ${MOST_BEGUN}`.execute(ctx.db);
  return firstCarried(ctx, rows);
}

/** Somebody on a channel: a cart that was begun on another one goes on here only where a cart is carried from there [CRT-12]. */
type Asker = Pick<Ctx, "db" | "snapshots" | "actor">;
type Begun = { readonly id: CartId; readonly channelId: ChannelId; readonly placeId: PlaceId | null };
/** Of so many carts the first that is carried is looked for: a customer has one or two. */
const MOST_BEGUN = 10;

async function firstCarried(ctx: Asker, carts: readonly Begun[]): Promise<CartId | undefined> {
  for (const cart of carts) if ((await carriesBetween(ctx, cart, standpointOf(ctx), "cart")).carried) return cart.id;
  return undefined;
}

/**
 * The cart that a customer goes on with in the app: the current one, or, when that is empty or missing, the newest ticket with something
 * on it that a till has begun for them [CRT-9]. What staff make for them comes by its link alone [CRT-20].
 */
export async function cartToGoOnWith(ctx: Asker, recordId: RecordId): Promise<CartId | undefined> {
  const { rows } = await sql<Begun>`
    select c.id, coalesce(c.selling_channel_id, c.opened_channel_id) as "channelId", c.place_id as "placeId" from carts.cart c, lateral (select exists (select from carts.cart_line l where l.cart_id = c.id) and not exists (
       select from carts.cart_holder h where h.cart_id = c.id and h.kind = 'staff' and h.mode = 'owner' and h.ended_at is null) as filled) f
     where c.record_id in (select customers.records_of(${recordId})) and c.state in ('open', 'checkout', 'completing') and (c.current or f.filled)
     order by c.current and f.filled desc, f.filled desc, case when c.current then c.opened_at end, c.updated_at desc limit ${MOST_BEGUN}`.execute(
    ctx.db,
  );
  return firstCarried(ctx, rows);
}

export type OpenCart = { readonly id: CartId; readonly current: boolean; readonly channelKind: string; readonly updatedAt: Date };

/** All open carts of a customer with something in them: the current one, and tickets that wait at a till. */
export async function openCartsOf(ctx: Pick<Ctx, "db">, recordIds: readonly RecordId[]): Promise<OpenCart[]> {
  const { rows } = await sql<OpenCart>`
    select c.id, c.current, c.channel_kind as "channelKind", c.updated_at as "updatedAt" from carts.cart c
     where c.record_id = any (${idList(recordIds)}) and c.state in ('open', 'checkout')
       and (c.current or exists (select from carts.cart_line l where l.cart_id = c.id))
     order by c.current desc, c.updated_at desc`.execute(ctx.db);
  return rows;
}
