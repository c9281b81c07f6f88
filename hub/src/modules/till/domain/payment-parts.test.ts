import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askedAfter, inOrder, nextAmount, priceOfUnits, sharesOf, type Asked, type SharedLine, type UnitsPaid } from "./payment-parts.ts";

const cents = fc.integer({ min: 1, max: 2_000_000 });
const people = fc.integer({ min: 2, max: 10 });
const lines = fc.array(fc.record({ units: fc.integer({ min: 1, max: 12 }), total: fc.integer({ min: 0, max: 100_000 }) }), {
  minLength: 1,
  maxLength: 8,
});
const withIds = (given: readonly Omit<SharedLine, "id">[]): SharedLine[] => given.map((line, n) => ({ id: `${n}`, ...line }));

describe("[TIL-58] parts of a payment add up", () => {
  it("shares of people are equal but for a cent, and come to all of it", () => {
    expect(sharesOf(1000, 3)).toEqual([334, 333, 333]);
    expect(sharesOf(2, 3)).toEqual([1, 1, 0]);
    fc.assert(
      fc.property(cents, people, (total, count) => {
        const shares = sharesOf(total, count);
        expect(shares).toHaveLength(count);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("units of a line come to the line, whoever pays which in whatever order", () => {
    // Three for ten: whoever pays last for one of them pays the cent.
    const three = [{ id: "a", units: 3, total: 1000 }];
    expect(priceOfUnits(three, [], [{ lineId: "a", units: 1 }])).toBe(333);
    expect(priceOfUnits(three, [{ lineId: "a", units: 2 }], [{ lineId: "a", units: 1 }])).toBe(334);
    fc.assert(
      fc.property(lines, fc.array(fc.nat(7), { maxLength: 120 }), (given, order) => {
        const all = withIds(given);
        const paid: UnitsPaid[] = [];
        let sum = 0;
        const pay = (chosen: readonly UnitsPaid[]): void => {
          const price = priceOfUnits(all, paid, chosen);
          expect(price).toBeGreaterThanOrEqual(0);
          sum += price;
          paid.push(...chosen);
        };
        for (const which of order) pay([{ lineId: `${which}`, units: 1 }]);
        pay(all.map(({ id, units }) => ({ lineId: id, units })));
        expect(sum).toBe(all.reduce((total, line) => total + line.total, 0));
      }),
    );
  });

  it("whatever is asked for, each payment is a part of what is left, and the last one leaves nothing", () => {
    const asked = fc.option(
      fc.oneof(
        fc.record({ kind: fc.constant("amount" as const), left: cents }),
        fc.record({ kind: fc.constant("shares" as const), left: cents, people }),
        fc.record({ kind: fc.constant("items" as const), left: cents, items: fc.constant([]) }),
      ),
    );
    fc.assert(
      fc.property(cents, fc.array(fc.tuple(asked, fc.double({ min: 0.01, max: 1, noNaN: true })), { maxLength: 30 }), (total, steps) => {
        let left = total;
        let next: Asked | null = null;
        for (const [wish, part] of steps) {
          next = wish ?? next;
          const most = nextAmount(next, left);
          expect(most).toBeLessThanOrEqual(left);
          if (left === 0) break;
          const paid = Math.max(1, Math.min(most, Math.round(most * part)));
          left -= paid;
          next = askedAfter(next, paid, left);
          if (next) expect(next.left).toBeLessThanOrEqual(left);
        }
        expect(left - nextAmount(null, left)).toBe(0);
      }),
    );
  });

  it("somebody who pays a part of their share goes on with it, then comes the next one, and the last pays what is left", () => {
    const first: Asked = { kind: "shares", people: 3, left: 334 };
    const half = askedAfter(first, 134, 866);
    expect(half).toEqual({ kind: "shares", people: 3, left: 200 });
    const second = askedAfter(half, 200, 666);
    expect(second).toEqual({ kind: "shares", people: 2, left: 333 });
    expect(askedAfter(second, 333, 333)).toBeNull();
    expect(askedAfter({ kind: "amount", left: 500 }, 500, 500)).toBeNull();
    expect(askedAfter({ kind: "amount", left: 500 }, 200, 0)).toBeNull();
  });

  it("a ticket names cash last, which goes back first, and keeps the order of everything else", () => {
    const given = ["cash", "card", "gift_card", "cash", "points", "card"].map((kind, n) => ({ kind, n }));
    expect(inOrder(given).map(({ kind, n }) => `${kind} ${n}`)).toEqual([
      "gift_card 2",
      "points 4",
      "card 1",
      "card 5",
      "cash 0",
      "cash 3",
    ]);
  });
});
