import type { CartOperation } from "@weft/contracts";
import type { Ctx } from "../../../platform/index.ts";
import { mayByLink, rightOn, type LoadedCart } from "../domain/index.ts";
import type { CartError } from "../errors.ts";
import { askerOf, hashOf } from "../tokens.ts";

type Wanted = { readonly token?: string; readonly operations: readonly CartOperation[] };

/** Why these operations may not be applied to a cart by the caller; undefined when they may. */
export function whyNotOperate(ctx: Ctx, cart: LoadedCart, { token, operations }: Wanted): CartError | undefined {
  const asker = askerOf(ctx.actor);
  const right = rightOn(cart, token ? { ...asker, tokenHash: hashOf(token).toString("hex") } : asker);
  if (right.may === "nothing") return { code: "cart.unknown" };
  if (right.may === "read" && !saysForWhom(ctx, operations)) return { code: "cart.not_yours" };
  if (cart.state === "completing") return { code: "cart.completing" };
  if (cart.state !== "open" && cart.state !== "checkout") return { code: "cart.closed", state: cart.state, orderId: cart.orderId };
  return cart.offer ? whyNotOffered(ctx, cart.offer, right.may === "use" && right.as?.kind === "link", operations) : undefined;
}

/** Staff of the office who only see a cart say whom it is bought for, as its customer asks them to, and nothing else of it [CRT-16]. */
function saysForWhom(ctx: Ctx, operations: readonly CartOperation[]): boolean {
  return ctx.actor.staff !== null && operations.every(({ kind }) => kind === "setCompany");
}

/**
 * What was offered is what its customer decides about: whoever has the link changes what they were let [CRT-21], and staff take the offer back
 * before they change anything.
 */
function whyNotOffered(
  ctx: Ctx,
  offer: NonNullable<LoadedCart["offer"]>,
  isByLink: boolean,
  operations: readonly CartOperation[],
): CartError | undefined {
  if (offer.until <= ctx.now) return isByLink ? { code: "offer.expired", validUntil: offer.until.toISOString() } : undefined;
  if (!isByLink) return ctx.actor.staff && !ctx.actor.device ? { code: "offer.standing", offerId: offer.id } : undefined;
  return operations.every(({ kind }) => mayByLink(kind, offer)) ? undefined : { code: "offer.not_changeable" };
}
