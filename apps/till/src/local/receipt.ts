import type { Locale, LocalizedText, ReceiptView, RegisterView } from "@weft/contracts/client";
import { businessDate } from "@weft/kernel";
import { percentText } from "../../../../hub/src/modules/pricing/domain/index.ts";
import { priceText } from "../common/text.ts";
import { t } from "../t.ts";
import type { OwnPrices, PricedTicket, SaleBody } from "../../../../hub/src/modules/till/domain/index.ts";

type Sold = {
  readonly orderId: string;
  readonly at: string;
  readonly register: RegisterView;
  readonly cashier: string;
  readonly seller: OwnPrices["seller"];
  readonly tender: SaleBody["tenders"][number] | null;
  readonly locale: Locale;
};

/**
 * The receipt of a sale that this register made by itself, as the hub would write it. Its number is the hub's to give, and so is what the
 * customer has in points: neither is promised here.
 */
export function receiptOf({ assessed, view }: PricedTicket, { orderId, at, register, cashier, seller, tender, locale }: Sold): ReceiptView {
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
    registerName: register.name,
    cashier,
    lines: lines.flatMap(({ name, named, priced: line }) => {
      if (!line) return [];
      const { quantity, unitPrice, total, taxRate, deposit } = line;
      const goods = {
        name: textIn(name),
        isGiftCard: false,
        options: named.map((option) => textIn(option.name)),
        quantity,
        unitPrice: priceText(unitPrice),
        total: money(total - (deposit?.total ?? 0)),
        taxRate: percentText(taxRate),
      };
      if (!deposit) return [goods];
      const each = { amount: deposit.each, scale: 0, currency: priced.currency, per: { quantity: 1, unit: "piece" } } as const;
      const packaging = { name: textIn(deposit.name), isGiftCard: false, options: [], quantity, unitPrice: priceText(each) };
      return [goods, { ...packaging, total: money(deposit.total), taxRate: percentText(deposit.taxRate) }];
    }),
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
    tenders: tender ? [shownTender(tender, money)] : [],
    points: null,
    training: register.training,
    journalHash: null,
  };
}

function shownTender(
  { amount, received, rounding = 0, tip = 0 }: NonNullable<Sold["tender"]>,
  money: (amount: number) => ReceiptView["total"],
): ReceiptView["tenders"][number] {
  return {
    kind: "cash",
    amount: money(amount),
    received: money(received),
    change: money(received - amount - rounding - tip),
    rounding: rounding === 0 ? null : money(rounding),
    tip: tip === 0 ? null : money(tip),
  };
}
