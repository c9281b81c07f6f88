import { randomUUID } from "node:crypto";
import { newId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { goodsHub, type GoodsHub } from "../../../test/goods-hub.ts";
import { ledgerInvariants } from "./invariants.ts";
import { entriesOf, standingOf } from "./queries.ts";
import { ENTITY, openBook, UNIT, type Book } from "../../../test/ledger-book.ts";

let hub: GoodsHub;
let book: Book;
beforeAll(async () => {
  hub = await goodsHub();
  book = openBook(hub);
});
afterAll(() => hub.close());

async function post(legs: readonly (readonly [string, number])[]) {
  await hub.rows(
    `select ledger.post($1, 'earn', 'order', $2, 0, $3, null, $4, '2026-03-02', 'Europe/Paris', 'system', null, '{"kind":"test"}', now(), $5, $6)`,
    [newId(), randomUUID(), ENTITY, randomUUID(), legs.map(([account]) => account), legs.map(([, amount]) => amount)],
  );
}

describe("double entry", () => {
  it("[LED-3] the same source again changes nothing, also when both come at once", async () => {
    const ada = await book.member();
    const source = randomUUID();
    const booked = await Promise.all(Array.from({ length: 6 }, () => book.credit(ada, 30, { source })));
    expect(booked.filter((each) => each.booked)).toHaveLength(1);
    expect(await book.balance(ada)).toBe(30);
  });

  it("[LED-1] legs that do not sum to zero are refused", async () => {
    const { account } = await book.member();
    const other = await book.member();
    await expect(post([[account, 30]])).rejects.toMatchObject({ code: "WF003" });
    await expect(
      post([
        [account, 30],
        [other.account, -29],
      ]),
    ).rejects.toMatchObject({ code: "WF003" });
    await expect(
      post([
        [account, 30],
        [randomUUID(), -30],
      ]),
    ).rejects.toMatchObject({ code: "WF003" });
  });

  it("[LED-4] no movement but a reversal takes a balance below zero", async () => {
    const [ada, bea] = [await book.member(), await book.member()];
    await book.credit(ada, 10);
    const move = post([
      [ada.account, -11],
      [bea.account, 11],
    ]);
    await expect(move).rejects.toMatchObject({ constraint: "LED-4 never below zero" });
    expect(await book.balance(ada)).toBe(10);
  });

  it("answers the movements of several records as one history, newest first, page by page", async () => {
    const [a, b] = [await book.member(), await book.member()];
    for (const [member, amount] of [
      [a, 1],
      [b, 2],
      [a, 3],
    ] as const)
      await book.credit(member, amount);
    const query = { recordIds: [a.record, b.record], unit: UNIT, limit: 2 };
    const first = await entriesOf(hub, { ...query, before: null });
    const rest = await entriesOf(hub, { ...query, before: first.at(-1)?.id ?? null });
    expect([...first, ...rest].map(({ amount }) => amount)).toEqual([3, 2, 1]);
    expect(await standingOf(hub, [a.record, b.record], UNIT)).toEqual({ balance: 6, credited: 6 });
  });

  it("[LED-2] balances are the sums of their legs after all that", async () => {
    expect(await hub.violations(ledgerInvariants)).toEqual([]);
  });
});
