import type { CartOperation } from "@weft/contracts";
import { pricingSnapshot, priceChooser } from "../../pricing/index.ts";
import type { Ctx } from "../../../platform/index.ts";
import { labelOffer, type LoadedCart, type OperationFacts } from "../domain/index.ts";
import { assessCart } from "../queries/assess-cart.ts";

/** What labels of scales may say at a till, by the lists of the cart [CRT-33]; undefined for everybody else, and where no operation brings one. */
export async function labelJudge(
  ctx: Ctx,
  cart: LoadedCart,
  operations: readonly CartOperation[],
): Promise<NonNullable<OperationFacts["labelFor"]> | undefined> {
  if (ctx.actor.device?.kind !== "till") return undefined;
  if (!operations.some((one) => one.kind === "add" && one.labelPrice !== undefined)) return undefined;
  const { context } = await assessCart(ctx.snapshots, { ...cart, lines: [] }, { at: ctx.now });
  const choose = priceChooser(await ctx.snapshots.current(pricingSnapshot), context);
  return ({ variantId }, grams, labelPrice) =>
    labelOffer(choose(variantId, grams), { grams, labelPrice }, { channelId: cart.sellingChannelId, at: ctx.now });
}
