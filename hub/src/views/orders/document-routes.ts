import { LOCALES, type Locale, type OrderDocumentView } from "@weft/contracts";
import { asId, err, ok } from "@weft/kernel";
import { dbOn, inTransaction, problemOf, raw, read, sendProblem, type RawCall, type ReadCtx, type Route } from "../../platform/index.ts";
import { auditWrite } from "../../modules/access/index.ts";
import {
  ORDER_PROBLEMS,
  confirmationOf,
  documentById,
  documentsOfOrder,
  drawDocument,
  readOrder,
  type BookEntry,
  type DocumentBrand,
  type DocumentId,
  type OrderError,
  type StoredDocument,
} from "../../modules/orders/index.ts";
import { isOwner, type CompanyId } from "../../modules/companies/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { orderId, viewerOf } from "./rights.ts";

/** What there is in writing of an order, for whoever may see the order itself. */
export const documentRoutes = (brand: DocumentBrand): readonly Route[] => [
  read(
    "orders.documents",
    async (ctx, { params }) => {
      const entry = await entrySeen(ctx, params.id);
      if (!entry) return err<OrderError>({ code: "order.unknown" });
      const seen = await Promise.all((await documentsOfOrder(ctx, entry.order.id)).map((document) => whenSeen(ctx, document)));
      return ok({ items: seen.flat().map(presentDocument) });
    },
    { problems: ORDER_PROBLEMS, audit: ({ params }) => `order/${params.id}` },
  ),
  raw("orders.confirmation", (call) => answerConfirmation(call, brand)),
  raw("documents.pdf", (call) => answerDocument(call, brand)),
];

/** The invoice of a month says all that was ordered for a company: it is for its owners, and for staff [CMP-1]. */
async function whenSeen(ctx: ReadCtx, document: StoredDocument): Promise<StoredDocument[]> {
  return document.companyId === null || (await seesAccount(ctx, document.companyId)) ? [document] : [];
}

async function seesAccount({ db, actor }: ReadCtx, companyId: CompanyId): Promise<boolean> {
  if (actor.staff) return true;
  const { customer } = actor;
  return customer ? isOwner({ db }, companyId, customer.recordId) : false;
}

async function entrySeen(ctx: ReadCtx, id: string): Promise<BookEntry | null> {
  const entry = await readOrder(ctx, orderId(id));
  return entry && (await viewerOf(ctx, entry)) ? entry : null;
}

function presentDocument({
  id,
  orderId: order,
  kind,
  number,
  businessDate,
  issuedAt,
  language,
  currency,
  total,
  tax,
}: StoredDocument): OrderDocumentView {
  const money = (amount: number) => ({ amount, currency });
  return {
    id,
    orderId: order,
    kind,
    number,
    businessDate,
    issuedAt: issuedAt.toISOString(),
    language,
    total: money(total),
    tax: money(tax),
  };
}

async function answerDocument(call: RawCall, brand: DocumentBrand) {
  const ctx = readCtx(call);
  const { id } = call.input.params as { id: string }; // by the contract
  const document = await documentById(ctx, asId<DocumentId>(id));
  if (!document || !(await isSeen(ctx, document))) return refuse(call, { code: "document.unknown" });
  const subject = document.orderId === null ? `company/${document.companyId}` : `order/${document.orderId}`;
  return sendPdf(call, "documents.pdf", subject, `${document.number}.pdf`, await drawDocument(document, brand));
}

async function isSeen(ctx: ReadCtx, { orderId: order, companyId }: StoredDocument): Promise<boolean> {
  if (order !== null) return (await entrySeen(ctx, order)) !== null;
  return companyId !== null && seesAccount(ctx, companyId);
}

async function answerConfirmation(call: RawCall, brand: DocumentBrand) {
  const ctx = readCtx(call);
  const { id } = call.input.params as { id: string }; // by the contract
  const entry = await entrySeen(ctx, id);
  if (!entry || entry.order.mode !== "live") return refuse(call, { code: "order.unknown" });
  const { language = localeOf(call) } = call.input.query as { language?: Locale }; // by the contract
  const confirmation = confirmationOf(entry, await ctx.snapshots.current(placesSnapshot), language);
  return sendPdf(call, "orders.confirmation", `order/${id}`, `${entry.order.number}.pdf`, await drawDocument(confirmation, brand));
}

const readCtx = ({ around }: RawCall): ReadCtx => ({ ...around, db: dbOn(around.pool), now: new Date() });

const localeOf = ({ input }: RawCall): Locale => LOCALES.find((locale) => locale === input.request.locale.slice(0, 2)) ?? "en";

const refuse = ({ request, reply }: RawCall, error: OrderError) =>
  sendProblem(reply, problemOf(error, ORDER_PROBLEMS[error.code], request.id));

/** Who takes whose paper stands in the audit before it leaves; customers take their own [ACC-10]. */
async function sendPdf({ reply, actor, around }: RawCall, action: string, subject: string, fileName: string, pdf: Buffer) {
  if (actor.kind !== "customer" && actor.kind !== "publishable")
    await inTransaction(around, async (ctx) => ok(await auditWrite(ctx, { action, subject })));
  return reply
    .code(200)
    .header("content-disposition", `attachment; filename="${fileName}"`)
    .header("cache-control", "private, no-store")
    .type("application/pdf")
    .send(pdf);
}
