import { NOT_TAXABLE, percentOf, taxKeyOf, type TaxKey } from "./taxes.ts";

/** Part of a voucher under one key of tax. Amounts in minor units. */
export type VoucherTax = { readonly tax: TaxKey; readonly gross: number; readonly net: number; readonly vat: number };

export type VoucherLine = {
  readonly text: string;
  /** Kind of business case (DSFinV-K, Anhang C). */
  readonly kind: string;
  readonly name: string;
  readonly sku: string;
  readonly isEatenIn: boolean;
  /** Pieces, or kilograms of weighed goods. */
  readonly quantity: number;
  readonly unit: string;
  readonly taxed: VoucherTax;
  /** What was taken off, gross and above zero. */
  readonly discount: number;
};

export type VoucherPayment = { readonly kind: "Bar" | "Unbar" | "Keine"; readonly name: string; readonly amount: number };

/** One ticket, or one movement of the drawer, as DSFinV-K sees it. */
export type Voucher = {
  readonly id: string;
  readonly type: "Beleg" | "AVTraining";
  readonly name: string;
  readonly at: string;
  readonly operatorId: string | null;
  readonly lines: readonly VoucherLine[];
  readonly payments: readonly VoucherPayment[];
  readonly note: string;
};

type Line = {
  readonly sku?: string;
  readonly code?: string;
  readonly name: string | Readonly<Record<string, string>>;
  readonly options?: readonly (string | Readonly<Record<string, string>>)[];
  readonly quantity: number;
  readonly unit?: string;
  readonly discount?: number;
  readonly net?: number;
  readonly tax?: number;
  readonly total: number;
  readonly rate: string;
  readonly deposit?: { readonly total: number; readonly tax: number; readonly taxRate: string };
};
type Tender = { readonly kind: string; readonly state: string; readonly amount: number; readonly rounding?: number; readonly tip?: number };

/** What of a ticket's document DSFinV-K asks for; see `ticketOf`, `returnTicketOf` and the other documents of the till. */
export type TicketForExport = {
  readonly number: string;
  readonly mode?: string;
  readonly lines: readonly Line[];
  readonly tenders: readonly Tender[];
  /** Goods that came back on the same ticket. */
  readonly cameBack?: { readonly lines: readonly Line[] };
};

/** A ticket as a voucher: deposits, tips, vouchers and claims are business cases of their own beside the sale. */
export function voucherOf(
  type: string,
  { document, at, operatorId, isTraining }: { document: TicketForExport; at: string; operatorId: string | null; isTraining: boolean },
): Voucher {
  const isEatenIn = document.mode === "eat_in";
  const sold = type === "empties" ? document.lines.map(emptiesLine) : document.lines.flatMap((line) => linesOf(line, isEatenIn));
  const back = (document.cameBack?.lines ?? []).flatMap((line) => linesOf(line, isEatenIn));
  const settled = document.tenders.filter(({ state }) => state === "captured" || state === "refunded");
  return {
    id: document.number,
    type: isTraining ? "AVTraining" : "Beleg",
    name: "",
    at,
    operatorId,
    lines: [...sold, ...back, ...settled.flatMap(besideSale)],
    payments: paymentsOf(settled),
    note: "",
  };
}

/** Money that moved in the drawer without a ticket. */
export function drawerVoucher(event: {
  readonly id: string;
  readonly kind: "float" | "in" | "out" | "difference";
  readonly amount: number;
  readonly reason: string;
  readonly at: string;
  readonly operatorId: string | null;
  readonly isTraining: boolean;
}): Voucher {
  const kind = { float: "Anfangsbestand", in: "Einzahlung", out: "Auszahlung", difference: "DifferenzSollIst" }[event.kind];
  return {
    id: event.id,
    type: event.isTraining ? "AVTraining" : "Beleg",
    name: "",
    at: event.at,
    operatorId: event.operatorId,
    lines: [untaxed(kind, event.reason === "" ? kind : event.reason, event.amount)],
    payments: [{ kind: "Bar", name: "", amount: event.amount }],
    note: "",
  };
}

