import { z } from "zod";
import { IdParams, Instant, LocalDate, Money, Uuid, type Endpoint } from "./shared.ts";

const Currency = z.string().regex(/^[A-Z]{3}$/);

/** An invoice over the orders on account of a company and a month. */
export const MonthInvoice = z
  .object({
    id: Uuid,
    companyId: Uuid,
    companyName: z.string(),
    number: z.string(),
    /** `2026-03`, by the calendar of the places where its orders were placed. */
    month: z.string(),
    businessDate: LocalDate,
    payBy: LocalDate,
    orders: z.int(),
    total: Money,
    /** What credit notes took off it since. */
    credited: Money,
    /** What was booked as paid. */
    paid: Money,
    /** What is still to be paid; below nothing when more came back than was open. */
    open: Money,
    isOverdue: z.boolean(),
  })
  .meta({ id: "MonthInvoice" });

export const InvoicePayment = z
  .object({
    id: Uuid,
    invoiceId: Uuid,
    invoiceNumber: z.string(),
    amount: Money,
    paidOn: LocalDate,
    /** As the statement of the bank calls it. */
    reference: z.string().nullable(),
    at: Instant,
    /** When it was taken back, because it was booked by mistake. */
    undoneAt: Instant.nullable(),
  })
  .meta({ id: "InvoicePayment" });

/** What a company may buy on account, owes and has paid. */
export const CompanyAccount = z
  .object({
    companyId: Uuid,
    credit: z.array(
      z.object({
        currency: z.string(),
        /** Null: it buys nothing more on account in this currency, and owes what it owes. */
        limit: Money.nullable(),
        termsDays: z.int(),
        owed: Money,
        left: Money,
      }),
    ),
    /** Orders on account that stand on no invoice yet. */
    notInvoiced: z.array(z.object({ orders: z.int(), owed: Money })),
    invoices: z.array(MonthInvoice),
    payments: z.array(InvoicePayment),
  })
  .meta({ id: "CompanyAccount" });

const CreditParams = z.object({ id: Uuid, currency: Currency });

export const companyAccountsEndpoints = {
  "companies.account": {
    summary: "What a company may buy on account, what it owes, its invoices by month and what it paid",
    tag: "companies",
    params: IdParams,
    response: CompanyAccount,
    status: 200,
  },
  "companies.setCredit": {
    summary: "Let a company buy on account in a currency, up to what may be open at a time, to be paid so many days after its invoice",
    tag: "companies",
    params: CreditParams,
    body: z.object({
      /** Minor units. */
      limit: z.int().min(0).max(1_000_000_000_000),
      termsDays: z.int().min(0).max(120),
    }),
    response: CompanyAccount,
    status: 200,
  },
  "companies.endCredit": {
    summary: "Nothing more is bought on account in this currency; what is owed stays owed",
    tag: "companies",
    params: CreditParams,
    response: CompanyAccount,
    status: 200,
  },
  "companies.invoiceNow": {
    summary: "Write the invoices over everything on account that stands on none, without waiting for the end of the month",
    tag: "companies",
    params: IdParams,
    response: CompanyAccount,
    status: 200,
    idempotencyKey: "required",
  },
  "companies.bookPayment": {
    summary: "Book what a company paid on an invoice: at most what is open of it",
    tag: "companies",
    params: IdParams,
    body: z.object({
      invoiceId: Uuid,
      /** Minor units of the invoice's currency. */
      amount: z.int().min(1).max(1_000_000_000_000),
      paidOn: LocalDate,
      reference: z.string().trim().min(1).max(140).optional(),
    }),
    response: CompanyAccount,
    status: 200,
    idempotencyKey: "required",
  },
  "companies.undoPayment": {
    summary: "Take back a payment that was booked by mistake: it is owed again",
    tag: "companies",
    params: z.object({ id: Uuid, paymentId: Uuid }),
    response: CompanyAccount,
    status: 200,
    idempotencyKey: "required",
  },
  "invoices.open": {
    summary: "Invoices of companies that are not paid, the longest overdue first",
    tag: "companies",
    response: z.object({ items: z.array(MonthInvoice) }).meta({ id: "OpenInvoices" }),
    status: 200,
  },
} satisfies Record<string, Endpoint>;
