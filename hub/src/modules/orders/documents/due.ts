import type { Locale } from "@weft/contracts";
import type { ChannelId, Id, OrderId, PlaceId, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import type { CompanyId } from "../../companies/index.ts";
import type { NewOrderLine } from "../domain.ts";
import type { OrderCompany, StandingOrder } from "../present-order.ts";
import type { InvoiceAddress } from "./ask.ts";
import type { ReducedLine } from "./plan.ts";

export type DocumentId = Id<"document">;

/** What was given up of an order and stands on no document yet. */
export type OpenReduction = {
  readonly source: string;
  readonly kind: "canceled" | "returned";
  readonly placeId: PlaceId | null;
  readonly lines: readonly ReducedLine[];
  /** The change whose lines they are; null for what was ordered at first. */
  readonly changeId: string | null;
};

/** An invoice that an order has: of the order as it was when it was due, or of what a change brought after that. */
export type GivenInvoice = {
  readonly id: DocumentId;
  readonly number: string;
  readonly language: Locale;
  /** `order`, or `change <id>`. */
  readonly cause: string;
  /** The changes whose lines it says. */
  readonly changeIds: readonly string[];
};

/** The company that a document is for: one that ordered, or a business that asked for it by its VAT number. */
export type InvoicedCompany = Omit<OrderCompany, "id">;

/** An order for which a document is due, with all that it says. */
export type DueOrder = {
  readonly order: Pick<
    StandingOrder,
    "id" | "number" | "record_id" | "entity_id" | "place_id" | "channel_id" | "business_date" | "currency" | "tax_included" | "taxes"
  >;
  readonly lines: readonly (NewOrderLine & { readonly change_id: string | null })[];
  readonly company: InvoicedCompany | null;
  /** The invoice of a month that it stands on, and of which company; null for what is not on account. */
  readonly monthId: DocumentId | null;
  readonly companyId: CompanyId | null;
  /** What a private buyer left, or is called. */
  readonly buyerName: string | null;
  /** Of a private buyer who asked for it: where they live, in which language they read it, and the receipt that it is for [DOC-15]. */
  readonly buyerAddress: InvoiceAddress | null;
  readonly askedIn: Locale | null;
  readonly receipt: string | null;
  readonly language: Locale | null;
  readonly isKnown: boolean;
  /** The first is that of the order. */
  readonly invoices: readonly GivenInvoice[];
  /** Changes that brought something to pay which stands on no invoice yet, the oldest first. */
  readonly additions: readonly string[];
  /** Whether everything that is owed is paid or handed over. */
  readonly isDue: boolean;
  readonly reductions: readonly OpenReduction[];
};

type Row = DueOrder["order"] & Omit<DueOrder, "order">;

/**
 * The orders among these for which a document is due: an invoice when everything is paid or handed over [DOC-6], a credit note when something
 * of an invoiced order was given up (what is on account is invoiced by the month [DOC-11]), and a further invoice when a change brought more that is paid or handed over. A sale at a counter has its receipt, so it is invoiced for a company [DOC-7] and where somebody asks [DOC-15].
 */
export async function dueOrders(
  ctx: Pick<Ctx, "db">,
  orderIds: readonly OrderId[],
  counters: readonly ChannelId[],
): Promise<ReadonlyMap<OrderId, DueOrder>> {
  const { rows } = await sql<Row>`
    select o.id, o.number, o.record_id, o.entity_id, o.place_id, o.channel_id, o.business_date, o.currency, o.tax_included, o.taxes,
      (select jsonb_agg(to_jsonb(l) order by l.position) from orders.order_line l where l.order_id = o.id) as lines,
      case when c.order_id is not null then
             jsonb_build_object('name', c.name, 'vatNumber', c.vat_number, 'country', c.country, 'address', c.address)
           when q.vat_number is not null then
             jsonb_build_object('name', q.name, 'vatNumber', q.vat_number, 'country', q.address ->> 'country', 'address', q.address) end as company,
      coalesce(q.name, contact.name, b.brief ->> 'givenName') as "buyerName", q.address as "buyerAddress", q.language as "askedIn", q.receipt_number as receipt,
      contact.language, coalesce((b.brief -> 'known')::boolean, false) as "isKnown",
      m.document_id as "monthId", m.company_id as "companyId", coalesce(given.invoices, '[]') as invoices, coalesce(a.additions, '[]') as additions, coalesce(r.reductions, '[]') as reductions, due.is_due as "isDue"
    from orders.orders o
    left join orders.order_company c on c.order_id = o.id
    left join orders.account_order m on m.order_id = o.id
    left join orders.contact on contact.order_id = o.id
    left join orders.asked_invoice q on q.order_id = o.id
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', d.id, 'number', d.number, 'language', d.language, 'cause', case when d.order_id is null then 'order' else d.cause end, 'changeIds', (
               select coalesce(jsonb_agg(change_id), '[]') from orders.addition where order_id = o.id and document_id = d.id)) order by d.issued_at, d.sequence) as invoices
      from orders.document d where d.kind = 'invoice' and (d.order_id = o.id or d.id = m.document_id)) given on true
    left join lateral (
      select jsonb_agg(a.change_id order by c.number) as additions from orders.addition a join orders.order_change c on c.id = a.change_id
       where a.order_id = o.id and a.document_id is null) a on true
    left join lateral (
      select jsonb_agg(jsonb_build_object('source', source, 'kind', kind, 'placeId', place_id, 'lines', lines, 'changeId', change_id) order by at, source) as reductions
      from orders.reduction where order_id = o.id and document_id is null) r on true
    cross join lateral (select customers.brief(o.record_id) as brief) b
    cross join lateral (select o.paid > 0 and o.paid - o.refunded >= o.total - o.canceled_amount - o.returned_amount
                            or o.units_fulfilled > 0 and o.units_fulfilled >= o.units_ordered - o.units_canceled as is_due) due
    where o.id = any(${[...orderIds]}::uuid[]) and o.mode <> 'imported' and o.total > 0 and (m.order_id is null or m.document_id is not null)
      and case when given.invoices is not null then r.reductions is not null or a.additions is not null and due.is_due else
        (c.order_id is not null or q.order_id is not null or o.channel_id <> all(${[...counters]}::uuid[])) and due.is_due end`.execute(
    ctx.db,
  );
  return new Map(rows.map((row) => [row.id, { ...row, order: row }]));
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

/** Marks what changes brought as said by this invoice. */
export async function settleAdditions(
  ctx: Pick<Ctx, "db">,
  settled: readonly { readonly changeId: string; readonly documentId: DocumentId }[],
): Promise<void> {
  if (settled.length === 0) return;
  await sql`
    update orders.addition a set document_id = s.document_id
      from unnest(${settled.map(({ changeId }) => changeId)}::uuid[], ${settled.map(({ documentId }) => documentId)}::uuid[]) as s(change_id, document_id)
     where a.change_id = s.change_id`.execute(ctx.db);
}

/** Who a document of a private buyer is for, so that it can be forgotten. */
export type NamedBuyer = {
  readonly documentId: DocumentId;
  readonly recordId: RecordId | null;
  readonly name: string;
  readonly address: InvoiceAddress | null;
};
