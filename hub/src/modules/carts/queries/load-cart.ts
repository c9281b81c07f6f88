import type { ChannelKind } from "@weft/contracts";
import type {
  CartId,
  ChannelId,
  CustomerId,
  DeviceId,
  LineId,
  OrderId,
  PlaceId,
  ProductId,
  RecordId,
  StaffId,
  VariantId,
} from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import type { CartState, GoodsLookup, LineOption, LoadedCart, StoredHold, StoredHolder, StoredLine } from "../domain/index.ts";

/** The JSON of `carts.load`, as PostgreSQL writes it. */
type CartJson = {
  id: string;
  version: number;
  state: CartState;
  current: boolean;
  record_id: string;
  opened_channel_id: string;
  channel_kind: ChannelKind;
  place_id: string | null;
  fulfillment: { kind: "take_away" | "collect"; dining: "eat_in" | "take_away"; dueAt: string | null } | null;
  codes: string[];
  channels_seen: ChannelKind[];
  order_id: string | null;
  opened_at: string;
  updated_at: string;
  customer: { id: string; givenName: string | null; known: boolean } | null;
  mine: boolean;
  groups: string[];
  lines: LineJson[];
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
    lines: { id: string; sku: string; variantId: string; productId: string; options: LineOption[]; quantity: number }[];
  } | null;
};

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
};

/** A cart as stored, in one statement, nothing locked. */
export async function loadCart(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, cartId: CartId): Promise<LoadedCart | null> {
  const goods = await ctx.snapshots.current(catalogSnapshot);
  const { rows } = await sql<{
    cart: CartJson | null;
  }>`select carts.load(${cartId}, ${ctx.actor.customer?.recordId ?? null}) as cart`.execute(ctx.db);
  const json = rows[0]?.cart;
  return json ? toCart(json, goods) : null;
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
  return row?.cart ? { cart: toCart(row.cart, goods), repeated: row.repeated ?? {} } : null;
}

// Ids come from uuid columns that hold the noun's own ids; JSON has lost only the brand.
function toCart(json: CartJson, goods: GoodsLookup): LoadedCart {
  return {
    id: json.id as CartId,
    version: json.version,
    state: json.state,
    current: json.current,
    recordId: json.record_id as RecordId,
    customer: json.customer && { ...json.customer, id: json.customer.id as CustomerId },
    isMine: json.mine,
    customerGroups: json.groups,
    channelId: json.opened_channel_id as ChannelId,
    channelKind: json.channel_kind,
    placeId: json.place_id as PlaceId | null,
    wanted: json.fulfillment && { ...json.fulfillment, dueAt: json.fulfillment.dueAt === null ? null : new Date(json.fulfillment.dueAt) },
    codes: json.codes,
    channelsSeen: json.channels_seen,
    lines: json.lines.map(toLine),
    holds: json.holds.map((hold): StoredHold => ({
      lineId: hold.lineId as LineId,
      variantId: hold.variantId as VariantId,
      placeId: hold.placeId as PlaceId,
      quantity: hold.quantity,
      expiresAt: new Date(hold.expiresAt),
    })),
    holders: json.holders.map((holder): StoredHolder => ({
      id: holder.id,
      kind: holder.kind,
      mode: holder.mode,
      tokenHash: holder.token,
      recordId: holder.recordId as RecordId | null,
      deviceId: holder.deviceId as DeviceId | null,
      staffId: holder.staffId as StaffId | null,
      channelId: holder.channelId as ChannelId,
      channelKind: holder.channelKind,
      name: holder.name,
      since: new Date(holder.since),
    })),
    earlier: json.earlier && {
      cartId: json.earlier.cartId as CartId,
      undoUntil: json.earlier.undoUntil === null ? null : new Date(json.earlier.undoUntil),
      lines: json.earlier.lines.flatMap((line) => {
        const known = goods.byVariant(line.variantId as VariantId);
        return known
          ? [
              {
                id: line.id as LineId,
                sku: line.sku,
                name: known.name,
                variantId: known.variantId,
                productId: known.productId,
                options: line.options,
                quantity: line.quantity,
              },
            ]
          : [];
      }),
    },
    orderId: json.order_id as OrderId | null,
    openedAt: new Date(json.opened_at),
    updatedAt: new Date(json.updated_at),
  };
}

function toLine(line: LineJson): StoredLine {
  return {
    id: line.id as LineId,
    position: line.position,
    variantId: line.variant_id as VariantId,
    productId: line.product_id as ProductId,
    sku: line.sku,
    options: line.options,
    quantity: line.quantity,
    addedBy: {
      channelId: line.added_channel_id as ChannelId,
      channelKind: line.added_channel_kind,
      placeId: line.added_place_id as PlaceId | null,
      staffId: line.added_staff_id as StaffId | null,
      at: new Date(line.added_at),
    },
    available: line.available,
    soldOut: line.soldOut,
  };
}
