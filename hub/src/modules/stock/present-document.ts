import type { StockDocumentRowView, StockDocumentView } from "@weft/contracts";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot, fullName } from "../catalog/index.ts";
import { placesSnapshot, type Places } from "../places/index.ts";
import type { StockDocument } from "./domain/index.ts";
import { linesOf, type ListedDocument } from "./queries/documents.ts";
import { onHandOf } from "./queries/levels.ts";

/** A document as it is now, with its lines; an open count says what is on hand at this moment. */
export async function presentDocument(ctx: Pick<ReadCtx, "db" | "snapshots">, document: StockDocument): Promise<StockDocumentView> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const lines = await linesOf(ctx, [document.id]);
  const isCounting = document.kind === "count" && document.state === "open";
  const variantIds = lines.map(({ variantId }) => variantId);
  const onHand = isCounting ? await onHandOf(ctx, document.placeId, variantIds) : undefined;
  return {
    ...presentHead(document, await ctx.snapshots.current(placesSnapshot)),
    lines: lines.map(({ variantId, quantity, received, startedFrom, isBooked }) => {
      const goods = catalog.variantOf(variantId);
      return {
        variantId,
        sku: goods?.variant.sku ?? "",
        name: goods ? fullName(goods.product.name, goods.variant.name) : { en: "" },
        quantity,
        received,
        startedFrom,
        onHand: onHand ? (onHand.get(variantId) ?? 0) : null,
        booked: isBooked,
      };
    }),
  };
}

export function presentRow(document: ListedDocument, places: Places): StockDocumentRowView {
  const { lines, units, difference } = document;
  return { ...presentHead(document, places), lines, units, difference };
}

function presentHead(document: StockDocument, { places }: Places) {
  const { id, number, kind, state, placeId, fromPlaceId, partner, reason, note, expectedOn, createdAt, createdByName, doneAt, doneByName } =
    document;
  return {
    id,
    number,
    kind,
    state,
    placeId,
    placeName: places.get(placeId)?.name ?? "",
    fromPlaceId,
    fromPlaceName: fromPlaceId === null ? null : (places.get(fromPlaceId)?.name ?? ""),
    partner,
    reason,
    note,
    expectedOn,
    createdAt: createdAt.toISOString(),
    createdBy: createdByName,
    doneAt: doneAt?.toISOString() ?? null,
    doneBy: doneByName,
  };
}
