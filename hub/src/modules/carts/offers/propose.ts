import { err, ok, type CartId, type Id, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx, Vault } from "../../../platform/index.ts";
import { channelForApp } from "../../channels/index.ts";
import { touchCart } from "../commands/hand-over.ts";
import { addHolder, type HolderId } from "../commands/holder.ts";
import { operate } from "../commands/operate.ts";
import { makerOf, type LoadedCart } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { mayUseCart } from "../may-use.ts";
import { lockCart } from "../queries/load-cart.ts";
import { makeOffer } from "./make.ts";
import type { StoredOffer } from "./stored.ts";

type Terms = { readonly validUntil: Date; readonly holdsStock: boolean; readonly note: string | null };

/**
 * Makes the ticket of a till what its adviser proposes to the customer on it [CRT-41]: from then on the adviser holds it and no register does, the shop
 * sells it, and it is fetched here unless its customer says otherwise. Their own cart stays as it is. Errors: `cart.unknown`, `cart.not_yours` for a
 * cart that they filled themselves, `customer.unknown` for nobody known, those of `operate` and `makeOffer`. Publishes `cart.offered.v1`.
 */
export async function proposeTicket(ctx: Ctx, vault: Vault, cartId: CartId, terms: Terms): Promise<Result<StoredOffer, CartError>> {
  const { device, staff } = ctx.actor;
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart || !device || !staff || !mayUseCart(ctx.actor, cart)) return err({ code: "cart.unknown" });
  if (!cart.customer?.known) return err({ code: "customer.unknown" });
  if (cart.current) return err({ code: "cart.not_yours" });
  if (cart.state === "completing") return err({ code: "cart.completing" });
  if (cart.state !== "open" && cart.state !== "checkout") return err({ code: "cart.closed", state: cart.state, orderId: cart.orderId });
  await passToAdviser(ctx, cart, staff);
  const placed = await collectedAt(ctx, cart, device.placeId);
  if (!placed.ok) return placed;
  return makeOffer(ctx, vault, cartId, { ...terms, kind: "proposal", mayChange: true });
}

/** The adviser holds it instead of the register, and the shop sells it: its lists and its assortment count, as for whoever pays there. */
async function passToAdviser(ctx: Ctx, cart: LoadedCart, { id, name }: { readonly id: StaffOf; readonly name: string }): Promise<void> {
  await sql`
    update carts.cart_holder set ended_at = ${ctx.now} where cart_id = ${cart.id} and kind = 'register' and ended_at is null`.execute(
    ctx.db,
  );
  if (!makerOf(cart)) {
    const holder = {
      id: ctx.newId<HolderId>(),
      kind: "staff" as const,
      tokenHash: null,
      recordId: null,
      deviceId: null,
      staffId: id,
      name,
    };
    await addHolder(ctx, cart.id, holder, "owner");
  }
  const shop = await channelForApp(ctx.snapshots, "weft_shop", null);
  if (shop) await sql`update carts.cart set selling_channel_id = ${shop} where id = ${cart.id}`.execute(ctx.db);
  await touchCart(ctx, cart);
}

type StaffOf = NonNullable<Ctx["actor"]["staff"]>["id"];

async function collectedAt(ctx: Ctx, { id: cartId }: LoadedCart, placeId: PlaceId): Promise<Result<null, CartError>> {
  const fulfillment = { kind: "collect", placeId, dining: "take_away", dueAt: null } as const;
  const done = await operate(ctx, { cartId, operations: [{ id: ctx.newId<Id<"operation">>(), kind: "setFulfillment", fulfillment }] });
  return done.ok ? ok(null) : done;
}
