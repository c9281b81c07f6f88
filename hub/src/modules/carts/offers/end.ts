import { err, ok, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { touchCart } from "../commands/hand-over.ts";
import { endHolder } from "../commands/holder.ts";
import type { LoadedCart, OfferId } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { CartLeft, OfferEnded } from "../events.ts";
import { lockCart } from "../queries/load-cart.ts";
import { askerOf } from "../tokens.ts";
import { releaseHolds } from "./hold.ts";
import { offerById, offerByToken, stateOfOffer, type StoredOffer } from "./stored.ts";

type Ending = { readonly because: "declined" | "taken" | "revoked" | "replaced"; readonly reason: string | null };

/**
 * Ends the offer that stands of a cart: its link uses nothing more, and what was held for it is free. The cart stays with who made it. The caller
 * has locked the cart. Publishes `cart.offer_ended.v1`.
 */
export async function endOffer(ctx: Ctx, cart: LoadedCart, id: OfferId, { because, reason }: Ending): Promise<void> {
  const { rows } = await sql<{ holderId: string }>`
    update carts.offer set ended_at = ${ctx.now}, ended_because = ${because}, reason = ${reason} where id = ${id} and ended_at is null
    returning holder_id as "holderId"`.execute(ctx.db);
  const holderId = rows[0]?.holderId;
  if (!holderId) return;
  await endHolder(ctx, holderId);
  await sql`update carts.cart set offer = null where id = ${cart.id}`.execute(ctx.db);
  await releaseHolds(ctx, cart);
  await publish(ctx, OfferEnded, `cart/${cart.id}`, { offerId: id, cartId: cart.id, recordId: cart.recordId, because });
  // Whoever looks at it by the link sees with this very event that it opens nothing more.
  await publish(ctx, CartLeft, `cart/${cart.id}`, { cartId: cart.id, holderId });
}

/** Staff take an offer back; twice is no mistake. Errors: `offer.unknown`, `offer.ended`, `cart.completing`. */
export async function revokeOffer(ctx: Ctx, id: OfferId): Promise<Result<StoredOffer, CartError>> {
  const known = await offerById(ctx, id);
  if (!known || !mayManageOffer(ctx, known)) return err({ code: "offer.unknown" });
  return ended(ctx, known, { because: "revoked", reason: null });
}

/** Staff of a desk take back and send what any of them offered; whoever advises at a counter what they proposed themselves [CRT-41]. */
export const mayManageOffer = ({ actor }: Pick<Ctx, "actor">, { kind, staffId }: StoredOffer): boolean =>
  askerOf(actor).servesAll || (kind === "proposal" && staffId === actor.staff?.id);

/** Whoever has the link says no. Errors as `revokeOffer`, and `offer.expired`. */
export async function declineOffer(ctx: Ctx, token: string, reason: string | null): Promise<Result<StoredOffer, CartError>> {
  const known = await offerByToken(ctx, token);
  if (!known) return err({ code: "offer.unknown" });
  return ended(ctx, known, { because: "declined", reason });
}

async function ended(ctx: Ctx, { id, cartId }: StoredOffer, ending: Ending): Promise<Result<StoredOffer, CartError>> {
  const cart = (await lockCart(ctx, cartId))?.cart;
  const offer = await offerById(ctx, id);
  if (!cart || !offer) return err({ code: "offer.unknown" });
  const state = stateOfOffer(offer, ctx.now);
  if (state === ending.because) return ok(offer);
  if (state === "paying") return err({ code: "cart.completing" });
  if (state === "expired" && ending.because === "declined")
    return err({ code: "offer.expired", validUntil: offer.validUntil.toISOString() });
  if (state !== "open" && state !== "expired") return err({ code: "offer.ended", state });
  await endOffer(ctx, cart, id, ending);
  if (askerOf(ctx.actor).kind === "staff")
    await auditWrite(ctx, { action: "offers.revoke", subject: cart.customer?.known ? `customer/${cart.customer.id}` : `cart/${cart.id}` });
  await touchCart(ctx, cart);
  const after = await offerById(ctx, id);
  return after ? ok(after) : err({ code: "offer.unknown" });
}
