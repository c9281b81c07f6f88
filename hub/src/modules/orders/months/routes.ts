import type { CompanyAccountView, InvoicePaymentView, MonthInvoiceView } from "@weft/contracts";
import { asId, err, ok, type Money, type Result } from "@weft/kernel";
import { read, write, type Ctx, type ReadCtx, type Route } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { creditOf, isCompany, setCredit, type CompanyId } from "../../companies/index.ts";
import type { DocumentId } from "../documents/due.ts";
import { monthInvoicesOf, notInvoicedOf, openInvoices, paymentsOf, type InvoicePayment, type MonthInvoice } from "./account.ts";
import { ACCOUNT_PROBLEMS, bookPayment, undoPayment, type AccountError } from "./book-payment.ts";
import { issueMonths } from "./issue-months.ts";

const PROBLEMS = { problems: ACCOUNT_PROBLEMS };
const AT_ONCE = 500;
const idOf = ({ id }: { readonly id: string }): CompanyId => asId<CompanyId>(id);

/** What companies buy on account: their credit, their invoices and what they paid. */
export const accountRoutes: readonly Route[] = [
  read("companies.account", (ctx, { params }) => accountOf(ctx, idOf(params)), PROBLEMS),
  read("invoices.open", async (ctx) => ok({ items: (await openInvoices(ctx, AT_ONCE)).map(presentInvoice) }), PROBLEMS),
  write(
    "companies.setCredit",
    async (ctx, { params, body }) => {
      const { limit, termsDays } = body;
      const said = `${params.currency} ${limit}, ${termsDays} days`;
      return after(ctx, "companies.setCredit", idOf(params), said, await changeCredit(ctx, params, { limit, termsDays }));
    },
    PROBLEMS,
  ),
  write(
    "companies.endCredit",
    async (ctx, { params }) => after(ctx, "companies.endCredit", idOf(params), params.currency, await changeCredit(ctx, params, null)),
    PROBLEMS,
  ),
  write(
    "companies.invoiceNow",
    async (ctx, { params }) => {
      const written = await issueMonths(ctx, idOf(params), "all");
      return after(ctx, "companies.invoiceNow", idOf(params), `${written}`, ok(null));
    },
    PROBLEMS,
  ),
  write(
    "companies.bookPayment",
    async (ctx, { params, body: { invoiceId, amount, paidOn, reference = null } }) => {
      const wanted = { companyId: idOf(params), invoiceId: asId<DocumentId>(invoiceId), amount, paidOn, reference };
      return after(ctx, "companies.bookPayment", idOf(params), `invoice ${invoiceId}, ${amount}`, await bookPayment(ctx, wanted));
    },
    PROBLEMS,
  ),
  write(
    "companies.undoPayment",
    async (ctx, { params }) =>
      after(
        ctx,
        "companies.undoPayment",
        idOf(params),
        `payment ${params.paymentId}`,
        await undoPayment(ctx, idOf(params), params.paymentId),
      ),
    PROBLEMS,
  ),
];

async function changeCredit(
  ctx: Ctx,
  { id, currency }: { readonly id: string; readonly currency: string },
  terms: { readonly limit: number; readonly termsDays: number } | null,
): Promise<Result<null, AccountError>> {
  const done = await setCredit(ctx, asId<CompanyId>(id), currency, terms);
  if (done.ok) return done;
  return err({ code: done.error.code === "company.archived" ? "company.archived" : "company.unknown" });
}

/** What was done stands in the audit, and the account is answered as it is then. */
async function after(
  ctx: Ctx,
  action: string,
  id: CompanyId,
  reason: string,
  done: Result<null, AccountError>,
): Promise<Result<CompanyAccountView, AccountError>> {
  if (!done.ok) return done;
  await auditWrite(ctx, { action, subject: `company/${id}`, reason });
  return accountOf(ctx, id);
}

async function accountOf(ctx: Pick<ReadCtx, "db">, id: CompanyId): Promise<Result<CompanyAccountView, AccountError>> {
  if (!(await isCompany(ctx, id))) return err({ code: "company.unknown" });
  const credit = await creditOf(ctx, id);
  return ok({
    companyId: id,
    credit: credit.map(({ currency, limit, termsDays, owed, isGiven }) => {
      const money = moneyIn(currency);
      return { currency, limit: isGiven ? money(limit) : null, termsDays, owed: money(owed), left: money(Math.max(0, limit - owed)) };
    }),
    notInvoiced: (await notInvoicedOf(ctx, id)).map(({ currency, orders, owed }) => ({ orders, owed: moneyIn(currency)(owed) })),
    invoices: (await monthInvoicesOf(ctx, id)).map(presentInvoice),
    payments: (await paymentsOf(ctx, id)).map(presentPayment),
  });
}

const moneyIn =
  (currency: string) =>
  (amount: number): Money => ({ amount, currency });

function presentInvoice({ currency, total, credited, paid, open, ...invoice }: MonthInvoice): MonthInvoiceView {
  const money = moneyIn(currency);
  const { id, companyId, companyName, number, month, businessDate, payBy, orders, isOverdue } = invoice;
  return {
    id,
    companyId,
    companyName,
    number,
    month,
    businessDate,
    payBy,
    orders,
    isOverdue,
    total: money(total),
    credited: money(credited),
    paid: money(paid),
    open: money(open),
  };
}

function presentPayment({
  id,
  invoiceId,
  invoiceNumber,
  currency,
  amount,
  paidOn,
  reference,
  at,
  undoneAt,
}: InvoicePayment): InvoicePaymentView {
  return {
    id,
    invoiceId,
    invoiceNumber,
    amount: { amount, currency },
    paidOn,
    reference,
    at: at.toISOString(),
    undoneAt: undoneAt?.toISOString() ?? null,
  };
}
