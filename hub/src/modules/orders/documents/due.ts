import type { Locale } from "@weft/contracts";
import type { ChannelId, Id, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { NewOrderLine } from "../domain.ts";
import type { OrderCompany, StandingOrder } from "../present-order.ts";
import type { ReducedLine } from "./plan.ts";

export type DocumentId = Id<"document">;

/** What was given up of an order and stands on no document yet. */
export type OpenReduction = {
  readonly source: string;
  readonly kind: "canceled" | "returned";
  readonly placeId: PlaceId | null;
  readonly lines: readonly ReducedLine[];
};

/** An order for which a document is due, with all that it says. */
export type DueOrder = {
  readonly order: Pick<
    StandingOrder,
    "id" | "number" | "record_id" | "entity_id" | "place_id" | "channel_id" | "business_date" | "currency" | "tax_included" | "taxes"
  >;
  readonly lines: readonly NewOrderLine[];
  readonly company: OrderCompany | null;
  /** What a private buyer left, or is called. */
  readonly buyerName: string | null;
  readonly language: Locale | null;
  readonly isKnown: boolean;
  readonly invoice: { readonly id: DocumentId; readonly number: string; readonly language: Locale } | null;
  readonly reductions: readonly OpenReduction[];
};

type Row = DueOrder["order"] & Omit<DueOrder, "order">;

/**
 * The orders among these for which a document is due: an invoice when everything is paid or handed over [DOC-6], a credit note when something
 * of an invoiced order was given up. A sale at a counter has its receipt, so it is invoiced for a company only [DOC-7].
 */
export async function dueOrders(
  ctx: Pick<Ctx, "db">,
  orderIds: readonly OrderId[],
  counters: readonly ChannelId[],
): Promise<ReadonlyMap<OrderId, DueOrder>> {
  const { rows } = await sql<Row>`
    select o.id, o.number, o.record_id, o.entity_id, o.place_id, o.channel_id, o.business_date, o.currency, o.tax_included, o.taxes,
      (select jsonb_agg(to_jsonb(l) order by l.position) from orders.order_line l where l.order_id = o.id) as lines,
      case when c.order_id is null then null else
        jsonb_build_object('id', c.company_id, 'name', c.name, 'vatNumber', c.vat_number, 'country', c.country, 'address', c.address) end as company,
      coalesce(contact.name, b.brief ->> 'givenName') as "buyerName", contact.language, coalesce((b.brief -> 'known')::boolean, false) as "isKnown",
      case when invoice.id is null then null else
        jsonb_build_object('id', invoice.id, 'number', invoice.number, 'language', invoice.language) end as invoice,
      coalesce(r.reductions, '[]') as reductions
    from orders.orders o
    left join orders.order_company c on c.order_id = o.id
    left join orders.contact on contact.order_id = o.id
    left join orders.document invoice on invoice.order_id = o.id and invoice.kind = 'invoice'
    left join lateral (
      select jsonb_agg(jsonb_build_object('source', source, 'kind', kind, 'placeId', place_id, 'lines', lines) order by at, source) as reductions
      from orders.reduction where order_id = o.id and document_id is null) r on true
    cross join lateral (select customers.brief(o.record_id) as brief) b
    where o.id = any(${[...orderIds]}::uuid[]) and o.mode <> 'imported' and o.total > 0
      and case when invoice.id is not null then r.reductions is not null else
        (c.order_id is not null or o.channel_id <> all(${[...counters]}::uuid[]))
        and (o.paid > 0 and o.paid >= o.total - o.canceled_amount - o.returned_amount
             or o.units_fulfilled > 0 and o.units_fulfilled >= o.units_ordered - o.units_canceled) end`.execute(ctx.db);
  return new Map(
    rows.map(({ lines, company, buyerName, language, isKnown, invoice, reductions, ...order }) => [
      order.id,
      { order, lines, company, buyerName, language, isKnown, invoice, reductions },
    ]),
  );
}

/** Marks what was given up as told by this document. */
export async function settleReductions(
  ctx: Pick<Ctx, "db">,
  settled: readonly { readonly orderId: OrderId; readonly source: string; readonly documentId: DocumentId }[],
): Promise<void> {
  if (settled.length === 0) return;
  await sql`
    update orders.reduction r set document_id = s.document_id
      from unnest(${settled.map(({ orderId }) => orderId)}::uuid[], ${settled.map(({ source }) => source)}::text[],
                  ${settled.map(({ documentId }) => documentId)}::uuid[]) as s(order_id, source, document_id)
     where r.order_id = s.order_id and r.source = s.source`.execute(ctx.db);
}

/** Who a document of a private buyer is for, so that it can be forgotten. */
export type NamedBuyer = { readonly documentId: DocumentId; readonly recordId: RecordId | null; readonly name: string };
