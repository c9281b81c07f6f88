import { instantOf, lineTotal, type OrderId, type RecordId } from "@weft/kernel";
import type { Ctx } from "../../../platform/index.ts";
import type { Catalog } from "../../catalog/index.ts";
import type { ImportedOrder } from "../../checkout/index.ts";
import type { ImportedReturn, ReturnId } from "../../returns/index.ts";
import type { PastTouch } from "../../touchpoints/index.ts";
import type { Invoice, PlacedLine } from "./gather.ts";
import type { House } from "./house.ts";
import type { SourceLine } from "./line.ts";

type Known = { readonly house: House; readonly catalog: Catalog; readonly recordIds: ReadonlyMap<string, RecordId> };

/** A sale of the source as an order of ours. Prices are as paid; how much of them was tax the source does not say. */
export function orderOf(ctx: Ctx, { id, lines }: Invoice, known: Known): ImportedOrder {
  return {
    ...headOf(id, lines, known),
    id: ctx.newId<OrderId>(),
    placedAt: timeOf(lines, known.house),
    lines: lines.map(({ line }) => ({ ...goodsOf(line, known.catalog), options: [], returned: 0, taxClass: null, taxRate: null })),
    sourceTotal: null,
    refunded: 0,
  };
}

/** A return of the source; it does not say of which sale. */
export function returnOf(ctx: Ctx, { id, lines }: Invoice, known: Known): ImportedReturn {
  return {
    ...headOf(id, lines, known),
    id: ctx.newId<ReturnId>(),
    orderId: null,
    at: timeOf(lines, known.house),
    lines: lines.map(({ line }) => goodsOf(line, known.catalog)),
  };
}

/** A sale or a return on the timeline of its customer, at its own time. Guests have no timeline. */
export function touchOf(document: ImportedOrder | ImportedReturn): PastTouch[] {
  const { recordId, channelId, placeId, externalId, currency, id } = document;
  if (recordId === null) return [];
  const kind = "placedAt" in document ? "order" : "return";
  const total = document.lines.reduce((sum, { unitPrice, quantity }) => sum + lineTotal(unitPrice, quantity), 0);
  return [
    {
      source: `${kind}/${externalId}`,
      recordId,
      channelId,
      placeId,
      kind,
      name: externalId,
      at: "placedAt" in document ? document.placedAt : document.at,
      reference: { kind, id },
      data: { number: externalId, total, currency },
    },
  ];
}

function headOf(externalId: string, lines: readonly PlacedLine[], { house, recordIds }: Known) {
  const customer = lines[0]?.line.customer ?? null;
  return {
    externalId,
    recordId: customer === null ? null : (recordIds.get(customer) ?? null),
    entityId: house.entityId,
    placeId: house.placeId,
    channelId: house.channelId,
    businessDate: firstTime(lines).slice(0, 10),
    timeZone: house.timeZone,
    currency: house.currency,
  };
}

/** A document of several minutes is of its first. */
export const firstTime = (lines: readonly PlacedLine[]): string =>
  lines.reduce((first, { line }) => (line.localTime < first ? line.localTime : first), lines[0]?.line.localTime ?? "");

function timeOf(lines: readonly PlacedLine[], { timeZone }: House): Date {
  const [date = "", clock = ""] = firstTime(lines).split("T");
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return instantOf(date, hours * 60 + minutes, timeZone);
}

/** Goods that the catalog does not have keep the source's code as their name: history may name what is no longer sold. */
function goodsOf({ sku, quantity, unitPrice }: SourceLine, catalog: Catalog) {
  const known = catalog.variantOfSku(sku);
  return {
    sku,
    variantId: known?.variant.id ?? null,
    productId: known?.product.id ?? null,
    name: known?.product.name ?? { en: sku },
    quantity,
    unitPrice,
  };
}
