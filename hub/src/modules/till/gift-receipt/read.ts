import type { GiftReceiptView } from "@weft/contracts";
import { err, ok, type LineId, type OrderId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import { isGiftCardLine } from "../../checkout/index.ts";
import { readOrder, type BookEntry } from "../../orders/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import { RECEIPT_YEARS } from "../e-receipt/read.ts";
import { hashOfShown } from "../e-receipt/token.ts";
import type { TillError } from "../errors.ts";
import { ticketOf } from "../queries/ticket.ts";

/** What a token of a receipt without prices opens: some lines of an order, or all of them. */
export type Gift = { readonly orderId: OrderId; readonly lineIds: readonly LineId[] | null };

const IN_ADDRESS = /\/g\/([\w-]{22})(?:[/?#]|$)/;

/** The token in the address of a receipt without prices, as a scanner reads it. */
export const giftTokenIn = (shown: string): string | undefined => IN_ADDRESS.exec(shown.trim())?.[1];

/** As long as the address of the receipt itself opens it [TIL-23]. */
export async function giftOfToken(ctx: Pick<ReadCtx, "db" | "now">, token: string): Promise<Gift | undefined> {
  const hash = hashOfShown(token);
  if (!hash) return undefined;
  const { rows } = await sql<Gift>`
    select order_id as "orderId", line_ids as "lineIds" from till.gift_receipt
     where token_hash = ${hash} and at > ${ctx.now}::timestamptz - make_interval(years => ${RECEIPT_YEARS}::integer)`.execute(ctx.db);
  return rows[0];
}

/** The receipt behind a token, without one amount and without anything of a person [TIL-46]. Errors: `till.no_receipt`. */
export async function readGiftReceipt(ctx: ReadCtx, token: string): Promise<Result<GiftReceiptView, TillError>> {
  const gift = await giftOfToken(ctx, token);
  const entry = gift && (await readOrder(ctx, gift.orderId));
  if (!gift || !entry) return err({ code: "till.no_receipt" });
  const { order } = entry;
  const { entities, places } = await ctx.snapshots.current(placesSnapshot);
  const place = order.place_id === null ? undefined : places.get(order.place_id);
  const ticket = await ticketOf(ctx, order.id);
  return ok({
    number: ticket?.number ?? order.number,
    at: order.placed_at.toISOString(),
    timeZone: order.time_zone,
    place: {
      name: place?.name ?? "",
      address: place ? [place.address.line1, `${place.address.postcode} ${place.address.city}`].join(", ") : "",
      phone: place?.phone ?? null,
    },
    entityName: entities.get(order.entity_id)?.name ?? "",
    lines: givenLines(entry, gift).map(({ id, name, options, ordered, canceled, unit }) => ({
      orderLineId: id,
      name,
      options: options.map((option) => option.name),
      quantity: ordered - canceled,
      unit,
    })),
  });
}

/** Goods that were given: what shipping cost is no present, and a gift card is one by itself. */
function givenLines({ lines }: BookEntry, { lineIds }: Gift): BookEntry["lines"] {
  const wanted = lineIds && new Set<LineId>(lineIds);
  return lines.filter(
    (line) => line.kind === "goods" && !isGiftCardLine(line) && line.ordered > line.canceled && (wanted?.has(line.id) ?? true),
  );
}
