import type { OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { CompanyId } from "../../companies/index.ts";
import type { DocumentId } from "../documents/due.ts";

export type InvoicePaymentId = string;

/** Whether an order on account stands on the invoice of its month already. */
export async function isInvoiced(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<boolean> {
  const { rows } = await sql`select 1 from orders.account_order where order_id = ${orderId} and document_id is not null`.execute(ctx.db);
  return rows.length > 0;
}

/** An invoice of a month with what is open of it, in minor units; below nothing when more came back than was open. */
export type MonthInvoice = {
  readonly id: DocumentId;
  readonly companyId: CompanyId;
  readonly companyName: string;
  readonly number: string;
  readonly month: string;
  readonly businessDate: string;
  readonly payBy: string;
  readonly currency: string;
  readonly total: number;
  readonly orders: number;
  readonly credited: number;
  readonly paid: number;
  readonly open: number;
  readonly isOverdue: boolean;
};

export type InvoicePayment = {
  readonly id: InvoicePaymentId;
  readonly invoiceId: DocumentId;
  readonly invoiceNumber: string;
  readonly currency: string;
  readonly amount: number;
  readonly paidOn: string;
  readonly reference: string | null;
  readonly at: Date;
  readonly undoneAt: Date | null;
};

const INVOICE = sql`d.id, d.company_id as "companyId", d.data -> 'company' ->> 'name' as "companyName", d.number, to_char(d.month, 'YYYY-MM') as month,
  d.business_date as "businessDate", d.pay_by as "payBy", d.currency, d.total, owed.orders, credit.credited, paid.paid, owed.owed - paid.paid as open,
  owed.owed - paid.paid > 0 and d.pay_by < (now() at time zone d.time_zone)::date as "isOverdue"`;
const FROM = sql`orders.document d
  cross join lateral (select count(distinct a.order_id)::integer as orders, coalesce(sum(t.owed), 0)::bigint as owed
    from orders.account_order a left join payments.read_account_tender t on t.order_id = a.order_id where a.document_id = d.id) owed
  cross join lateral (select coalesce(sum(p.amount), 0)::bigint as paid from orders.invoice_payment p where p.document_id = d.id and p.undone_at is null) paid
  cross join lateral (select coalesce(sum(c.total), 0)::bigint as credited from orders.document c where c.reverses = d.id) credit`;

/** The invoices of a company over its orders on account, the newest first: ten years of months. */
export async function monthInvoicesOf(ctx: Pick<ReadCtx, "db">, companyId: CompanyId): Promise<MonthInvoice[]> {
  const { rows } = await sql<MonthInvoice>`
    select ${INVOICE} from ${FROM} where d.company_id = ${companyId} order by d.issued_at desc, d.sequence desc limit 200`.execute(ctx.db);
  return rows;
}

/** One invoice of a month; undefined when it is none of this company. */
export async function monthInvoice(ctx: Pick<ReadCtx, "db">, companyId: CompanyId, id: DocumentId): Promise<MonthInvoice | undefined> {
  const { rows } = await sql<MonthInvoice>`select ${INVOICE} from ${FROM} where d.company_id = ${companyId} and d.id = ${id}`.execute(
    ctx.db,
  );
  return rows[0];
}

/** What companies have not paid yet, the longest overdue first. */
export async function openInvoices(ctx: Pick<ReadCtx, "db">, limit: number): Promise<MonthInvoice[]> {
  const { rows } = await sql<MonthInvoice>`
    select ${INVOICE} from ${FROM} where d.company_id is not null and owed.owed - paid.paid > 0
     order by d.pay_by, d.number limit ${limit}`.execute(ctx.db);
  return rows;
}

/** What was booked as paid on the invoices of a company, the newest first. */
export async function paymentsOf(ctx: Pick<ReadCtx, "db">, companyId: CompanyId): Promise<InvoicePayment[]> {
  const { rows } = await sql<InvoicePayment>`
    select p.id, p.document_id as "invoiceId", d.number as "invoiceNumber", p.currency, p.amount, p.paid_on as "paidOn", p.reference, p.at,
           p.undone_at as "undoneAt"
      from orders.invoice_payment p join orders.document d on d.id = p.document_id
     where p.company_id = ${companyId} order by p.at desc, p.id desc limit 200`.execute(ctx.db);
  return rows;
}

/** What a company owes for orders that stand on no invoice yet, per currency. */
export async function notInvoicedOf(
  ctx: Pick<ReadCtx, "db">,
  companyId: CompanyId,
): Promise<{ readonly currency: string; readonly orders: number; readonly owed: number }[]> {
  const { rows } = await sql<{ currency: string; orders: number; owed: number }>`
    select t.currency, count(distinct a.order_id)::integer as orders, sum(t.owed)::bigint as owed
      from orders.account_order a join payments.read_account_tender t on t.order_id = a.order_id
     where a.company_id = ${companyId} and a.document_id is null group by 1 having sum(t.owed) <> 0 order by 1`.execute(ctx.db);
  return rows;
}
