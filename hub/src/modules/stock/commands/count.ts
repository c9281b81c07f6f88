import { err, ok, type PlaceId, type Result, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { judgeCount, type DocumentId, type DocumentLineId, type WantedUnits } from "../domain/index.ts";
import type { StockError } from "../errors.ts";
import { bookLines, endDocument, lockDocument, lockLevels, writeDocument } from "./documents.ts";
import { missWhatCameShort, takeTransferBack } from "./transfer.ts";

/** Begins a count of a place; several may go on at once, for several rooms. Publishes `stock.document_changed.v1`. */
export async function startCount(ctx: Ctx, placeId: PlaceId, note: string | null): Promise<Result<DocumentId, StockError>> {
  return ok(await writeDocument(ctx, { kind: "count", state: "open", placeId, note }, []));
}

/**
 * Notes figures that were counted, each with what is on hand at this moment [STK-7]. A line counted again takes the new figures.
 * Errors: `stock.document_unknown`, `stock.document_ended`, `stock.line_booked`.
 */
export async function countLines(ctx: Ctx, id: DocumentId, counted: readonly WantedUnits[]): Promise<Result<void, StockError>> {
  const found = await lockDocument(ctx, id, { kind: "count", states: ["open"] });
  if (!found.ok) return found;
  const booked = found.value.lines.find((line) => line.isBooked && counted.some(({ variantId }) => variantId === line.variantId));
  if (booked) return err({ code: "stock.line_booked", variantId: booked.variantId });
  const figures = new Map(counted.map(({ variantId, quantity }) => [variantId, quantity]));
  await sql`
    insert into stock.document_line as d (document_id, variant_id, id, quantity, started_from)
    select ${id}, t.variant, t.line, t.quantity, coalesce(l.on_hand, 0)
      from unnest(${[...figures.keys()]}::uuid[], ${[...figures.keys()].map(() => ctx.newId<DocumentLineId>())}::uuid[], ${[...figures.values()]}::integer[])
             as t(variant, line, quantity)
      left join stock.level l on l.variant_id = t.variant and l.place_id = ${found.value.document.placeId}
    on conflict (document_id, variant_id) do update set quantity = excluded.quantity, started_from = excluded.started_from`.execute(ctx.db);
  return ok(undefined);
}

/**
 * Books the lines of a count, or those of some variants, whose figure has not moved since they were counted; the others stay open and are
 * counted again [STK-7]. With its last line the count is done. Errors: `stock.document_unknown`, `stock.document_ended`,
 * `stock.line_unknown`. Publishes `stock.changed.v1`, and `stock.document_changed.v1` when it is done.
 */
export async function postCount(ctx: Ctx, id: DocumentId, only: readonly VariantId[] | null): Promise<Result<void, StockError>> {
  const found = await lockDocument(ctx, id, { kind: "count", states: ["open"] });
  if (!found.ok) return found;
  const { document, lines } = found.value;
  if (only?.some((variantId) => !lines.some((line) => line.variantId === variantId))) return err({ code: "stock.line_unknown" });
  const wanted = lines.filter(({ variantId, isBooked }) => !isBooked && (only === null || only.includes(variantId)));
  const levels = await lockLevels(
    ctx,
    document.placeId,
    wanted.map(({ variantId }) => variantId),
    { makes: true },
  );
  const { booked } = judgeCount(wanted, levels);
  const bookings = booked.map(({ line, change }) => ({ lineId: line.id, variantId: line.variantId, change }));
  await bookLines(ctx, id, { placeId: document.placeId, kind: "count", why: document.note }, bookings);
  await sql`
    update stock.document_line set booked_at = ${ctx.now}
     where document_id = ${id} and variant_id = any (${booked.map(({ line }) => line.variantId)}::uuid[])`.execute(ctx.db);
  const open = lines.filter(({ isBooked }) => !isBooked).length - booked.length;
  if (open === 0) await endDocument(ctx, document, "done");
  return ok(undefined);
}

/**
 * Ends a count without booking what is left of it, or takes a transfer back that has not arrived: orders that waited for it wait no more [STK-18].
 * Errors: `stock.document_unknown`, `stock.document_ended`. Publishes `stock.document_changed.v1`, `stock.changed.v1` for goods that came back, and
 * `stock.missed.v1`.
 */
export async function discardDocument(ctx: Ctx, id: DocumentId): Promise<Result<void, StockError>> {
  const found = await lockDocument(ctx, id, { states: ["open", "in_transit"] });
  if (!found.ok) return found;
  const { document, lines } = found.value;
  if (document.kind === "transfer") await takeTransferBack(ctx, document, lines);
  await endDocument(ctx, document, "discarded");
  if (document.kind === "transfer") await missWhatCameShort(ctx, document, lines);
  return ok(undefined);
}
