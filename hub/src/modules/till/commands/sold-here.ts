import type { SoldHereView } from "@weft/contracts";
import { catalogSnapshot, type Catalog } from "../../catalog/index.ts";
import { isGiftCardLine } from "../../checkout/index.ts";
import type { BookEntry, StandingLine } from "../../orders/index.ts";
import type { TenderRow } from "../../payments/index.ts";
import { isServiceLine } from "../../returns/index.ts";
import type { Ctx } from "../../../platform/index.ts";

/**
 * What a register keeps of a sale that the hub completed for it, so that goods of it come back there while the hub is away [TIL-72]: lines, taxes,
 * deposits and tenders as the order has them. Undefined where some of it was not handed over at once, is a gift card or a service, or is not paid:
 * those ask the hub.
 */
export async function soldHere(
  { snapshots }: Pick<Ctx, "snapshots">,
  { order, lines, customer }: BookEntry,
  tenders: readonly TenderRow[],
): Promise<SoldHereView | undefined> {
  const catalog = await snapshots.current(catalogSnapshot);
  const standing = tenders.filter(({ state }) => state !== "failed" && state !== "voided");
  if (!lines.every((line) => isWithCustomer(catalog, line)) || standing.some(({ state }) => state !== "captured")) return undefined;
  const { number, business_date: businessDate, total, currency, tax_included: taxIncluded } = order;
  return {
    orderNumber: number,
    businessDate,
    customerId: customer.id,
    total: { amount: total, currency },
    lines: lines.map((line) => soldLine(line, taxIncluded)),
    tenders: standing.map(({ kind, amount }) => ({ kind, amount })),
  };
}

/** Goods that their customer has in hand, and that can come back like any. */
const isWithCustomer = (catalog: Catalog, line: StandingLine): boolean =>
  line.kind === "goods" && line.fulfilled === line.ordered && !isGiftCardLine(line) && !isServiceLine(catalog, line);

function soldLine(line: StandingLine, taxIncluded: boolean): SoldHereView["lines"][number] {
  const { id, sku, name, options, ordered, unit_price: unitPrice, tax, total, tax_rate: taxRate, deposit, trace } = line;
  return {
    id,
    sku,
    name,
    options: options.map((option) => option.name),
    quantity: ordered,
    unitPrice,
    taxIncluded,
    tax,
    total,
    taxRate,
    deposit,
    ...(trace && { trace }),
  };
}
