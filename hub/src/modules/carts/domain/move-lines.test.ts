import { newId, type ChannelId, type LineId, type ProductId, type VariantId } from "@weft/kernel";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { PriceListId } from "../../pricing/domain/index.ts";
import { planMove, type Goods, type GoodsLookup, type PriceHold, type StoredLine } from "./index.ts";

const NOW = new Date("2026-03-02T19:00:00Z");
const LATER = new Date("2026-03-02T19:10:00Z");
const PIECE = newId<VariantId>();
const WEIGHED = newId<VariantId>();
// Ids of tests are made here; of goods these rules look at the unit alone.
const goods: GoodsLookup = {
  bySku: () => undefined,
  byVariant: (id) => ({ unit: id === WEIGHED ? "gram" : "piece" }) as Goods,
};

const line = (quantity: number, more: Partial<StoredLine> = {}): StoredLine => ({
  id: newId<LineId>(),
  position: 1,
  variantId: PIECE,
  productId: newId<ProductId>(),
  sku: "BEER",
  options: [],
  quantity,
  addedBy: { channelId: newId<ChannelId>(), channelKind: "store", placeId: null, staffId: null, at: NOW },
  available: null,
  soldOut: false,
  priceHold: null,
  ...more,
});

const hold = (more: Partial<PriceHold> = {}): PriceHold => ({
  unitPrice: { amount: 300, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" } },
  listId: newId<PriceListId>(),
  taxIncluded: true,
  minQuantity: 1,
  channelId: newId<ChannelId>(),
  cap: LATER,
  ...more,
});

type Cart = Parameters<typeof planMove>[0];
const cart = (lines: readonly StoredLine[], pricesUntil: Date | null = LATER): Cart => ({ lines, wanted: null, pricesUntil });
const plan = (from: Cart, to: Cart, ...wanted: readonly [StoredLine, number][]) =>
  planMove(
    from,
    to,
    wanted.map(([{ id }, quantity]) => ({ lineId: id, quantity, partId: newId<LineId>() })),
    { at: NOW, goods },
  );

it("[CRT-70] no unit is lost and none is double, however often and in whatever parts lines move", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 9 })), { maxLength: 8 }),
      (quantities, taps) => {
        const lines = quantities.map((quantity) => line(quantity));
        const wanted = taps.map(([at, quantity]) => ({ lineId: lines[at % lines.length]!.id, quantity, partId: newId<LineId>() })); // there is one at least
        const planned = planMove(cart(lines), cart([]), wanted, { at: NOW, goods });
        if (!planned.ok) return planned.error.code === "cart.units_gone";
        const { from, to } = planned.value;
        const sum = (some: readonly StoredLine[]) => some.reduce((all, { quantity }) => all + quantity, 0);
        const again = planMove(cart(from), cart(to), wanted, { at: NOW, goods });
        return (
          sum(from) + sum(to) === sum(lines) &&
          new Set([...from, ...to].map(({ id }) => id)).size === from.length + to.length &&
          again.ok &&
          again.value.moves.length === 0
        );
      },
    ),
  );
});

it("[CRT-70] the promise of a price comes along to its end, and one that has ended comes back nowhere", () => {
  const promised = line(2, { priceHold: hold() });
  const ended = line(2, { priceHold: hold({ cap: NOW }) });
  const there = line(1, { priceHold: hold() });
  const planned = plan(cart([promised, ended]), cart([there], NOW), [promised, 1], [ended, 2]);
  expect(planned.ok && planned.value.to.map(({ priceHold }) => priceHold?.cap ?? null)).toEqual([null, LATER, null]);
});

it("[CRT-70] a price that somebody stood behind for so many units is for so many on both tickets together", () => {
  const given = line(3, { priceHold: hold({ override: { insteadOf: hold().unitPrice, reason: "cold", units: 3 } }) });
  const planned = plan(cart([given]), cart([]), [given, 1]);
  expect(planned.ok && [planned.value.from, planned.value.to].map(([one]) => one?.priceHold?.override?.units)).toEqual([2, 1]);
});

it("[CRT-70] what was weighed or has a number moves as a whole, and what goes its own way stays", () => {
  const cheese = line(250, { variantId: WEIGHED });
  const camera = line(2, { trace: { serial: "S1" } });
  const fetched = line(1);
  const elsewhere = [{ lineId: fetched.id, kind: "ship" as const }];
  const from = {
    ...cart([cheese, camera, fetched]),
    wanted: { kind: "take_away" as const, dining: "eat_in" as const, dueAt: null, elsewhere },
  };
  expect(plan(from, cart([]), [cheese, 100])).toEqual({ ok: false, error: { code: "cart.line_whole", lineId: cheese.id } });
  expect(plan(from, cart([]), [camera, 1])).toMatchObject({ ok: false, error: { code: "cart.line_whole" } });
  expect(plan(from, cart([]), [cheese, 250])).toMatchObject({ ok: true });
  expect(plan(from, cart([]), [fetched, 1])).toEqual({ ok: false, error: { code: "cart.line_stays", lineId: fetched.id } });
});
