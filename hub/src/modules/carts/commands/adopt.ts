import { err, ok, type CartId, type Id, type RecordId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { bindVisitor, releaseVisitor } from "../../customers/index.ts";
import type { LoadedCart } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { CurrentCartChanged } from "../events.ts";
import { currentCartId } from "../queries/current-cart.ts";
import { lockCart } from "../queries/load-cart.ts";
import { hashOf } from "../tokens.ts";
import { touchCart } from "./hand-over.ts";

const UNDO_MINUTES = 30;

/**
 * Sign-in [CRT-5]: the anonymous cart of this browser becomes the customer's current one, and the cart they had before is offered beside
 * it, line by line; nothing joins by itself. An empty anonymous cart changes nothing: the earlier cart stays current.
 * Called by `customers` in the transaction of the sign-in, under the customer's lock. Answers the cart that is current now.
 */
export async function adoptAtSignIn(
  ctx: Ctx,
  anonymous: { readonly cartId: CartId; readonly token: string },
  recordId: RecordId,
): Promise<CartId | null> {
  const earlierId = await currentCartId(ctx, recordId);
  const cart = (await lockCart(ctx, anonymous.cartId))?.cart;
  const holder = cart?.holders.find(({ tokenHash }) => tokenHash === hashOf(anonymous.token).toString("hex"));
  if (!cart || !holder || cart.customer?.known || cart.state !== "open" || cart.id === earlierId) return earlierId ?? null;
  if (cart.lines.length === 0 && earlierId) return earlierId;
  const earlier = earlierId ? (await lockCart(ctx, earlierId))?.cart : undefined;
  const offered = earlier && earlier.lines.length > 0 ? earlier : undefined;
  await sql`insert into carts.adoption (id, cart_id, earlier_cart_id, record_before, record_after, cart_version, earlier_version, undo_until)
    values (${ctx.newId<Id<"adoption">>()}, ${cart.id}, ${earlierId ?? null}, ${cart.recordId}, ${recordId}, ${cart.version + 1}, ${earlier ? earlier.version + 1 : null}, ${new Date(ctx.now.getTime() + UNDO_MINUTES * 60_000)})`.execute(
    ctx.db,
  );
  await sql`update carts.cart set record_id = ${recordId}, current = true, earlier_cart_id = ${offered?.id ?? null} where id = ${cart.id}`.execute(
    ctx.db,
  );
  await sql`update carts.cart_holder set kind = 'customer', record_id = ${recordId} where id = ${holder.id}`.execute(ctx.db);
  if (earlier) {
    await sql`update carts.cart set current = false where id = ${earlier.id}`.execute(ctx.db);
    await touchCart(ctx, earlier);
  }
  await touchCart(ctx, cart);
  // What this browser did before is the customer's story as well; it stays with the record that it was written under.
  await bindVisitor(ctx, cart.recordId, recordId);
  await publish(ctx, CurrentCartChanged, `record/${recordId}`, { recordId, cartId: cart.id });
  return cart.id;
}

type AdoptionRow = {
  id: string;
  earlierCartId: CartId | null;
  recordBefore: RecordId;
  recordAfter: RecordId;
  cartVersion: number;
  earlierVersion: number | null;
  undoUntil: Date;
};

/**
 * Undoes what sign-in did: both carts are as before, within 30 minutes and until one of them is completed. Lines that were taken over
 * from the earlier cart meanwhile stay where they are now: what the customer did after is theirs.
 * Errors: `adoption.none`, `adoption.too_late`, `cart.unknown`.
 */
export async function undoAdoption(ctx: Ctx, cartId: CartId): Promise<Result<LoadedCart, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  if (!cart?.isMine) return err({ code: "cart.unknown" });
  const { rows } = await sql<AdoptionRow>`
    select id, earlier_cart_id as "earlierCartId", record_before as "recordBefore", record_after as "recordAfter", cart_version as "cartVersion", earlier_version as "earlierVersion", undo_until as "undoUntil"
      from carts.adoption where cart_id = ${cartId} and undone_at is null order by at desc limit 1`.execute(ctx.db);
  const adoption = rows[0];
  if (!adoption) return err({ code: "adoption.none" });
  if (adoption.undoUntil <= ctx.now || cart.state !== "open")
    return err({ code: "adoption.too_late", undoUntil: adoption.undoUntil.toISOString() });
  await sql`update carts.adoption set undone_at = ${ctx.now} where id = ${adoption.id}`.execute(ctx.db);
  await releaseVisitor(ctx, adoption.recordBefore, adoption.recordAfter);
  await sql`update carts.cart set record_id = ${adoption.recordBefore}, earlier_cart_id = null where id = ${cartId}`.execute(ctx.db);
  await sql`update carts.cart_holder set kind = 'visitor', record_id = ${adoption.recordBefore} where cart_id = ${cartId} and record_id = ${adoption.recordAfter} and token_hash is not null and ended_at is null`.execute(
    ctx.db,
  );
  if (adoption.earlierCartId) {
    const earlier = (await lockCart(ctx, adoption.earlierCartId))?.cart;
    await sql`update carts.cart set current = true where id = ${adoption.earlierCartId}`.execute(ctx.db);
    if (earlier) await touchCart(ctx, earlier);
  }
  await touchCart(ctx, cart);
  await publish(ctx, CurrentCartChanged, `record/${adoption.recordAfter}`, {
    recordId: adoption.recordAfter,
    cartId: adoption.earlierCartId,
  });
  const after = await lockCart(ctx, cartId);
  return after ? ok(after.cart) : err({ code: "cart.unknown" });
}
