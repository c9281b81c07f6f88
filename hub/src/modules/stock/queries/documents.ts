import type { PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { DocumentId, DocumentKind, DocumentLine, StockDocument } from "../domain/index.ts";

type Reader = Pick<ReadCtx, "db">;

const COLUMNS = sql`d.id, d.number::integer as number, d.kind, d.state, d.place_id as "placeId", d.from_place_id as "fromPlaceId", d.partner,
  d.reason, d.note, d.expected_on::text as "expectedOn", d.created_at as "createdAt", d.created_by as "createdBy", d.created_by_name as "createdByName", d.done_at as "doneAt",
  d.done_by_name as "doneByName"`;

/** One document without its lines; undefined when there is none. */
export async function findDocument(ctx: Reader, id: DocumentId): Promise<StockDocument | undefined> {
  const { rows } = await sql<StockDocument>`select ${COLUMNS} from stock.document d where d.id = ${id}`.execute(ctx.db);
  return rows[0];
}

/** The lines of some documents, in the order in which they were written. */
export async function linesOf(ctx: Reader, ids: readonly DocumentId[]): Promise<DocumentLine[]> {
  const { rows } = await sql<DocumentLine>`
    select id, variant_id as "variantId", quantity, received, started_from as "startedFrom", booked_at is not null as "isBooked"
      from stock.document_line where document_id = any (${ids}::uuid[]) order by id`.execute(ctx.db);
  return rows;
}

/** A document of a list, with what its lines come to. */
export type ListedDocument = StockDocument & { readonly lines: number; readonly units: number; readonly difference: number | null };

/** Documents that concern some places, newest first. `difference`: received − sent, or counted − what was on hand then. */
export async function documentPage(
  ctx: Reader,
  {
    kind,
    isOpen,
    placeIds,
    before,
    limit,
  }: {
    readonly kind: DocumentKind | null;
    readonly isOpen: boolean | null;
    readonly placeIds: readonly PlaceId[] | null;
    readonly before: string | null;
    readonly limit: number;
  },
): Promise<ListedDocument[]> {
  const { rows } = await sql<ListedDocument>`
    select ${COLUMNS}, s.lines, s.units, s.difference
      from stock.document d
     cross join lateral (
       select count(*)::integer as lines, coalesce(sum(l.quantity), 0)::integer as units,
              sum(case when d.kind = 'transfer' then l.received - l.quantity else l.quantity - l.started_from end)::integer as difference
         from stock.document_line l where l.document_id = d.id) as s
     where (${kind}::text is null or d.kind = ${kind}) and (${isOpen}::boolean is null or (d.done_at is null) = ${isOpen})
       and (${placeIds}::uuid[] is null or d.place_id = any (${placeIds}::uuid[]) or d.from_place_id = any (${placeIds}::uuid[]))
       and (${before}::uuid is null or d.id < ${before})
     order by d.id desc limit ${limit}`.execute(ctx.db);
  return rows;
}