function linesOf(line: Line, isEatenIn: boolean): VoucherLine[] {
  const deposit = line.deposit;
  const tax = (line.tax ?? vatIn(line.total, line.rate)) - (deposit?.tax ?? 0);
  const gross = line.total - (deposit?.total ?? 0);
  const rate = taxKeyOf(line.rate);
  const isWeighed = line.unit === "gram";
  const options = (line.options ?? []).map(germanOf);
  const own: VoucherLine = {
    text: [germanOf(line.name), ...options].join(", "),
    kind: "Umsatz",
    name: "",
    sku: line.sku ?? "",
    isEatenIn,
    quantity: isWeighed ? line.quantity / 1000 : line.quantity,
    unit: isWeighed ? "kg" : "Stück",
    taxed: { tax: rate, gross, net: gross - tax, vat: tax },
    discount: line.discount ?? 0,
  };
  if (!deposit) return [own];
  const depositTaxed = { tax: taxKeyOf(deposit.taxRate), gross: deposit.total, net: deposit.total - deposit.tax, vat: deposit.tax };
  return [own, { ...own, text: "Pfand", kind: depositKind(deposit.total), taxed: depositTaxed, discount: 0, unit: "Stück" }];
}

const depositKind = (gross: number): string => (gross < 0 ? "PfandRueckzahlung" : "Pfand");

function emptiesLine(line: Line): VoucherLine {
  const vat = vatIn(line.total, line.rate);
  return {
    text: germanOf(line.name),
    kind: depositKind(line.total),
    name: "",
    sku: line.code ?? "",
    isEatenIn: false,
    quantity: line.quantity,
    unit: "Stück",
    taxed: { tax: taxKeyOf(line.rate), gross: line.total, net: line.total - vat, vat },
    discount: 0,
  };
}

/** What a tender says beside its amount, and what was settled without money: each a business case that no tax is on. */
function besideSale({ kind, amount, tip = 0, rounding = 0 }: Tender): VoucherLine[] {
  const lines: VoucherLine[] = [];
  if (tip !== 0) lines.push(untaxed("TrinkgeldAN", "Trinkgeld", tip));
  if (rounding !== 0) lines.push(untaxed(rounding < 0 ? "Rabatt" : "Aufschlag", "Rundung der Barzahlung", rounding));
  if (kind === "gift_card" || kind === "store_credit" || kind === "points")
    lines.push(untaxed(amount < 0 ? "MehrzweckgutscheinKauf" : "MehrzweckgutscheinEinloesung", "Guthaben", -amount));
  if (kind === "account") lines.push(untaxed(amount < 0 ? "Forderungsaufloesung" : "Forderungsentstehung", "Auf Rechnung", -amount));
  return lines;
}

function untaxed(kind: string, text: string, gross: number): VoucherLine {
  const tax: TaxKey = { key: NOT_TAXABLE, percent: 0, about: "Nicht steuerbar" };
  const taxed = { tax, gross, net: gross, vat: 0 };
  return { text, kind, name: "", sku: "", isEatenIn: false, quantity: 1, unit: "", taxed, discount: 0 };
}

function paymentsOf(settled: readonly Tender[]): VoucherPayment[] {
  const sum = (of: string): number =>
    settled.reduce((all, { kind, amount, tip = 0, rounding = 0 }) => (kind === of ? all + amount + tip + rounding : all), 0);
  const [cash, card] = [sum("cash"), sum("card")];
  const paid: VoucherPayment[] = [];
  if (cash !== 0) paid.push({ kind: "Bar", name: "", amount: cash });
  if (card !== 0) paid.push({ kind: "Unbar", name: "Karte", amount: card });
  return paid.length > 0 ? paid : [{ kind: "Keine", name: "", amount: 0 }];
}

/** Tax that an amount contains, half away from zero. */
export function vatIn(gross: number, rate: string): number {
  const percent = percentOf(rate);
  return Math.sign(gross) * Math.round((Math.abs(gross) * percent) / (100 + percent));
}

/** Names are texts, or texts by language. */
const germanOf = (name: string | Readonly<Record<string, string>>): string =>
  typeof name === "string" ? name : (name["de"] ?? name["en"] ?? Object.values(name)[0] ?? "");
