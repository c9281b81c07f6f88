import { expect, it } from "vitest";
import { BEANS, FRENCH_SHOP, MUG, cartContext, cartLine, facts, pieces, price, priceList, taxRate } from "../test-data.ts";
import { compileSnapshot, priceCart, type CartLine, type DeliveryTerms } from "./index.ts";

const STANDARD: DeliveryTerms = { price: 490, taxClass: "goods", freeFrom: 3500, taxPlace: { country: "FR" } };
const shipped = (lines: readonly CartLine[], delivery = STANDARD, codes: readonly string[] = []) =>
  priceCart(FRENCH_SHOP, { context: cartContext(), lines, codes: codes.map((code) => ({ code })), delivery });

it("[PRC-14] shipping is a charge of its own, in the total and its tax, and not in the subtotal", () => {
  const cart = shipped([cartLine(1, MUG, 1, "goods")]);
  expect(cart.delivery).toMatchObject({ amount: 490, net: 408, tax: 82, total: 490 });
  expect(cart.totals).toMatchObject({ subtotal: 1400, delivery: 490, total: 1890, tax: 315 });
  expect(cart.delivery?.because[0]).toEqual({ kind: "delivery", price: 490, freeFrom: 3500, missing: 2100 });
});

it("[PRC-14] of the same rate it is rounded together with the goods, and the cents go to the largest remainder", () => {
  // 1400 + 490 at 20 % hold 315; apart they would hold 233 and 82.
  const cart = shipped([cartLine(1, MUG, 1, "goods")]);
  expect(cart.taxes).toEqual([{ country: "FR", rate: { numerator: 1, denominator: 5 }, net: 1575, tax: 315, gross: 1890 }]);
});

it("[PRC-14] it is free from what is paid for the goods, after discounts", () => {
  const three = [cartLine(1, MUG, 2, "goods"), cartLine(2, BEANS, 1, "packaged_food")]; // 3650
  expect(shipped(three).delivery).toMatchObject({ total: 0, because: [{ kind: "delivery_free", price: 490, freeFrom: 3500 }, {}] });
  expect(shipped(three, STANDARD, ["WELCOME10"]).delivery).toMatchObject({ total: 490, because: [{ missing: 215 }, {}] });
});

it("[PRC-14] no code takes anything off it, and an empty cart ships nothing", () => {
  expect(shipped([cartLine(1, MUG, 1, "goods")], STANDARD, ["WELCOME10"]).totals).toMatchObject({
    discount: 140,
    delivery: 490,
    total: 1750,
  });
  expect(shipped([]).delivery).toBeNull();
});

it("[PRC-14] it is taxed where it arrives; a country whose rate nobody knows cannot be shipped to", () => {
  const abroad = { ...STANDARD, taxPlace: { country: "DE" } };
  expect(shipped([cartLine(1, MUG, 1, "goods")], abroad).problems).toEqual([
    { code: "tax.rate_unknown", lineId: null, taxClass: "goods", country: "DE" },
  ]);
});

it("[PRC-14] beside prices before tax it is shown before tax, and costs the same", () => {
  const trade = compileSnapshot(
    facts({
      lists: [priceList(1, { taxIncluded: false })],
      prices: [price(1, MUG, pieces(1000))],
      taxRates: [taxRate("FR", "goods", 200)],
    }),
  );
  const cart = priceCart(trade, { context: cartContext(), lines: [cartLine(1, MUG, 1, "goods")], codes: [], delivery: STANDARD });
  expect(cart.delivery).toMatchObject({ amount: 408, net: 408, tax: 82, total: 490 });
  expect(cart.totals).toMatchObject({ subtotal: 1000, delivery: 408, tax: 282, total: 1690 });
});
