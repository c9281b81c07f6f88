import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cartContext, cartLine, facts, LYON, BERLIN, MUG, pieces, price, priceList, taxRate, listId, FRANCE, WEB } from "../test-data.ts";
import { compileSnapshot, priceCart, type CartContext, type HeldPrice } from "./index.ts";

/** Lyon asks 1400, the web 1300, Berlin 1200 before tax, members 1100 anywhere; ten mugs at Lyon 1000 each. */
const SHOP = compileSnapshot(
  facts({
    lists: [
      priceList(1, { name: "Lyon", scope: { placeIds: [LYON] } }),
      priceList(2, { name: "Web", scope: { channelIds: [WEB] } }),
      priceList(3, { name: "Berlin", taxIncluded: false, scope: { placeIds: [BERLIN] } }),
      priceList(4, { name: "Members", scope: { groupIds: [FRANCE], customerGroups: ["member"] } }),
    ],
    prices: [
      price(1, MUG, pieces(1400)),
      price(1, MUG, pieces(1000), 10),
      price(2, MUG, pieces(1300)),
      price(3, MUG, pieces(1200)),
      price(4, MUG, pieces(1100)),
    ],
    taxRates: [taxRate("FR", "goods", 200), taxRate("DE", "goods", 190)],
  }),
);

const UNTIL = new Date("2026-03-02T09:15:00Z");
const held = (amount: number, list: number, given: Partial<HeldPrice> = {}): HeldPrice => ({
  unitPrice: pieces(amount),
  listId: listId(list),
  taxIncluded: true,
  minQuantity: 1,
  until: UNTIL,
  ...given,
});

function lineAt(context: Partial<CartContext>, heldPrice: HeldPrice | undefined, quantity = 1) {
  const line = cartLine(1, MUG, quantity, "goods", heldPrice ? { heldPrice } : {});
  const [priced] = priceCart(SHOP, { context: cartContext(context), lines: [line], codes: [] }).lines;
  return { total: priced?.total, kind: priced?.because[0]?.kind };
}

describe("[PRC-11] a held price", () => {
  it("stands at a place that asks more, and says until when", () => {
    const [line] = priceCart(SHOP, {
      context: cartContext(),
      lines: [cartLine(1, MUG, 1, "goods", { heldPrice: held(1300, 2) })],
      codes: [],
    }).lines;
    expect(line).toMatchObject({ total: 1300, listId: listId(2) });
    expect(line?.because[0]).toEqual({ kind: "held", until: UNTIL });
  });

  it("gives way to a lower one, and to its own list while that asks the same", () => {
    expect(lineAt({}, held(1500, 2))).toEqual({ total: 1400, kind: "list" });
    expect(lineAt({}, held(1400, 1))).toEqual({ total: 1400, kind: "list" });
  });

  it("ends at its time", () => {
    expect(lineAt({ at: new Date(UNTIL.getTime() - 1) }, held(1300, 2)).total).toBe(1300);
    expect(lineAt({ at: UNTIL }, held(1300, 2)).total).toBe(1400);
  });

  it("is compared by what is paid where only one of the two has the tax inside", () => {
    const berlin = { placeId: BERLIN, groupIds: [], country: "DE" };
    // 12.00 before tax is 14.28 in Berlin: more than the 14.00 that were promised, less than 14.50.
    expect(lineAt(berlin, held(1400, 1))).toEqual({ total: 1400, kind: "held" });
    expect(lineAt(berlin, held(1450, 1))).toEqual({ total: 1428, kind: "list" });
  });

  it("of a quantity break binds while the quantity reaches it", () => {
    expect(lineAt({ channelId: WEB, placeId: BERLIN, groupIds: [], country: "DE" }, held(1000, 1, { minQuantity: 10 }), 10).total).toBe(
      10_000,
    );
    expect(lineAt({}, held(1000, 1, { minQuantity: 10 }), 9).total).toBe(9 * 1400);
  });

  it("of a customer group binds for its customers only", () => {
    expect(lineAt({ customerGroups: ["member"], placeId: BERLIN, groupIds: [], country: "DE" }, held(1100, 4)).total).toBe(1100);
    expect(lineAt({}, held(1100, 4)).total).toBe(1400);
  });

  it("never makes anything dearer than the list", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3000 }),
        fc.integer({ min: 1, max: 30 }),
        fc.constantFrom(1, 5, 10),
        (amount, quantity, minQuantity) => {
          const listed = lineAt({}, undefined, quantity).total ?? 0;
          const promised = lineAt({}, held(amount, 1, { minQuantity }), quantity).total ?? 0;
          expect(promised).toBe(quantity >= minQuantity ? Math.min(listed, amount * quantity) : listed);
        },
      ),
    );
  });
});

it("[PRC-30] what is paid onto a gift card is what somebody says: neither its list nor a promise of that changes it", () => {
  const line = cartLine(1, MUG, 1, "voucher", { worth: 3075, heldPrice: held(900, 1) });
  const shop = compileSnapshot(
    facts({
      lists: [priceList(1, { name: "Lyon", scope: { placeIds: [LYON] } })],
      prices: [price(1, MUG, pieces(1400))],
      taxRates: [taxRate("FR", "voucher", 0)],
    }),
  );
  const [priced] = priceCart(shop, { context: cartContext({}), lines: [line], codes: [] }).lines;
  expect(priced).toMatchObject({ total: 3075, tax: 0, unitPrice: { amount: 3075 } });
});
