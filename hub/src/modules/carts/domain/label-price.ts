import { err, lineTotal, ok, type ChannelId, type Result } from "@weft/kernel";
import type { PriceOffer } from "../../pricing/domain/index.ts";
import type { Refusal } from "./refusal.ts";
import type { PriceHold } from "./price-hold.ts";

/** Why the line is at another price than its list: it says so on the label that a scale printed. */
export const LABEL = "label";

/** A label is sold within days, and a ticket within a day. */
const LABEL_HOLDS_MS = 24 * 60 * 60_000;

/**
 * The offer of goods by weight at what the label of a scale says, to the cent [CRT-33]: so much for these grams. They have to be the weight that the
 * price stands for, so that a label names no price of its own. Errors as the refusal of an operation.
 */
export function labelOffer(
  listed: Pick<PriceOffer, "unitPrice" | "listId" | "taxIncluded"> | undefined,
  { grams, labelPrice }: { readonly grams: number; readonly labelPrice: number },
  { channelId, at }: { readonly channelId: ChannelId; readonly at: Date },
): Result<PriceHold, Refusal> {
  if (!listed || !listed.taxIncluded || listed.unitPrice.per.unit !== "gram") return err({ code: "price.unknown", data: {} });
  const { unitPrice, listId, taxIncluded } = listed;
  if (lineTotal(unitPrice, grams) < labelPrice || lineTotal(unitPrice, grams - 1) > labelPrice)
    return err({ code: "price.label_differs", data: { listed: unitPrice, labelPrice, grams } });
  return ok({
    unitPrice: { amount: labelPrice, scale: 0, currency: unitPrice.currency, per: { quantity: grams, unit: "gram" } },
    listId,
    taxIncluded,
    minQuantity: 1,
    channelId,
    cap: new Date(at.getTime() + LABEL_HOLDS_MS),
    override: { insteadOf: unitPrice, reason: LABEL },
  });
}
