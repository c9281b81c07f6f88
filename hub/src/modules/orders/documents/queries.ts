import type { Locale } from "@weft/contracts";
import type { OrderId } from "@weft/kernel";
import { sql } from "kysely";
import type { ReadCtx } from "../../../platform/index.ts";
import type { CompanyId } from "../../companies/index.ts";
import type { InvoiceAddress } from "./ask.ts";
import type { DocumentId } from "./due.ts";
import type { DocumentData, DocumentKind } from "./plan.ts";

/** An invoice or credit note as it is kept. */
export type StoredDocument = {
  readonly id: DocumentId;
  /** Null for an invoice over a month. */
  readonly orderId: OrderId | null;
  readonly companyId: CompanyId | null;
  readonly kind: DocumentKind;
  readonly number: string;
  readonly businessDate: string;
  readonly issuedAt: Date;
  readonly language: Locale;
  readonly currency: string;
  readonly total: number;
  readonly tax: number;
  readonly data: DocumentData;
  /** Null for a company, and for a person who left no name or was erased. */
  readonly buyerName: string | null;
  /** Of a private buyer who asked for the invoice of a sale at a counter, until they are erased. */
  readonly buyerAddress: InvoiceAddress | null;
};

const COLUMNS = sql`
  d.id, d.order_id as "orderId", d.company_id as "companyId", d.kind, d.number, d.business_date as "businessDate", d.issued_at as "issuedAt", d.language, d.currency, d.total, d.tax,
  d.data, b.name as "buyerName", b.address as "buyerAddress"`;

/** The invoice and credit notes of an order, the oldest first; of one on account also the invoice of its month. */
export async function documentsOfOrder(ctx: Pick<ReadCtx, "db">, orderId: OrderId): Promise<StoredDocument[]> {
  const { rows } = await sql<StoredDocument>`
    select ${COLUMNS} from orders.document d left join orders.document_buyer b on b.document_id = d.id
    where d.order_id = ${orderId} or d.id = (select document_id from orders.account_order where order_id = ${orderId}) order by d.issued_at, d.kind desc, d.sequence`.execute(
    ctx.db,
  );
  return rows;
}

export async function documentById(ctx: Pick<ReadCtx, "db">, id: DocumentId): Promise<StoredDocument | undefined> {
  const { rows } = await sql<StoredDocument>`
    select ${COLUMNS} from orders.document d left join orders.document_buyer b on b.document_id = d.id where d.id = ${id}`.execute(ctx.db);
  return rows[0];
}
