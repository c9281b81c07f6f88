import type { CartView, OperationResultView } from "@weft/contracts";
import { asId, err, ok, type CartId, type RecordId, type Result } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { customerOf } from "../../customers/index.ts";
import type { CartError } from "../errors.ts";
import { cartToGoOnWith } from "../queries/current-cart.ts";
import { operate } from "./operate.ts";

export type WantedRedemption = { readonly id: string; readonly rewardId: string; readonly cartId?: string | undefined };
export type Redeemed = { readonly cart: CartView; readonly result: OperationResultView };

/**
 * Puts a reward on the customer's cart: the operation `applyReward`, by its own id, for callers who know the customer and not the cart.
 * Points are burned by that cart's completion, in its transaction: nothing is reserved here, and a cart that is given up costs nothing.
 * Errors: `cart.none`, `loyalty.reward_refused` with the reason, those of `operate`.
 */
export async function redeem(ctx: Ctx, recordId: RecordId, wanted: WantedRedemption): Promise<Result<Redeemed, CartError>> {
  const cartId = wanted.cartId === undefined ? await cartToGoOnWith(ctx, recordId) : asId<CartId>(wanted.cartId);
  if (!cartId) return err({ code: "cart.none" });
  const done = await operate(ctx, { cartId, operations: [{ id: wanted.id, kind: "applyReward", rewardId: wanted.rewardId }] });
  if (!done.ok) return done;
  const { cart, results, stored } = done.value;
  const [result] = results;
  if (!result || (await customerOf(ctx, stored.recordId)) !== (await customerOf(ctx, recordId))) return err({ code: "cart.unknown" });
  if (result.outcome === "refused")
    return err({ code: "loyalty.reward_refused", because: { kind: result.code ?? "reward.unknown", data: result.data ?? {} } });
  return ok({ cart, result });
}
