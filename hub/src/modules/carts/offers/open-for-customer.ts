import type { CartView } from "@weft/contracts";
import { err, ok, type CartId, type Id, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { channelForApp } from "../../channels/index.ts";
import { recordIdOf } from "../../customers/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { openCart } from "../commands/open-cart.ts";
import { operate } from "../commands/operate.ts";
import type { CartError } from "../errors.ts";

type Wanted = { readonly customerId: string | null; readonly placeId: PlaceId };

/**
 * Opens a cart that staff fill for a customer, or for nobody who is known yet [CRT-20]. It is held by them and not current; it is sold by the shop,
 * where its link is paid, at that channel's prices. Errors: `customer.unknown`, `places.unknown_store`, those of `openCart`.
 */
export async function openForCustomer(ctx: Ctx, { customerId, placeId }: Wanted): Promise<Result<CartView, CartError>> {
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place || place.kind === "warehouse" || place.status !== "active") return err({ code: "places.unknown_store", placeId });
  const recordId = customerId === null ? null : await recordIdOf(ctx, customerId);
  if (recordId === undefined) return err({ code: "customer.unknown" });
  const opened = await openCart(ctx, {
    placeId,
    fulfillment: undefined,
    operations: [],
    isTicket: true,
    ...(recordId !== null && { recordId }),
  });
  if (!opened.ok) return opened;
  const cartId = opened.value.stored.id;
  await sellInShop(ctx, cartId);
  await auditWrite(ctx, { action: "carts.openForCustomer", subject: customerId === null ? `cart/${cartId}` : `customer/${customerId}` });
  const placed = await operate(ctx, { cartId, operations: [collectedAt(ctx, placeId)] });
  return placed.ok ? ok(placed.value.cart) : placed;
}

/** The channel of the shop sells it: its lists and its assortment count, as for whoever pays there. */
async function sellInShop(ctx: Ctx, cartId: CartId): Promise<void> {
  const shop = await channelForApp(ctx.snapshots, "weft_shop", null);
  if (shop) await sql`update carts.cart set selling_channel_id = ${shop} where id = ${cartId}`.execute(ctx.db);
}

const collectedAt = (ctx: Ctx, placeId: PlaceId) =>
  ({
    id: ctx.newId<Id<"operation">>(),
    kind: "setFulfillment",
    fulfillment: { kind: "collect", placeId, dining: "take_away", dueAt: null },
  }) as const;
