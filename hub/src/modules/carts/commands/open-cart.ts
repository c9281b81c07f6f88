import type { CartOperation } from "@weft/contracts";
import { err, ok, type CartId, type ChannelId, type CustomerId, type PlaceId, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, trailing, type Ctx } from "../../../platform/index.ts";
import { channelsSnapshot } from "../../channels/index.ts";
import { lockCustomer } from "../../customers/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { LoadedCart } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { CurrentCartChanged } from "../events.ts";
import { currentCartId } from "../queries/current-cart.ts";
import { showCart } from "../queries/show-cart.ts";
import { newToken } from "../tokens.ts";
import { holderOf, type NewHolder } from "./holder.ts";
import { operate, type OperatedCart } from "./operate.ts";

export type WantedCart = {
  /** Only for a ticket that a register had opened before, and that this hub does not have any more. */
  readonly id?: CartId;
  readonly placeId: PlaceId | null;
  readonly fulfillment: "take_away" | "collect" | undefined;
  readonly operations: readonly CartOperation[];
  /** A till's ticket, or what staff make for somebody: held by them, never the customer's current cart. */
  readonly isTicket: boolean;
  /** Of a cart that staff make for a customer: theirs. */
  readonly recordId?: RecordId;
};

export type Opened = OperatedCart & {
  /** Given once; empty when the caller needs none because the cart is theirs by session or device. */ readonly token: string;
};

/**
 * Opens a cart, with its first operations if there are any. A signed-in customer has one current cart: when it is open, it is answered
 * instead of a second one [CRT-3]. Publishes `cart.opened.v1`. Errors: `cart.channel_missing`, those of `operate`.
 */
export async function openCart(ctx: Ctx, wanted: WantedCart): Promise<Result<Opened, CartError>> {
  const { channelId } = ctx.actor;
  if (channelId === null) return err({ code: "cart.channel_missing" });
  const isCurrent = !wanted.isTicket && ctx.actor.kind === "customer";
  if (isCurrent && ctx.actor.customer) {
    await lockCustomer(ctx, ctx.actor.customer.recordId);
    const existing = await currentCartId(ctx, ctx.actor.customer.recordId);
    if (existing) return withToken("", await operate(ctx, { cartId: existing, operations: wanted.operations }));
  }
  const cart = await newCart(ctx, channelId, wanted);
  const { token, hash } = newToken();
  const holder = await holderOf(ctx, { recordId: cart.recordId, tokenHash: hash });
  await insertCart(ctx, cart, holder);
  if (isCurrent) await publish(ctx, CurrentCartChanged, `record/${cart.recordId}`, { recordId: cart.recordId, cartId: cart.id });
  if (wanted.operations.length > 0 || cart.customer === null)
    return withToken(token, await operate(ctx, { cartId: cart.id, operations: wanted.operations, token }));
  // An empty cart of nobody known is what was just written: reading it again would be a statement for nothing.
  const stored: LoadedCart = {
    ...cart,
    holders: [{ ...holder, tokenHash: hash.toString("hex"), mode: "owner", channelId, channelKind: cart.channelKind, since: ctx.now }],
  };
  return ok({ cart: await showCart(ctx.snapshots, stored, ctx.now), results: [], stored, token });
}

function withToken(token: string, operated: Result<OperatedCart, CartError>): Result<Opened, CartError> {
  return operated.ok ? ok({ ...operated.value, token }) : operated;
}

/** The cart as it will stand, still without its holder. Its customer is null where the database has to say who it is. */
async function newCart(ctx: Ctx, channelId: ChannelId, wanted: WantedCart): Promise<LoadedCart> {
  const channels = await ctx.snapshots.current(channelsSnapshot);
  const places = await ctx.snapshots.current(placesSnapshot);
  const asked = wanted.placeId ?? ctx.actor.device?.placeId ?? null;
  const placeId = asked && places.places.has(asked) ? asked : null;
  const kind = wanted.fulfillment ?? (ctx.actor.device ? "take_away" : undefined);
  const channelKind = channels.channels.get(channelId)?.kind ?? "web";
  const known = wanted.recordId ?? ctx.actor.customer?.recordId;
  const recordId = known ?? ctx.newId<RecordId>();
  return {
    id: wanted.id ?? ctx.newId<CartId>(),
    version: 1,
    state: "open",
    current: !wanted.isTicket,
    recordId,
    // A customer's id is that of a record; a new record is its own customer.
    customer: known ? null : { id: recordId as string as CustomerId, givenName: null, known: false },
    isMine: known !== undefined,
    customerGroups: [],
    company: null,
    channelId,
    channelKind,
    sellingChannelId: channelId,
    placeId,
    wanted: kind && placeId ? { kind, dining: "take_away", dueAt: null } : null,
    address: null,
    codes: [],
    usedUpCodes: [],
    rewards: [],
    purse: null,
    pricesUntil: null,
    offer: null,
    channelsSeen: [channelKind],
    lines: [],
    holds: [],
    holders: [],
    earlier: null,
    orderId: null,
    openedAt: ctx.now,
    updatedAt: ctx.now,
  };
}

async function insertCart(ctx: Ctx, cart: LoadedCart, holder: NewHolder): Promise<void> {
  const isNewRecord = cart.customer !== null;
  const opened = sql`select carts.open(${cart.id}, ${cart.current}, ${cart.recordId}, ${isNewRecord}, ${cart.channelId}, ${cart.channelKind}, ${cart.placeId}, ${cart.wanted ? JSON.stringify(cart.wanted) : null}::jsonb,
    ${holder.id}, ${holder.kind}, ${holder.tokenHash}, ${holder.recordId}, ${holder.deviceId}, ${holder.staffId}, ${holder.name})`;
  await trailing(ctx, opened);
}
