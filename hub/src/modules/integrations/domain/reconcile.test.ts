import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reconcile, type OurMovement, type SettledLine } from "./reconcile.ts";

const TODAY = "2026-03-20";
const own = (n: number, over: Partial<OurMovement> = {}): OurMovement => ({
  id: `own-${n}`,
  kind: "payment",
  orderId: `order-${n}`,
  references: [`pi_${n}`, `event ${n}`],
  amount: 1000 + n,
  currency: "EUR",
  at: "2026-03-10T09:00:00.000Z",
  ...over,
});
const line = (n: number, over: Partial<SettledLine> = {}): SettledLine => ({
  id: `line-${n}`,
  kind: "payment",
  reference: `pi_${n}`,
  amount: 1000 + n,
  fee: 25,
  currency: "EUR",
  settledOn: "2026-03-12",
  ...over,
});
const kinds = (ours: readonly OurMovement[], theirs: readonly SettledLine[]) => reconcile(ours, theirs, TODAY).map(({ kind }) => kind);

describe("[PAY-40] what a provider settled beside our own books", () => {
  it("agrees by what either calls a movement; fees and payouts are none", () => {
    const theirs = [line(1), line(2, { reference: "event 2" }), line(3, { kind: "fee" }), line(4, { kind: "payout", amount: -1976 })];
    expect(kinds([own(1), own(2)], theirs)).toEqual(["matched", "matched"]);
    expect(kinds([own(1, { kind: "refund", amount: -400 })], [line(1, { kind: "refund", amount: -400 })])).toEqual(["matched"]);
  });

  it("names another amount or currency, what nobody knows here, and what is late there", () => {
    expect(reconcile([own(1)], [line(1, { amount: 900 })], TODAY)).toMatchObject([{ kind: "amount_differs", by: -101 }]);
    expect(kinds([own(1)], [line(1, { currency: "CHF" })])).toEqual(["amount_differs"]);
    expect(kinds([own(1)], [line(1), line(9)])).toEqual(["matched", "missing_here"]);
    expect(reconcile([own(1), own(2, { at: "2026-03-19T09:00:00.000Z" })], [], TODAY)).toMatchObject([
      { kind: "missing_there", isLate: true },
      { kind: "missing_there", isLate: false },
    ]);
    // A payment is no refund of the same name.
    expect(kinds([own(1)], [line(1, { kind: "refund" })]).toSorted()).toEqual(["missing_here", "missing_there"]);
  });

  it("tells a line that says a movement again, known or not, and never counts it", () => {
    const theirs = [line(1), line(1, { id: "again" }), line(9), line(9, { id: "again too" })];
    expect(kinds([own(1)], theirs).toSorted()).toEqual(["doubled", "doubled", "matched", "missing_here"]);
  });

  it("answers the same in whatever order the lines come, and every line and movement once", () => {
    const shape = fc.record({
      n: fc.integer({ min: 1, max: 6 }),
      off: fc.constantFrom(0, 0, 0, -1, 50),
      day: fc.constantFrom("11", "12", "13"),
    });
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 12 }), fc.integer({ min: 0, max: 6 }), fc.nat(), (said, known, seed) => {
        const ours = Array.from({ length: known }, (_, n) => own(n + 1));
        const theirs = said.map(({ n, off, day }, at) =>
          line(n, { id: `line-${at}`, amount: 1000 + n + off, settledOn: `2026-03-${day}` }),
        );
        const shuffled = theirs.map((one, at) => [one, (at * 7919 + seed * 104_729) % 997] as const).toSorted(([, a], [, b]) => a - b);
        const found = reconcile(ours, theirs, TODAY);
        expect(
          reconcile(
            ours.toReversed(),
            shuffled.map(([one]) => one),
            TODAY,
          )
            .map(nameOf)
            .toSorted(),
        ).toEqual(found.map(nameOf).toSorted());
        expect(found.filter((one) => "theirs" in one)).toHaveLength(theirs.length);
        const told = found.flatMap((one) => ("ours" in one && one.ours && one.kind !== "doubled" ? [one.ours.id] : []));
        expect(told.toSorted()).toEqual(ours.map(({ id }) => id).toSorted());
      }),
    );
  });
});

const nameOf = (one: ReturnType<typeof reconcile>[number]): string =>
  [one.kind, "ours" in one ? one.ours?.id : "", "theirs" in one ? one.theirs.id : ""].join(" ");
