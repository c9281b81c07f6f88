import type { Locale, LocalizedText, ReceiptView, RegisterView } from "@weft/contracts/client";
import { businessDate } from "@weft/kernel";
import { LABEL } from "../../../../hub/src/modules/carts/domain/label-price.ts";
import { percentText, toBecause } from "../../../../hub/src/modules/pricing/domain/index.ts";
import { priceText } from "../common/text.ts";
import { t } from "../t.ts";
import { tracedOn, weighedText, type OwnPrices, type PricedTicket, type SaleBody } from "../../../../hub/src/modules/till/domain/index.ts";

type Sold = {
  readonly orderId: string;
  readonly at: string;
  readonly register: RegisterView;
  readonly cashier: string;
  readonly seller: OwnPrices["seller"];
  readonly tenders: SaleBody["tenders"];
  readonly locale: Locale;
  /** Its table; left out of what was sold at the counter. */
  readonly tab?: ReceiptView["tab"];
};

/**
 * The receipt of a sale that this register made by itself, as the hub would write it. Its number is the hub's to give, and so is what the
 * customer has in points: neither is promised here.
 */
export function receiptOf(
  { assessed, view }: PricedTicket,
  { orderId, at, register, cashier, seller, tenders, locale, tab }: Sold,
): ReceiptView {
  const { priced, lines } = assessed;
  const { entity, place } = seller;
  const money = (amount: number) => ({ amount, currency: priced.currency });
  const textIn = (text: LocalizedText): string => text[locale] ?? text.en;
  return {
    number: t("till.receipt.number_later"),
    orderNumber: "–",
    orderId,
    at,
    timeZone: place.timeZone,
    businessDate: businessDate(new Date(at), place.timeZone, place.dayEnd),
    entity: { name: entity.name, vatId: entity.vatId, country: entity.country },
    place: { name: place.name, address: place.address, phone: place.phone },
    company: null,
    ...(tab && { tab: { table: tab.table, name: tab.name } }),
    registerName: register.name,
    cashier,
    lines: lines.flatMap(({ id, name, named, note, isTyped, trace, priced: line }) => {
      if (!line) return [];
      const { quantity, unitPrice, total, taxRate, deposit, because } = line;
      const goods = {
        orderLineId: id,
        name: textIn(name),
        isGiftCard: false,
        options: named.map((option) => textIn(option.name)),
        quantity,
        ...(unitPrice.per.unit === "gram" && { weighed: weighedText(quantity, labeledFrom(because) ?? unitPrice, locale) }),
        ...(isTyped && { isTyped }),
        ...tracedOn(
          trace,
          because.map((reason) => toBecause("price", reason)),
        ),
        ...(note !== undefined && { note }),
        unitPrice: priceText(unitPrice),
        total: money(total - (deposit?.total ?? 0)),
        taxRate: percentText(taxRate),
      };
      if (!deposit) return [goods];
      const each = { amount: deposit.each, scale: 0, currency: priced.currency, per: { quantity: 1, unit: "piece" } } as const;
      const packaging = { name: textIn(deposit.name), isGiftCard: false, options: [], quantity, unitPrice: priceText(each) };
      return [goods, { ...packaging, total: money(deposit.total), taxRate: percentText(deposit.taxRate) }];
    }),
    ...(view.note !== undefined && { note: view.note }),
    toCome: [],
    subtotal: view.totals.subtotal,
    discount: view.totals.discount,
    promotions: priced.promotions.map(({ name, amount }) => ({ name: textIn(name), amount: money(amount) })),
    total: view.totals.total,
    taxes: priced.taxes.map(({ rate, net, tax, gross }) => ({
      rate: percentText(rate),
      net: money(net),
      tax: money(tax),
      gross: money(gross),
    })),
    tenders: tenders.map((tender) => shownTender(tender, money)),
    points: null,
    training: register.training,
    ticket: null,
    tse: entity.country === "DE" ? { state: "waiting" } : null,
    journalHash: null,
  };
}

/** The list price behind the label of a scale. */
function labeledFrom(because: NonNullable<PricedTicket["assessed"]["lines"][number]["priced"]>["because"]) {
  const given = because.find((reason) => reason.kind === "overridden");
  return given?.reason === LABEL ? given.insteadOf : undefined;
}

function shownTender(tender: Sold["tenders"][number], money: (amount: number) => ReceiptView["total"]): ReceiptView["tenders"][number] {
  const { kind, amount } = tender;
  const tip = "right" in tender ? 0 : (tender.tip ?? 0);
  const base = { kind, amount: money(amount), received: null, change: null, rounding: null, tip: tip === 0 ? null : money(tip) };
  if (tender.kind !== "cash") return base;
  const { received, rounding = 0 } = tender;
  const change = money(received - amount - rounding - tip);
  return { ...base, received: money(received), change, rounding: rounding === 0 ? null : money(rounding) };
}
