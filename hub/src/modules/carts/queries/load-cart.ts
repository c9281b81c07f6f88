import type { ChannelKind } from "@weft/contracts";
import {
  asId,
  asIdOrNull,
  type CartId,
  type ChannelId,
  type CustomerId,
  type DeviceId,
  type LineId,
  type OrderId,
  type PlaceId,
  type ProductId,
  type RecordId,
  type StaffId,
  type VariantId,
} from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { Trace } from "../../batches/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { goodsStates } from "../../promises/index.ts";
import { companyForCart, type CompanyId } from "../../companies/index.ts";
import { asksOfMember, earnStanding, programNow, purseOf } from "../../loyalty/index.ts";
import { businessDateAt, placeOf } from "../../places/index.ts";
import type { RewardId } from "../../pricing/index.ts";
import type { DeliveryAddress, DeliveryMethodId } from "../../promises/index.ts";
import { withAhead, withOwnWaits } from "./lines-ahead.ts";
import { withSlots } from "./slots.ts";
import {
  sharedOut,
  withShares,
  type BookedTime,
  type CartState,
  type ElsewhereLine,
  type FulfillmentKind,
  type GoodsLookup,
  type LineOption,
  type LoadedCart,
  type PlannedParcel,
  type PriceHold,
  type StandingOffer,
  type StoredHold,
  type StoredHolder,
  type StoredLine,
  type TopUp,
  type Wanted,
} from "../domain/index.ts";

/** A way as it is stored: its time is a text. */
type ElsewhereJson = ElsewhereLine extends infer Way
  ? Way extends { readonly dueAt: Date | null }
    ? Omit<Way, "dueAt"> & { readonly dueAt: string | null }
    : Way
  : never;

/** A booked time as it is stored. */
type BookedJson = Omit<BookedTime, "startsAt" | "endsAt" | "heldUntil"> & Record<"startsAt" | "endsAt" | "heldUntil", string>;

/** The JSON of `carts.load`, as PostgreSQL writes it. */
type CartJson = {
  id: string;
  version: number;
  state: CartState;
  current: boolean;
  record_id: string;
  opened_channel_id: string;
  selling_channel_id: string | null;
  prices_until: string | null;
  used_up_codes: string[];
  rewards: string[];
  channel_kind: ChannelKind;
  place_id: string | null;
  fulfillment: {
    kind: FulfillmentKind;
    dining: "eat_in" | "take_away";
    dueAt: string | null;
    inSlot?: boolean;
    methodId?: DeliveryMethodId | null;
    parcels?: readonly PlannedParcel[];
    elsewhere?: readonly ElsewhereJson[];
  } | null;
  address: DeliveryAddress | null;
  company_id: string | null;
  codes: string[];
  offer: OfferJson | null;
  note: string | null;
  channels_seen: ChannelKind[];
  order_id: string | null;
  opened_at: string;
  updated_at: string;
  customer: { id: string; givenName: string | null; known: boolean } | null;
  mine: boolean;
  groups: string[];
  lines: LineJson[];
  slots: { heldAs: string; placeId: string; startsAt: string; until: string }[] | null;
  holds: { lineId: string; variantId: string; placeId: string; quantity: number; expiresAt: string }[];
  holders: {
    id: string;
    kind: StoredHolder["kind"];
    mode: StoredHolder["mode"];
    token: string | null;
    recordId: string | null;
    deviceId: string | null;
    staffId: string | null;
    channelId: string;
    channelKind: ChannelKind;
    name: string | null;
    since: string;
  }[];
  earlier: {
    cartId: string;
    undoUntil: string | null;
    lines: {
      id: string;
      sku: string;
      variantId: string;
      productId: string;
      options: LineOption[];
      quantity: number;
      note: string | null;
    }[];
  } | null;
};

type OfferJson = Omit<StandingOffer, "at" | "until"> & { readonly at: string; readonly until: string };

type LineJson = {
  id: string;
  position: number;
  variant_id: string;
  product_id: string;
  sku: string;
  options: LineOption[];
  quantity: number;
  added_channel_id: string;
  added_channel_kind: ChannelKind;
  added_place_id: string | null;
  added_staff_id: string | null;
  added_at: string;
  available: number | null;
  soldOut: boolean;
  booked: BookedJson | null;
  top_up: TopUp | null;
  held_price: Omit<PriceHold, "cap"> | null;
  price_cap: string | null;
  note: string | null;
  is_typed: boolean;
  trace: Trace | null;
};

/** A cart as stored, in one statement, nothing locked. */
export async function loadCart(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, cartId: CartId): Promise<LoadedCart | null> {
  const goods = await ctx.snapshots.current(catalogSnapshot);
  const { rows } = await sql<{
    cart: CartJson | null;
  }>`select carts.load(${cartId}, ${ctx.actor.customer?.recordId ?? null}) as cart`.execute(ctx.db);
  const json = rows[0]?.cart;
  return json ? whole(ctx, json, goods) : null;
}

