import { err, ok } from "@weft/kernel";
import { ORDER_PROBLEMS, readOrder, type OrderError } from "../../modules/orders/index.ts";
import { cardsSoldBy, cardsToppedUpBy, giftCardRight, giftCardText } from "../../modules/payments/index.ts";
import { read, type Route, type Signer, type Vault } from "../../platform/index.ts";
import { orderId, viewerOf } from "./rights.ts";

/** The gift cards that an order sold, and those that it topped up. Their codes are for those who bought them, and for the till of the place that hands them over. */
export const soldGiftCardRoutes = ({ vault, signer }: { readonly vault: Vault; readonly signer: Signer }): readonly Route[] => [
  read(
    "orders.giftCards",
    async (ctx, { params }) => {
      const entry = await readOrder(ctx, orderId(params.id));
      const viewer = entry && (await viewerOf(ctx, entry));
      if (!entry || !viewer) return err<OrderError>({ code: "order.unknown" });
      const sellsHere = ctx.actor.device?.kind === "till" && ctx.actor.device.placeId === entry.order.place_id;
      const sold = await cardsSoldBy(ctx, vault, entry.order.id, viewer === "customer" || sellsHere);
      const cards = sold.map(async (card) => ({
        ...card,
        shown: card.code && giftCardText(card.code, await giftCardRight(signer, card, ctx.now)),
      }));
      return ok({ cards: await Promise.all(cards), toppedUp: await cardsToppedUpBy(ctx, entry.order.id) });
    },
    { problems: ORDER_PROBLEMS, audit: ({ params }) => `order/${params.id}` },
  ),
];
