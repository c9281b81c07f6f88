import type { TenderInput, TillCommand } from "@weft/contracts/client";
import { toBecause } from "../../pricing/domain/index.ts";
import type { PricedTicket } from "./own-ticket.ts";

export type SaleBody = Extract<TillCommand, { kind: "sale.record" }>["body"];
type Cash = Extract<TenderInput, { kind: "cash" }>;
/** What a register knows of a payment without the hub: what a terminal beside it took, and gift cards by the right that was shown. */
export type TenderHere = Exclude<SaleBody["tenders"][number], { kind: "cash" }>;

/** What the prices of a sale do not say. */
export type SaleTerms = Pick<SaleBody, "shiftId" | "cartId" | "orderId" | "dining" | "customer"> & {
  readonly cash: Cash | null;
  /** What pays before cash pays the rest, in minor units. */
  readonly others?: readonly TenderHere[];
  /** Of the copy by which it was priced. */
  readonly version: string;
};

/** The command of a sale that this register resolved by itself, as it is sent: values only, so that it says the same years later. */
export function saleBodyOf({ assessed, view }: PricedTicket, { cash, others = [], version, ...terms }: SaleTerms): SaleBody {
  const { priced, lines } = assessed;
  const total = { amount: priced.totals.total, currency: priced.currency };
  const rest = others.reduce((left, { amount }) => left - amount, total.amount);
  return plain({
    ...terms,
    codes: view.codes.flatMap(({ code, applied }) => (applied ? [code] : [])),
    ...(view.note !== undefined && { note: view.note }),
    lines: lines.flatMap(({ id, sku, options, note, isTyped, trace, priced: line }) => {
      if (!line) return [];
      const { promotionShares: _, discountShares: __, rewardShares: ___, lineId: ____, because, ...price } = line;
      const chosen = options.map(({ group, value }) => ({ group, value }));
      const said = { ...(note !== undefined && { note }), ...(isTyped && { isTyped }), ...(trace && { trace }) };
      return [{ id, sku, options: chosen, ...price, ...said, because: because.map((reason) => toBecause("price", reason)) }];
    }),
    taxes: priced.taxes.map(({ country, rate, net, tax, gross }) => ({ country, rate, net, tax, gross })),
    total,
    tenders: [...others, ...(cash && rest > 0 ? [tenderOf(cash, rest)] : [])],
    prices: { version, revision: priced.revision },
  });
}

/** A reason may hold a date, which is a text on its way. */
function plain(body: SaleBody): SaleBody {
  return JSON.parse(JSON.stringify(body)) as SaleBody; // the same, without what JSON has no words for
}

function tenderOf({ received, rounding, tip }: Cash, amount: number): SaleBody["tenders"][number] {
  const asked = amount + (rounding ?? 0) + (tip ?? 0);
  return {
    kind: "cash",
    amount,
    received: received ?? asked,
    ...(rounding !== undefined && { rounding }),
    ...(tip !== undefined && { tip }),
  };
}
