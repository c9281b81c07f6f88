import { err, type OrderId, type Result } from "@weft/kernel";
import type { Ctx, Input } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { readVatNumber } from "../../companies/index.ts";
import { askInvoice, readOrder, type OrderError } from "../../orders/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { languageOf } from "../domain/index.ts";
import { maySee } from "../queries/receipt.ts";
import { ticketOf } from "../queries/ticket.ts";

type Asked = Input<"orders.askInvoice">["body"];

/**
 * Asks for the invoice of a sale, for whoever may see its receipt [DOC-15]. A VAT number has to be one, because it stays on the document for good; what
 * was practiced is invoiced to nobody. It is in the audit. Errors: `invoice.vat_number`, those of `askInvoice`.
 */
export async function askForInvoice(
  ctx: Ctx,
  orderId: OrderId,
  { name, address, vatNumber, language }: Asked,
): Promise<Result<"asked" | "stands", OrderError>> {
  const entry = await readOrder(ctx, orderId);
  if (!entry || !(await maySee(ctx, entry))) return err({ code: "order.unknown" });
  const { country, line2, ...where } = address;
  const vat = vatNumber === undefined ? null : readVatNumber(country, vatNumber);
  if (vat && "problem" in vat) return err({ code: "invoice.vat_number", problem: vat.problem });
  const ticket = await ticketOf(ctx, orderId);
  if (ticket?.training) return err({ code: "invoice.not_possible", because: "training" });
  const { entities } = await ctx.snapshots.current(placesSnapshot);
  const asked = await askInvoice(ctx, orderId, {
    name,
    address: { ...where, line2: line2 === "" ? null : line2, country },
    vatNumber: vat?.value ?? null,
    language: language ?? languageOf(entities.get(entry.order.entity_id)?.country ?? ""),
    receiptNumber: ticket?.number ?? null,
  });
  if (asked.ok && asked.value === "asked") await auditWrite(ctx, { action: "orders.askInvoice", subject: `order/${orderId}` });
  return asked;
}
