import type { TenderInput, TillCommand } from "@weft/contracts/client";
import { toBecause } from "../../pricing/domain/index.ts";
import type { PricedTicket } from "./own-ticket.ts";

export type SaleBody = Extract<TillCommand, { kind: "sale.record" }>["body"];
type Cash = Extract<TenderInput, { kind: "cash" }>;

/** What the prices of a sale do not say. */
export type SaleTerms = Pick<SaleBody, "shiftId" | "cartId" | "orderId" | "dining" | "customer"> & {
  readonly cash: Cash | null;
  /** Of the copy by which it was priced. */
  readonly version: string;
};

/** The command of a sale that this register resolved by itself, as it is sent: values only, so that it says the same years later. */
export function saleBodyOf({ assessed, view }: PricedTicket, { cash, version, ...terms }: SaleTerms): SaleBody {
  const { priced, lines } = assessed;
  const total = { amount: priced.totals.total, currency: priced.currency };
  return plain({
    ...terms,
    codes: view.codes.flatMap(({ code, applied }) => (applied ? [code] : [])),
    lines: lines.flatMap(({ id, sku, options, priced: line }) => {
      if (!line) return [];
      const { promotionShares: _, discountShares: __, rewardShares: ___, lineId: ____, because, ...price } = line;
      const chosen = options.map(({ group, value }) => ({ group, value }));
      return [{ id, sku, options: chosen, ...price, because: because.map((reason) => toBecause("price", reason)) }];
    }),
    taxes: priced.taxes.map(({ country, rate, net, tax, gross }) => ({ country, rate, net, tax, gross })),
    total,
    tenders: cash && total.amount > 0 ? [tenderOf(cash, total.amount)] : [],
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
