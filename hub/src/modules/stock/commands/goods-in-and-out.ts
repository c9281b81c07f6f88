import { err, ok, type PlaceId, type Result } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import { inOneLineEach, type DocumentId, type DocumentLineId, type WantedUnits, type WasteReason } from "../domain/index.ts";
import type { StockError } from "../errors.ts";
import { bookLines, lockLevels, writeDocument } from "./documents.ts";

/** The lines of a document that is about to be written: one per variant. */
export const newLines = (ctx: Ctx, wanted: readonly WantedUnits[]) =>
  inOneLineEach(wanted).map((units) => ({ ...units, id: ctx.newId<DocumentLineId>() }));

export type Delivery = {
  readonly placeId: PlaceId;
  /** The firm that brought it. */
  readonly partner: string | null;
  readonly note: string | null;
  readonly lines: readonly WantedUnits[];
};

/** Books a delivery and makes the levels that are missing. Publishes `stock.document_changed.v1`, `stock.changed.v1`. */
export async function receiveDelivery(ctx: Ctx, { placeId, partner, note, lines }: Delivery): Promise<Result<DocumentId, StockError>> {
  const written = newLines(ctx, lines);
  const id = await writeDocument(ctx, { kind: "delivery", state: "done", placeId, partner, note }, written);
  await lockLevels(
    ctx,
    placeId,
    written.map(({ variantId }) => variantId),
    { makes: true },
  );
  const bookings = written.map((line) => ({ lineId: line.id, variantId: line.variantId, change: line.quantity }));
  await bookLines(ctx, id, { placeId, kind: "receipt", why: note ?? partner }, bookings);
  return ok(id);
}

export type Waste = {
  readonly placeId: PlaceId;
  readonly reason: WasteReason;
  readonly note: string | null;
  readonly lines: readonly WantedUnits[];
};

/**
 * Books what is thrown away. It is gone whatever it was promised for: what is missing then is a conflict [STK-3].
 * Errors: `stock.level_unknown`. Publishes `stock.document_changed.v1`, `stock.changed.v1`.
 */
export async function wasteGoods(ctx: Ctx, { placeId, reason, note, lines }: Waste): Promise<Result<DocumentId, StockError>> {
  const written = newLines(ctx, lines);
  const variantIds = written.map(({ variantId }) => variantId);
  const levels = await lockLevels(ctx, placeId, variantIds, { makes: false });
  const unknown = variantIds.find((variantId) => !levels.some((level) => level.variantId === variantId));
  if (unknown) return err({ code: "stock.level_unknown", variantId: unknown, placeId });
  const id = await writeDocument(ctx, { kind: "waste", state: "done", placeId, reason, note }, written);
  const bookings = written.map((line) => ({ lineId: line.id, variantId: line.variantId, change: -line.quantity }));
  await bookLines(ctx, id, { placeId, kind: "waste", why: note ?? reason }, bookings);
  return ok(id);
}
