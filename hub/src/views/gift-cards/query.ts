import type { GiftCardFileView, ListedGiftCardView } from "@weft/contracts";
import type { OrderId } from "@weft/kernel";
import { cardHistory, listCards, presentGiftCard, type CardFilter, type GiftCardId, type KnownCard } from "../../modules/payments/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import type { ReadCtx, Vault } from "../../platform/index.ts";

type Reader = Pick<ReadCtx, "db" | "snapshots">;

/** Gift cards with the orders that sold them, as the office lists them; each beside its row, of which the cursor is made. */
export async function giftCardList(ctx: Reader, vault: Vault, filter: CardFilter): Promise<{ row: KnownCard; view: ListedGiftCardView }[]> {
  const rows = await listCards(ctx, vault, filter);
  const present = await presenter(
    ctx,
    rows.map(({ orderId }) => orderId),
  );
  return rows.map((row) => ({ row, view: present.card(row) }));
}

/** One gift card with all that became of it; undefined when there is none. */
export async function giftCardFile(ctx: Reader, id: GiftCardId): Promise<GiftCardFileView | undefined> {
  const card = await cardHistory(ctx, id);
  if (!card) return undefined;
  const { entries, replaced, blockedAt, blockReason, currency } = card;
  const present = await presenter(ctx, [card.orderId, ...entries.flatMap(({ orderId }) => orderId ?? [])]);
  return {
    ...present.card(card),
    blocked: blockedAt && { at: blockedAt.toISOString(), reason: blockReason ?? "" },
    replaced: replaced.map(({ at, last4, reason }) => ({ at: at.toISOString(), last4, reason })),
    entries: entries.map(({ id: entryId, at, amount, because, orderId }) => ({
      id: entryId,
      at: at.toISOString(),
      amount: { amount, currency },
      because,
      orderId,
      orderNumber: orderId && present.numberOf(orderId),
    })),
  };
}

async function presenter(ctx: Reader, orderIds: readonly OrderId[]) {
  const orders = await ctx.db
    .selectFrom("orders.read_state")
    .select(["id", "number"])
    .where("id", "in", orderIds.length > 0 ? [...orderIds] : ["00000000-0000-0000-0000-000000000000"])
    .execute();
  const numbers = new Map(orders.map(({ id, number }) => [id, number]));
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const numberOf = (id: OrderId): string | null => numbers.get(id) ?? null;
  return {
    numberOf,
    card: (card: KnownCard): ListedGiftCardView => ({
      ...presentGiftCard(card),
      state: card.state,
      amount: { amount: card.amount, currency: card.currency },
      issuedAt: card.issuedAt.toISOString(),
      orderId: card.orderId,
      orderNumber: numberOf(card.orderId) ?? "",
      placeName: (card.placeId && places.get(card.placeId)?.name) ?? null,
    }),
  };
}
