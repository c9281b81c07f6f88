import { err, ok, type BusinessDate, type PlaceId, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { arrivalOf, shortToSend, type DocumentId, type DocumentLine, type StockDocument, type WantedUnits } from "../domain/index.ts";
import type { StockError } from "../errors.ts";
import { bookLines, endDocument, lockDocument, lockLevels, writeDocument } from "./documents.ts";
import { newLines } from "./goods-in-and-out.ts";

export type Transfer = {
  readonly fromPlaceId: PlaceId;
  readonly placeId: PlaceId;
  readonly note: string | null;
  /** The day on which it is expected, on the calendar of the place that it goes to. */
  readonly expectedOn?: BusinessDate | null;
  readonly lines: readonly WantedUnits[];
};

/**
 * Sends goods to another place: they leave on hand here, and are incoming there until they are received. What is promised to somebody
 * stays [STK-10]. Errors: `stock.same_place`, `stock.level_unknown`, `stock.short_to_send`. Publishes `stock.document_changed.v1`,
 * `stock.changed.v1`.
 */
export async function dispatchTransfer(
  ctx: Ctx,
  { fromPlaceId, placeId, note, expectedOn = null, lines }: Transfer,
): Promise<Result<DocumentId, StockError>> {
  if (fromPlaceId === placeId) return err({ code: "stock.same_place", placeId });
  const written = newLines(ctx, lines);
  const levels = await lockLevels(
    ctx,
    fromPlaceId,
    written.map(({ variantId }) => variantId),
    { makes: false },
  );
  const short = shortToSend(written, levels);
  if (short?.available === null) return err({ code: "stock.level_unknown", variantId: short.variantId, placeId: fromPlaceId });
  if (short)
    return err({
      code: "stock.short_to_send",
      variantId: short.variantId,
      placeId: fromPlaceId,
      requested: short.quantity,
      available: short.available,
    });
  const id = await writeDocument(ctx, { kind: "transfer", state: "in_transit", placeId, fromPlaceId, note, expectedOn }, written);
  const bookings = written.map((line) => ({ lineId: line.id, variantId: line.variantId, change: -line.quantity }));
  await bookLines(ctx, id, { placeId: fromPlaceId, kind: "transfer_out", why: note }, bookings);
  return ok(id);
}

/**
 * Receives a transfer [STK-11]: what is not named arrived as it was sent, a difference stays on the document. Received twice it is
 * refused. Orders that waited for what did not come wait no more [STK-18]. Errors: `stock.document_unknown`, `stock.document_ended`,
 * `stock.line_unknown`. Publishes `stock.document_changed.v1`, `stock.changed.v1`, `stock.missed.v1`.
 */
export async function receiveTransfer(ctx: Ctx, id: DocumentId, given: readonly WantedUnits[]): Promise<Result<void, StockError>> {
  const found = await lockDocument(ctx, id, { kind: "transfer", states: ["in_transit"] });
  if (!found.ok) return found;
  const { document, lines } = found.value;
  const arrived = arrivalOf(lines, given);
  if (!arrived) return err({ code: "stock.line_unknown" });
  await arrive(ctx, document, arrived, document.placeId);
  await endDocument(ctx, document, "done");
  await missWhatCameShort(ctx, document, lines);
  return ok(undefined);
}

/** Orders that waited at the place of a transfer, which has ended, for what is not on its way any more are owed it there [STK-18]. */
export async function missWhatCameShort(ctx: Ctx, { id, placeId }: StockDocument, lines: readonly DocumentLine[]): Promise<void> {
  await sql`select stock.miss_what_came_short(${id}, ${placeId}, ${lines.map(({ variantId }) => variantId)}::uuid[])`.execute(ctx.db);
}

/** Takes a transfer back: everything is on hand again where it came from. The caller holds the document's lock. */
export async function takeTransferBack(ctx: Ctx, document: StockDocument, lines: readonly DocumentLine[]): Promise<void> {
  const backAt = document.fromPlaceId;
  if (backAt === null) throw new Error(`transfer ${document.id} comes from nowhere`);
  // Those who wait where it was to go are looked at next: the levels of both places are locked in their order [STK-5].
  const variants = lines.map(({ variantId }) => variantId);
  const both = [...variants.map(() => backAt), ...variants.map(() => document.placeId)];
  await sql`select stock.lock_levels(${[...variants, ...variants]}::uuid[], ${both}::uuid[])`.execute(ctx.db);
  await arrive(ctx, document, arrivalOf(lines, []) ?? [], backAt);
}

async function arrive(ctx: Ctx, { id, note }: StockDocument, lines: readonly DocumentLine[], placeId: PlaceId): Promise<void> {
  await sql`
    update stock.document_line l set received = t.received
      from unnest(${lines.map(({ variantId }) => variantId)}::uuid[], ${lines.map(({ received }) => received)}::integer[]) as t(variant, received)
     where l.document_id = ${id} and l.variant_id = t.variant`.execute(ctx.db);
  await lockLevels(
    ctx,
    placeId,
    lines.map(({ variantId }) => variantId),
    { makes: true },
  );
  // A transfer moves a line twice: out under the line's id, in under its variant's [STK-6].
  const bookings = lines.map(({ variantId, received }) => ({ lineId: variantId, variantId, change: received ?? 0 }));
  await bookLines(ctx, id, { placeId, kind: "transfer_in", why: note }, bookings);
}
