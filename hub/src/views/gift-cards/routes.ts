import { asId, err, ok } from "@weft/kernel";
import { z } from "zod";
import { PAYMENT_PROBLEMS, type GiftCardId, type PaymentError } from "../../modules/payments/index.ts";
import { pageFrom, read, readCursor, type Route, type Vault } from "../../platform/index.ts";
import { giftCardFile, giftCardList } from "./query.ts";

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** The gift cards of the house, for the office: found by the end of a code, each with its history. */
export const giftCardRoutes = ({ vault }: { readonly vault: Vault }): readonly Route[] => [
  read(
    "giftCards.list",
    async (ctx, { query: { query = null, state = null, limit, cursor } }) => {
      const cards = await giftCardList(ctx, vault, { query, state, after: readCursor(Cursor, cursor), limit: limit + 1 });
      return ok(
        pageFrom(
          cards,
          limit,
          ({ view }) => view,
          ({ row }) => [row.issuedAt.toISOString(), row.id],
        ),
      );
    },
    { problems: {} },
  ),
  read(
    "giftCards.read",
    async (ctx, { params }) => {
      const file = await giftCardFile(ctx, asId<GiftCardId>(params.id));
      return file ? ok(file) : err<PaymentError>({ code: "gift_card.unknown" });
    },
    { problems: PAYMENT_PROBLEMS },
  ),
];