export type LockedCart = {
  readonly cart: LoadedCart;
  /** Results of the operations that were answered before, by operation id. */ readonly repeated: Readonly<Record<string, StoredResult>>;
};
export type StoredResult = {
  readonly outcome: "applied" | "refused";
  readonly lineId: string | null;
  readonly code: string | null;
  readonly data: Record<string, unknown> | null;
};

/** Locks the cart's row, the first lock of every command on it, and reads it as it is under the lock. */
export async function lockCart(
  ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">,
  cartId: CartId,
  operationIds: readonly string[] = [],
): Promise<LockedCart | null> {
  const goods = await ctx.snapshots.current(catalogSnapshot);
  const { rows } = await sql<{ cart: CartJson | null; repeated: Record<string, StoredResult> | null }>`
    select cart, repeated from carts.lock_and_load(${cartId}, ${ctx.actor.customer?.recordId ?? null}, ${operationIds}::uuid[])`.execute(
    ctx.db,
  );
  const row = rows[0];
  return row?.cart ? { cart: await whole(ctx, row.cart, goods), repeated: row.repeated ?? {} } : null;
}

async function whole(ctx: Pick<ReadCtx, "db" | "snapshots" | "actor">, json: CartJson, goods: GoodsLookup): Promise<LoadedCart> {
  const cart = await withWaits(ctx, await withPlaces(ctx, await withParts(ctx, toCart(json, goods), goods)));
  return withCompany(ctx, json, await withSlots(ctx, await withStanding(ctx, await withPurse(ctx, cart))));
}

/** How its lines are sold before they are there; a cart that is being paid has units of its own already. */
async function withWaits(ctx: Pick<ReadCtx, "db" | "snapshots">, cart: LoadedCart): Promise<LoadedCart> {
  const lines = await withAhead(ctx, cart.lines, cart.placeId);
  if (lines === cart.lines) return cart;
  return { ...cart, lines: cart.state === "completing" ? await withOwnWaits(ctx, cart.id, lines, cart.placeId) : lines };
}

/** What can be had at each of several places is asked by those: no statement for a cart that comes from one [CRT-25, CRT-26]. */
async function withPlaces(ctx: Pick<ReadCtx, "db" | "snapshots">, cart: LoadedCart): Promise<LoadedCart> {
  const parcels = sharedOut(cart.wanted, cart.lines);
  if (!parcels) return cart;
  const stateAt = await goodsStates(
    ctx,
    cart.lines.map(({ variantId }) => variantId),
    parcels.map(({ placeId }) => placeId),
  );
  const lines = withShares(cart.lines, parcels, ({ variantId }, placeId) => stateAt(variantId, placeId).available).map((line) => ({
    ...line,
    soldOut: line.shares ? line.shares.some(({ placeId }) => stateAt(line.variantId, placeId).soldOut !== null) : line.soldOut,
  }));
  return { ...cart, lines };
}

/** What can be had of goods with parts is asked by their parts: no statement for a cart without such goods [CAT-11]. */
async function withParts(ctx: Pick<ReadCtx, "db" | "snapshots">, cart: LoadedCart, goods: GoodsLookup): Promise<LoadedCart> {
  const { placeId } = cart;
  const composed = cart.lines.filter(({ variantId }) => (goods.byVariant(variantId)?.parts.length ?? 0) > 0);
  if (placeId === null || composed.length === 0) return cart;
  const stateAt = await goodsStates(
    ctx,
    composed.map(({ variantId }) => variantId),
    [placeId],
  );
  const lines = cart.lines.map((line) => {
    if (!composed.includes(line)) return line;
    const { available, soldOut } = stateAt(line.variantId, placeId);
    return { ...line, available: available === null ? null : Math.max(0, available), soldOut: soldOut !== null };
  });
  return { ...cart, lines };
}

/** Whether the customer may still order for the company is asked only of a cart that names one: no statement for all others [CRT-16]. */
async function withCompany(ctx: Pick<ReadCtx, "db">, { company_id }: CartJson, cart: LoadedCart): Promise<LoadedCart> {
  return company_id === null ? cart : { ...cart, company: await companyForCart(ctx, asId<CompanyId>(company_id), cart.recordId) };
}

/** What the customer may burn is asked for only where something shall be burned: no statement for all other carts. */
async function withPurse(ctx: Pick<ReadCtx, "db" | "snapshots" | "actor">, cart: LoadedCart): Promise<LoadedCart> {
  return cart.rewards.length === 0 ? cart : { ...cart, purse: await purseOf(ctx, cart.recordId) };
}

/** What bonuses ask of a member is asked only where one does: no statement for all other programs [LOY-14]. */
async function withStanding(ctx: Pick<ReadCtx, "db" | "snapshots">, cart: LoadedCart): Promise<LoadedCart> {
  const program = cart.customer?.known ? await programNow(ctx) : null;
  if (!program || !asksOfMember(program.rule.bonuses)) return cart;
  const place = cart.placeId === null ? undefined : await placeOf(ctx, cart.placeId);
  const today = businessDateAt(place ?? { timeZone: "UTC", dayEnd: 0 }, new Date());
  return { ...cart, standing: await earnStanding(ctx, cart.recordId, program.rule.bonuses, today) };
}

