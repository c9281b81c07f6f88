import type { MonthInvoiceView } from "@weft/contracts/client";

export type InvoiceState = "open" | "overdue" | "paid" | "credit";

/** What an invoice of a month is: paid, late, still in time, or more came back than was open. */
export function stateOfInvoice({ open, isOverdue }: Pick<MonthInvoiceView, "open" | "isOverdue">): InvoiceState {
  if (open.amount < 0) return "credit";
  if (open.amount === 0) return "paid";
  return isOverdue ? "overdue" : "open";
}
