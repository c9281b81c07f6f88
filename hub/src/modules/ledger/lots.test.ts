import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { goodsHub, type GoodsHub } from "../../../test/goods-hub.ts";
import { ledgerInvariants } from "./invariants.ts";
import { ENTITY, openBook, OTHER_ENTITY, type Book } from "../../../test/ledger-book.ts";

let hub: GoodsHub;
let book: Book;
beforeAll(async () => {
  hub = await goodsHub();
  book = openBook(hub);
});
afterAll(() => hub.close());
afterEach(async () => expect(await hub.violations(ledgerInvariants)).toEqual([]));

const day = (number: number) => new Date(Date.UTC(2026, 2, number));

describe("[LED-7] spending takes lots by expiry, then age", () => {
  it("over all accounts of one owner, whichever was filled first", async () => {
    const [ada, app] = [await book.member(), await book.member()];
    await book.credit(ada, 10, { at: day(1) });
    await book.credit(app, 10, { at: day(2), expiresAt: day(20) });
    await book.credit(ada, 10, { at: day(3), expiresAt: day(10) });
    await book.spend([ada, app], 15, { at: day(4) });
    expect([await book.lots(ada), await book.lots(app)]).toEqual([[10, 0], [5]]);
    await book.spend([ada, app], 6, { at: day(4) });
    expect([await book.lots(ada), await book.lots(app)]).toEqual([[9, 0], [0]]);
  });

  it("50 at once spend exactly what is there, and the others are told what is left", async () => {
    const [ada, app] = [await book.member(), await book.member()];
    await book.credit(ada, 60);
    await book.credit(app, 45);
    const owners = [
      [ada, app],
      [app, ada],
    ];
    const burns = await Promise.allSettled(Array.from({ length: 50 }, (_, n) => book.spend(owners[n % 2] ?? [], 10)));
    expect(burns.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    for (const burn of burns)
      if (burn.status === "rejected")
        expect(burn.reason).toMatchObject({
          code: "WF011",
          detail: JSON.stringify({ needed: 10, available: 5 }).replaceAll(/([:,])/g, "$1 "),
        });
    expect([await book.balance(ada), await book.balance(app)]).toEqual([0, 5]);
  });

  it("the same source again spends nothing, also when both come at once", async () => {
    const ada = await book.member();
    await book.credit(ada, 30);
    const source = randomUUID();
    const taken = await Promise.all([1, 2, 3].map(() => book.spend([ada], 10, { source })));
    expect(taken.filter((each) => each.taken === 10)).toHaveLength(1);
    expect(await book.balance(ada)).toBe(20);
  });
});

describe("[LED-9] a lot expires on the day that was decided when it was made", () => {
  it("is not spent any more from that moment on, whether the clock has booked it or not", async () => {
    const ada = await book.member();
    await book.credit(ada, 10, { expiresAt: day(10) });
    await book.credit(ada, 5);
    await expect(book.spend([ada], 6, { at: day(10) })).rejects.toMatchObject({ code: "WF011" });
    await book.spend([ada], 5, { at: day(10) });
    expect([await book.balance(ada), await book.lots(ada)]).toEqual([0, [0, 0]]);
  });

  it("is booked once, by however many clocks, some accounts at a time", async () => {
    const members = await Promise.all([1, 2, 3].map(() => book.member()));
    for (const [index, member] of members.entries()) await book.credit(member, 10 + index, { expiresAt: day(5) });
    expect(await book.expire(day(4))).toEqual(new Map());
    const runs = await Promise.all([book.expire(day(5), 2), book.expire(day(5), 2), book.expire(day(6), 2)]);
    await book.expire(day(6));
    expect(runs.reduce((lost, run) => lost + run.size, 0)).toBeLessThanOrEqual(3);
    expect(await Promise.all(members.map((member) => book.balance(member)))).toEqual([0, 0, 0]);
  });
});

describe("[LED-6] what was spent goes back to its own lots", () => {
  it("with their own expiry, however the reversal is split", async () => {
    const whole = async (steps: readonly number[]) => {
      const ada = await book.member();
      await book.credit(ada, 10, { at: day(1), expiresAt: day(9) });
      await book.credit(ada, 10, { at: day(2), expiresAt: day(12) });
      const { source } = await book.spend([ada], 16);
      const given: number[] = [];
      for (const [part, keeps] of steps.entries()) given.push(await book.giveBack(source, part, keeps));
      return { given, lots: await book.lots(ada), balance: await book.balance(ada) };
    };
    expect(await whole([7])).toEqual({ given: [9], lots: [3, 10], balance: 13 });
    expect(await whole([12, 9, 9, 7])).toEqual({ given: [4, 3, 0, 2], lots: [3, 10], balance: 13 });
    expect(await whole([0, 0])).toEqual({ given: [16, 0], lots: [10, 10], balance: 20 });
  });

  it("a lot that has expired meanwhile expires once more", async () => {
    const ada = await book.member();
    await book.credit(ada, 10, { expiresAt: day(9) });
    const { source } = await book.spend([ada], 10);
    await book.giveBack(source, 0, 0, day(20));
    await expect(book.spend([ada], 1, { at: day(20) })).rejects.toMatchObject({ code: "WF011" });
    await book.expire(day(20));
    expect(await book.balance(ada)).toBe(0);
  });
});

describe("[LED-8] a reversal that finds too little is a debt", () => {
  it("goes below zero, blocks spending, and is repaid before anything can be used", async () => {
    const ada = await book.member();
    const { source } = await book.credit(ada, 10);
    await book.spend([ada], 8);
    expect(await book.takeBack(source, 0, 0)).toBe(10);
    expect(await book.balance(ada)).toBe(-8);
    await expect(book.spend([ada], 1)).rejects.toMatchObject({ code: "WF011" });
    await book.credit(ada, 5);
    expect([await book.balance(ada), await book.lots(ada)]).toEqual([-3, [0, 0]]);
    await book.credit(ada, 7);
    expect([await book.balance(ada), await book.lots(ada)]).toEqual([4, [0, 0, 4]]);
  });

  it("counts against the other accounts of its owner", async () => {
    const [ada, app] = [await book.member(), await book.member()];
    const { source } = await book.credit(ada, 10);
    await book.spend([ada], 10);
    await book.takeBack(source, 0, 0);
    await book.credit(app, 30);
    await expect(book.spend([ada, app], 21)).rejects.toMatchObject({ code: "WF011" });
    await book.spend([ada, app], 20);
    expect([await book.balance(ada), await book.balance(app)]).toEqual([-10, 10]);
  });

  it("is paid off by points that come back from another order", async () => {
    const ada = await book.member();
    const { source: earned } = await book.credit(ada, 10);
    const { source: burned } = await book.spend([ada], 10);
    await book.takeBack(earned, 0, 0);
    await book.giveBack(burned, 0, 0);
    expect([await book.balance(ada), await book.lots(ada)]).toEqual([0, [0]]);
  });
});

describe("[LED-10] value of one legal entity that another honors", () => {
  it("is due between them, and no longer when it goes back", async () => {
    const [issuer, honors] = [randomUUID(), randomUUID()];
    const ada = await book.member();
    await book.credit(ada, 10, { entity: issuer });
    const { source } = await book.spend([ada], 6, { entity: honors });
    expect(await book.counters(issuer)).toEqual({ issued: -10, due_to: 6 });
    expect(await book.counters(honors)).toEqual({ redeemed: 6, due_from: -6 });
    await book.giveBack(source, 0, 0);
    expect([await book.counters(issuer), await book.counters(honors)]).toEqual([{ issued: -10 }, {}]);
  });

  it("[LED-11] what a sale that happened took too much is the loss of the house, and forgiven first", async () => {
    const honors = randomUUID();
    const ada = await book.member();
    await book.credit(ada, 4, { entity: honors });
    const { source, taken } = await book.spend([ada], 10, { entity: honors, force: true });
    expect([taken, await book.balance(ada)]).toEqual([4, 0]);
    expect(await book.counters(honors)).toEqual({ issued: -4, redeemed: 10, loss: -6 });
    expect([await book.giveBack(source, 0, 3), await book.giveBack(source, 1, 0)]).toEqual([1, 3]);
    expect([await book.counters(honors), await book.balance(ada)]).toEqual([{ issued: -4 }, 4]);
  });
});

it("any history of credits, spendings, reversals and expiry keeps every rule of the ledger", async () => {
  const act = fc.record({
    kind: fc.constantFrom("credit", "spend", "takeBack", "giveBack", "expire"),
    amount: fc.integer({ min: 1, max: 20 }),
    which: fc.nat(9),
    entity: fc.constantFrom(ENTITY, OTHER_ENTITY),
    force: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 25 }), async (acts) => {
      const owners = [await book.member(), await book.member()];
      const [credits, burns]: [string[], string[]] = [[], []];
      for (const [index, { kind, amount, which, entity, force }] of acts.entries()) {
        const at = day(1 + index);
        const owner = owners[which % 2] ?? owners[0];
        if (kind === "credit" && owner)
          credits.push((await book.credit(owner, amount, { entity, at, expiresAt: which % 3 ? null : day(index + 6) })).source);
        if (kind === "spend")
          await book.spend(owners, amount, { entity, at, force }).then(
            ({ source }) => burns.push(source),
            () => undefined,
          );
        const [credit, burn] = [credits[which % Math.max(1, credits.length)], burns[which % Math.max(1, burns.length)]];
        if (kind === "takeBack" && credit) await book.takeBack(credit, index, 20 - amount, at);
        if (kind === "giveBack" && burn) await book.giveBack(burn, index, 20 - amount, at);
        if (kind === "expire") await book.expire(at);
      }
      expect(await hub.violations(ledgerInvariants)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
