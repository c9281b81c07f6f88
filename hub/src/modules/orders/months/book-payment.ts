import { asId, businessDate, err, ok, type Id, type Money, type OrderId, type Problems, type Result } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { lockForBooking, type CompanyId } from "../../companies/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { entityOf } from "../documents/data.ts";
import type { DocumentId } from "../documents/due.ts";
import { monthInvoice } from "./account.ts";
import { tellOrders } from "./issue-months.ts";

export type AccountError =
  | { readonly code: "company.unknown" }
  | { readonly code: "company.archived" }
  | { readonly code: "invoice.unknown" }
  | { readonly code: "invoice.overpaid"; readonly open: Money }
  | { readonly code: "invoice.paid_later" }
  | { readonly code: "invoice.payment_unknown" };

export const ACCOUNT_PROBLEMS: Problems<AccountError> = {
  "company.unknown": { status: 404, title: "There is no such company" },
  "company.archived": { status: 409, title: "This company is archived: bring it back first" },
  "invoice.unknown": { status: 404, title: "This company has no such invoice" },
  "invoice.overpaid": { status: 409, title: "That is more than is open of this invoice" },
  "invoice.paid_later": { status: 422, title: "A payment is booked when it has come in" },
  "invoice.payment_unknown": { status: 404, title: "There is no such payment, or it was taken back already" },
};

export type WantedPayment = {
  readonly companyId: CompanyId;
  readonly invoiceId: DocumentId;
  /** Minor units of the invoice's currency. */
  readonly amount: number;
  readonly paidOn: string;
  readonly reference: string | null;
};

/**
 * Books what a company paid on an invoice of a month [DOC-12]: at most what is open of it, under the company's lock. When nothing is open any
 * more its orders show as paid. Errors: `company.unknown`, `invoice.unknown`, `invoice.overpaid` with what is open, `invoice.paid_later`.
 * Publishes `order.changed.v1` for the orders that show otherwise then.
 */
export async function bookPayment(ctx: Ctx, wanted: WantedPayment): Promise<Result<null, AccountError>> {
  const { companyId, invoiceId, amount, paidOn, reference } = wanted;
  if (!(await lockForBooking(ctx, companyId))) return err({ code: "company.unknown" });
  const invoice = await monthInvoice(ctx, companyId, invoiceId);
  if (!invoice) return err({ code: "invoice.unknown" });
  const { currency, open } = invoice;
  if (amount > open) return err({ code: "invoice.overpaid", open: { amount: Math.max(0, open), currency } });
  const books = await booksOf(ctx, invoiceId);
  if (paidOn > books.today) return err({ code: "invoice.paid_later" });
  const id = ctx.newId<Id<"invoice payment">>();
  await sql`
    insert into orders.invoice_payment (id, document_id, company_id, currency, amount, paid_on, reference, staff_id, at)
    values (${id}, ${invoiceId}, ${companyId}, ${currency}, ${amount}, ${paidOn}::date, ${reference}, ${ctx.actor.staff?.id ?? null}, ${ctx.now})`.execute(
    ctx.db,
  );
  await charge(ctx, { ...books, id, kind: "payment", companyId, currency, amount: -amount });
  await settleIfPaid(ctx, companyId, invoiceId);
  return ok(null);
}

/**
 * Takes back what was booked by mistake [DOC-12]: it is owed again, and both movements stay in the ledger. Errors: `company.unknown`,
 * `invoice.payment_unknown`. Publishes as `bookPayment`.
 */
export async function undoPayment(ctx: Ctx, companyId: CompanyId, id: string): Promise<Result<null, AccountError>> {
  if (!(await lockForBooking(ctx, companyId))) return err({ code: "company.unknown" });
  const { rows } = await sql<{ documentId: DocumentId; amount: number; currency: string }>`
    update orders.invoice_payment set undone_at = ${ctx.now}, undone_by = ${ctx.actor.staff?.id ?? null}
     where id = ${id} and company_id = ${companyId} and undone_at is null returning document_id as "documentId", amount, currency`.execute(
    ctx.db,
  );
  const [undone] = rows;
  if (!undone) return err({ code: "invoice.payment_unknown" });
  const { documentId, amount, currency } = undone;
  await charge(ctx, { ...(await booksOf(ctx, documentId)), id, kind: "payment_undone", companyId, currency, amount });
  await settleIfPaid(ctx, companyId, documentId);
  return ok(null);
}

type Books = { readonly entityId: string; readonly channelId: string; readonly zone: string; readonly today: string };

/** In whose books, and on which day of theirs, something about an invoice is written. */
async function booksOf(ctx: Ctx, id: DocumentId): Promise<Books> {
  const { rows } = await sql<{ entityId: string; channelId: string }>`
    select entity_id as "entityId", channel_id as "channelId" from orders.document where id = ${id}`.execute(ctx.db);
  const [row] = rows;
  if (!row) throw new Error(`the invoice ${id} was read before and is not there`);
  const { timeZone } = entityOf(await ctx.snapshots.current(placesSnapshot), asId(row.entityId));
  return { ...row, zone: timeZone, today: businessDate(ctx.now, timeZone, 0) };
}

type Movement = Books & {
  readonly id: string;
  readonly kind: "payment" | "payment_undone";
  readonly companyId: CompanyId;
  readonly currency: string;
  readonly amount: number;
};

async function charge(ctx: Ctx, { id, kind, companyId, currency, amount, entityId, channelId, zone, today }: Movement): Promise<void> {
  const because = JSON.stringify({ kind });
  await sql`
    select ledger.charge_company(${kind}, 'invoice_payment', ${id}, ${companyId}, ${currency}, ${amount}, ${entityId}, null, ${channelId}, ${today}::date, ${zone},
      ${ctx.actor.kind}, ${ctx.actor.staff?.id ?? null}, ${because}::jsonb, ${ctx.now})`.execute(ctx.db);
}

/** The orders of an invoice show as paid when nothing is open of it, and as owed again when something is. The caller holds the company's lock. */
export async function settleIfPaid(ctx: Ctx, companyId: CompanyId, id: DocumentId): Promise<void> {
  const invoice = await monthInvoice(ctx, companyId, id);
  if (!invoice) return;
  const { rows } = await sql<{ orderId: OrderId; isSettled: boolean }>`
    select a.order_id as "orderId", bool_and(t.settled_at is not null) as "isSettled" from orders.account_order a
      join payments.read_account_tender t on t.order_id = a.order_id where a.document_id = ${id} group by 1 order by 1`.execute(ctx.db);
  const isPaid = invoice.open <= 0;
  const orderIds = rows.filter(({ isSettled }) => isSettled !== isPaid).map(({ orderId }) => orderId);
  if (orderIds.length === 0) return;
  await sql`select payments.settle_account(${orderIds}::uuid[], ${isPaid ? ctx.now : null})`.execute(ctx.db);
  await sql`
    update orders.orders o set on_account = p.on_account from payments.read_paid p
     where o.id = any(${orderIds}::uuid[]) and p.order_id = o.id`.execute(ctx.db);
  await tellOrders(ctx, orderIds);
}