// Ids come from uuid columns that hold the noun's own ids; JSON has lost only the brand.
function toCart(json: CartJson, goods: GoodsLookup): LoadedCart {
  return {
    id: asId<CartId>(json.id),
    version: json.version,
    state: json.state,
    current: json.current,
    recordId: asId<RecordId>(json.record_id),
    customer: json.customer && { ...json.customer, id: asId<CustomerId>(json.customer.id) },
    isMine: json.mine,
    customerGroups: json.groups,
    company: null,
    channelId: asId<ChannelId>(json.opened_channel_id),
    channelKind: json.channel_kind,
    sellingChannelId: asId<ChannelId>(json.selling_channel_id ?? json.opened_channel_id),
    placeId: asIdOrNull<PlaceId>(json.place_id),
    wanted: json.fulfillment && toWanted(json.fulfillment),
    address: json.address,
    codes: json.codes,
    usedUpCodes: json.used_up_codes,
    rewards: json.rewards.map((rewardId) => asId<RewardId>(rewardId)),
    purse: null,
    pricesUntil: json.prices_until === null ? null : new Date(json.prices_until),
    offer: json.offer && { ...json.offer, at: new Date(json.offer.at), until: new Date(json.offer.until) },
    ...(json.note !== null && { note: json.note }),
    channelsSeen: json.channels_seen,
    lines: json.lines.map(toLine),
    holds: json.holds.map((hold): StoredHold => ({
      lineId: asId<LineId>(hold.lineId),
      variantId: asId<VariantId>(hold.variantId),
      placeId: asId<PlaceId>(hold.placeId),
      quantity: hold.quantity,
      expiresAt: new Date(hold.expiresAt),
    })),
    holders: json.holders.map((holder): StoredHolder => ({
      id: holder.id,
      kind: holder.kind,
      mode: holder.mode,
      tokenHash: holder.token,
      recordId: asIdOrNull<RecordId>(holder.recordId),
      deviceId: asIdOrNull<DeviceId>(holder.deviceId),
      staffId: asIdOrNull<StaffId>(holder.staffId),
      channelId: asId<ChannelId>(holder.channelId),
      channelKind: holder.channelKind,
      name: holder.name,
      since: new Date(holder.since),
    })),
    ...(json.slots && { slots: { held: json.slots.map(toHeld) } }),
    earlier: json.earlier && {
      cartId: asId<CartId>(json.earlier.cartId),
      undoUntil: json.earlier.undoUntil === null ? null : new Date(json.earlier.undoUntil),
      lines: json.earlier.lines.flatMap((line) => {
        const known = goods.byVariant(asId<VariantId>(line.variantId));
        return known
          ? [
              {
                id: asId<LineId>(line.id),
                sku: line.sku,
                name: known.name,
                variantId: known.variantId,
                productId: known.productId,
                options: line.options,
                quantity: line.quantity,
                ...(line.note !== null && { note: line.note }),
              },
            ]
          : [];
      }),
    },
    orderId: asIdOrNull<OrderId>(json.order_id),
    openedAt: new Date(json.opened_at),
    updatedAt: new Date(json.updated_at),
  };
}

function toWanted({ dueAt, elsewhere, ...wanted }: NonNullable<CartJson["fulfillment"]>): Wanted {
  const at = (text: string | null) => (text === null ? null : new Date(text));
  const ways = elsewhere?.map((way): ElsewhereLine => (way.kind === "collect" ? { ...way, dueAt: at(way.dueAt) } : way));
  return { ...wanted, dueAt: at(dueAt), ...(ways && { elsewhere: ways }) };
}

const toHeld = ({ heldAs, placeId, startsAt, until }: NonNullable<CartJson["slots"]>[number]) => ({
  heldAs,
  placeId: asId<PlaceId>(placeId),
  startsAt: new Date(startsAt),
  until: new Date(until),
});

const toBooked = ({ startsAt, endsAt, heldUntil, ...rest }: BookedJson): BookedTime => ({
  ...rest,
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
  heldUntil: new Date(heldUntil),
});

function toLine(line: LineJson): StoredLine {
  return {
    id: asId<LineId>(line.id),
    position: line.position,
    variantId: asId<VariantId>(line.variant_id),
    productId: asId<ProductId>(line.product_id),
    sku: line.sku,
    options: line.options,
    quantity: line.quantity,
    addedBy: {
      channelId: asId<ChannelId>(line.added_channel_id),
      channelKind: line.added_channel_kind,
      placeId: asIdOrNull<PlaceId>(line.added_place_id),
      staffId: asIdOrNull<StaffId>(line.added_staff_id),
      at: new Date(line.added_at),
    },
    available: line.available,
    soldOut: line.soldOut,
    ...(line.booked && { booked: toBooked(line.booked) }),
    ...(line.top_up && { topUp: line.top_up }),
    priceHold: line.held_price && line.price_cap ? { ...line.held_price, cap: new Date(line.price_cap) } : null,
    ...(line.note !== null && { note: line.note }),
    ...(line.is_typed && { isTyped: true as const }),
    ...(line.trace && { trace: line.trace }),
  };
}
