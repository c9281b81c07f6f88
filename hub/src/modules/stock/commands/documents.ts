import { err, ok, type BusinessDate, type PlaceId, type Result, type StaffId, type VariantId } from "@weft/kernel";
import { sql } from "kysely";
import { auditWrite } from "../../access/index.ts";
import { publish, type Ctx } from "../../../platform/index.ts";
import type { DocumentId, DocumentKind, DocumentLine, DocumentLineId, DocumentState, LockedLevel, StockDocument } from "../domain/index.ts";
import type { StockError } from "../errors.ts";
import { StockDocumentChanged } from "../events.ts";
import { findDocument, linesOf } from "../queries/documents.ts";

/** What each new document says of itself. */
export type NewDocument = {
  readonly kind: DocumentKind;
  readonly state: DocumentState;
  readonly placeId: PlaceId;
  readonly fromPlaceId?: PlaceId;
  readonly partner?: string | null;
  readonly reason?: string;
  readonly note: string | null;
  readonly expectedOn?: BusinessDate | null;
};

type NewLine = { readonly id: DocumentLineId; readonly variantId: VariantId; readonly quantity: number };

/** Writes a document with its lines, who made it, and the audit entry. Publishes `stock.document_changed.v1`. */
export async function writeDocument(ctx: Ctx, given: NewDocument, lines: readonly NewLine[]): Promise<DocumentId> {
  const id = ctx.newId<DocumentId>();
  const staff = by(ctx);
  const isDone = given.state === "done";
  await ctx.db
    .insertInto("stock.document")
    .values({
      id,
      kind: given.kind,
      state: given.state,
      place_id: given.placeId,
      from_place_id: given.fromPlaceId ?? null,
      partner: given.partner ?? null,
      reason: given.reason ?? null,
      note: given.note,
      expected_on: given.expectedOn ?? null,
      created_at: ctx.now,
      created_by: staff.id,
      created_by_name: staff.name,
      done_at: isDone ? ctx.now : null,
      done_by: isDone ? staff.id : null,
      done_by_name: isDone ? staff.name : null,
    })
    .execute();
  if (lines.length > 0)
    await ctx.db
      .insertInto("stock.document_line")
      .values(lines.map((line) => ({ document_id: id, variant_id: line.variantId, id: line.id, quantity: line.quantity })))
      .execute();
  await tell(ctx, { id, fromPlaceId: null, ...given });
  return id;
}

/** Locks a document of one kind in one state. Errors: `stock.document_unknown`, `stock.document_ended`. */
export async function lockDocument(
  ctx: Ctx,
  id: DocumentId,
  wanted: { readonly kind?: DocumentKind; readonly states: readonly DocumentState[] },
): Promise<Result<{ readonly document: StockDocument; readonly lines: readonly DocumentLine[] }, StockError>> {
  await sql`select from stock.document where id = ${id} for update`.execute(ctx.db);
  const document = await findDocument(ctx, id);
  if (!document || (wanted.kind !== undefined && document.kind !== wanted.kind)) return err({ code: "stock.document_unknown" });
  if (!wanted.states.includes(document.state)) return err({ code: "stock.document_ended", state: document.state });
  return ok({ document, lines: await linesOf(ctx, [id]) });
}

/** Ends a document. Publishes `stock.document_changed.v1`. */
export async function endDocument(ctx: Ctx, document: StockDocument, state: "done" | "discarded"): Promise<void> {
  const staff = by(ctx);
  await ctx.db
    .updateTable("stock.document")
    .set({ state, done_at: ctx.now, done_by: staff.id, done_by_name: staff.name })
    .where("id", "=", document.id)
    .execute();
  await tell(ctx, { ...document, state });
}

/** Tells and audits that a document was made, went on, or ended. */
async function tell(
  ctx: Ctx,
  { id, kind, state, placeId, fromPlaceId }: Pick<StockDocument, "id" | "kind" | "state" | "placeId" | "fromPlaceId">,
): Promise<void> {
  await auditWrite(ctx, { action: `stock.${kind}.${state}`, subject: `document/${id}` });
  await publish(ctx, StockDocumentChanged, `document/${id}`, { documentId: id, kind, state, placeId, fromPlaceId });
}

/** The levels of some variants at a place, locked in their order [STK-5]. `makes`: those that are missing are made. */
export async function lockLevels(
  ctx: Ctx,
  placeId: PlaceId,
  variantIds: readonly VariantId[],
  { makes }: { readonly makes: boolean },
): Promise<LockedLevel[]> {
  const { rows } = await sql<LockedLevel>`
    select variant_id as "variantId", on_hand as "onHand", unpromised
      from stock.lock_for_document(${variantIds}::uuid[], ${placeId}, ${makes})`.execute(ctx.db);
  return rows;
}

export type Booking = { readonly lineId: string; readonly variantId: VariantId; readonly change: number };

/**
 * Books lines of a document at a place whose levels are locked; one movement per document and line id [STK-6]. What was promised and is
 * gone becomes a conflict [STK-3]. Publishes `stock.changed.v1`.
 */
export async function bookLines(
  ctx: Ctx,
  documentId: DocumentId,
  at: {
    readonly placeId: PlaceId;
    readonly kind: "receipt" | "waste" | "transfer_in" | "transfer_out" | "count";
    readonly why: string | null;
  },
  bookings: readonly Booking[],
): Promise<void> {
  if (bookings.length === 0) return;
  const staff = by(ctx);
  await sql`
    select stock.book_lines(${documentId}, ${at.kind}, ${at.placeId}, ${bookings.map(({ lineId }) => lineId)}::uuid[],
      ${bookings.map(({ variantId }) => variantId)}::uuid[], ${bookings.map(({ change }) => change)}::integer[],
      ${ctx.actor.channelId}, ${staff.id}, ${staff.name}, ${at.why})`.execute(ctx.db);
}

/** Who acts, as documents keep it. */
function by({ actor: { staff } }: Ctx): { readonly id: StaffId | null; readonly name: string | null } {
  return { id: staff?.id ?? null, name: staff?.name ?? null };
}
