import type { CartOperation } from "@weft/contracts";
import { asId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { cardById, type GiftCardId } from "../../payments/index.ts";
import { placeOf } from "../../places/index.ts";
import { topUpOf, toppedUpBy, type CardToTopUp, type LoadedCart, type OperationFacts } from "../domain/index.ts";

/**
 * The gift cards that these operations pay onto, as they stand [CRT-60]: an id that looking a code up answered is enough, because nothing is taken off a
 * card here. What the cart pays onto it already counts. Undefined, and without a statement, where no operation asks for it.
 */
export async function topUpJudge(
  ctx: Ctx,
  cart: LoadedCart,
  operations: readonly CartOperation[],
): Promise<NonNullable<OperationFacts["topUpFor"]> | undefined> {
  const ids = new Set(operations.flatMap((one) => (one.kind === "add" && one.topUp ? [one.topUp.cardId] : [])));
  if (ids.size === 0) return undefined;
  const cards = new Map<string, CardToTopUp>();
  const onCart = new Map(toppedUpBy(cart).map(({ cardId, amount }) => [cardId, amount]));
  for (const id of ids) {
    const card = await cardById(ctx, asId<GiftCardId>(id)); // an id by the contract
    if (!card) continue;
    const { last4, left, isBlocked, expiresAt } = card;
    cards.set(id, { last4, left: left + (onCart.get(id) ?? 0), isBlocked, isEnded: expiresAt !== null && expiresAt <= ctx.now });
  }
  const place = cart.placeId === null ? undefined : await placeOf(ctx, cart.placeId);
  return (goods, wanted) => topUpOf(goods, wanted, cards.get(wanted.cardId), place?.settings.giftCardMost ?? 0);
}
