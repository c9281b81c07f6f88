import type { CartView } from "@weft/contracts/client";
import type { BodyOfKind } from "../outbox/rows.ts";

/** What is on a ticket, as a bill before payment says it [TIL-48]: no taxes, no payment. `print` counts the bills of one ticket from 1. */
export function billOf(cart: CartView, shiftId: string, print: number): BodyOfKind<"bill.print"> {
  return {
    shiftId,
    cartId: cart.id,
    print,
    lines: cart.lines.map(({ sku, name, options, quantity, unit, total }) => ({
      sku,
      name,
      options: options.map((option) => option.name),
      quantity,
      unit,
      total: total.amount,
    })),
    total: cart.totals.total,
  };
}

/** What a bill before payment is called where it is printed, whatever language the till speaks: in France the law says the words. */
const CALLED: Readonly<Record<string, string>> = {
  FR: "DOCUMENT PROVISOIRE",
  MC: "DOCUMENT PROVISOIRE",
  DE: "ZWISCHENRECHNUNG",
  AT: "ZWISCHENRECHNUNG",
  CH: "ZWISCHENRECHNUNG",
  ES: "CUENTA PROVISIONAL",
  AD: "COMPTE PROVISIONAL",
};

/** The words of the country, and those of the till's language where they are others. */
export function billTitles(country: string, ownWords: string): readonly string[] {
  const called = CALLED[country];
  return called === undefined || called === ownWords ? [ownWords] : [called, ownWords];
}
