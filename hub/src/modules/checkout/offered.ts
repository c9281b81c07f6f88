import { asIdOrNull, err, ok, type PlaceId, type Result } from "@weft/kernel";
import type { Ctx } from "../../platform/index.ts";
import { mayBuyFor, type LoadedCart } from "../carts/index.ts";
import { companyForCart } from "../companies/index.ts";
import type { SaleRequest } from "./domain/index.ts";
import type { CheckoutError } from "./errors.ts";

/**
 * Whether a cart that was offered by a link may be ordered so [CHK-25]: while the offer stands, and as it was offered where nothing may be changed of
 * it; when it is handed over is always its customer's to say. A till sells what it holds. Errors: `offer.expired`, `offer.not_changeable`.
 */
export function judgeOffered(ctx: Pick<Ctx, "now" | "actor">, cart: LoadedCart, { fulfillment }: SaleRequest): Result<null, CheckoutError> {
  const { offer } = cart;
  if (!offer || ctx.actor.device) return ok(null);
  if (offer.until <= ctx.now) return err({ code: "offer.expired", validUntil: offer.until.toISOString() });
  if (offer.mayChange) return ok(null);
  const isShipped = cart.wanted?.kind === "ship";
  const wanted = asIdOrNull<PlaceId>(fulfillment.placeId);
  const isSame = isShipped ? fulfillment.kind === "ship" : fulfillment.kind !== "ship" && (wanted === null || wanted === cart.placeId);
  return isSame ? ok(null) : err({ code: "offer.not_changeable" });
}

/** Whether the caller may order for the company of a cart [CRT-16]: also a colleague who has the link and may order for it themselves [CHK-25]. */
export async function mayOrderForCompany(ctx: Ctx, cart: LoadedCart): Promise<boolean> {
  if (!cart.company || mayBuyFor(ctx.actor, cart)) return true;
  const { customer } = ctx.actor;
  return cart.offer !== null && customer !== null && (await companyForCart(ctx, cart.company.id, customer.recordId)) !== null;
}
