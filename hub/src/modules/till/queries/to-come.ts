import type { Locale, ReceiptView } from "@weft/contracts";
import type { OrderId } from "@weft/kernel";
import { fulfillmentsOf, type WholeFulfillment } from "../../fulfillment/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import type { ReadCtx, Vault } from "../../../platform/index.ts";

/**
 * What of an order its customer does not have yet [TIL-15]: what another store or this one hands over later, with the code that opens it, and what is
 * sent. The code is for the customer: at a till it goes onto their paper, in the office nobody reads it.
 */
export async function readToCome(ctx: ReadCtx, vault: Vault, orderId: OrderId, language: Locale): Promise<ReceiptView["toCome"]> {
  const open = (await fulfillmentsOf(ctx, orderId)).filter(({ fulfillment }) => fulfillment.done_at === null);
  if (open.length === 0) return [];
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const showsCode = ctx.actor.staff === null || ctx.actor.device?.kind === "till";
  return open.map(({ fulfillment, lines }) => {
    const { kind, place_id, due_at, slot_until, promised_at, code_sealed } = fulfillment;
    const place = places.get(place_id);
    return {
      kind: kind === "ship" ? "ship" : "collect",
      placeName: place?.name ?? "",
      lines: lines.filter(isGoods).map(({ name, quantity }) => ({ name: name[language] ?? name.en, quantity })),
      promisedAt: (due_at ?? promised_at)?.toISOString() ?? null,
      slotEndsAt: slot_until?.toISOString() ?? null,
      timeZone: place?.timeZone ?? "UTC",
      code: showsCode && code_sealed !== null ? vault.open(code_sealed) : null,
    };
  });
}

const isGoods = ({ kind }: WholeFulfillment["lines"][number]): boolean => kind === "goods";
