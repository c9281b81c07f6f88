import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { goodsHub, type GoodsHub } from "../../../test/goods-hub.ts";
import { ledgerInvariants } from "./invariants.ts";
import { entriesOf, standingOf } from "./queries.ts";
import { newId, type RecordId } from "@weft/kernel";

let hub: GoodsHub;
beforeAll(async () => {
  hub = await goodsHub();
});
afterAll(() => hub.close());

const ENTITY = randomUUID();
const UNIT = "points:test";

async function member(): Promise<{ record: RecordId; account: string }> {
  const record = randomUUID() as string as RecordId; // tests make their own ids
  const [row] = await hub.rows<{ id: string }>("select ledger.open_account($1, 'member_available', $2, $3) as id", [
    randomUUID(),
    UNIT,
    record,
  ]);
  return { record, account: row?.id ?? "" };
}

async function counter(): Promise<string> {
  const [row] = await hub.rows<{ id: string }>("select ledger.counter_account('issued', $1, $2) as id", [UNIT, ENTITY]);
  return row?.id ?? "";
}

type Posting = { readonly source?: string; readonly kind?: string; readonly part?: number };

async function post(legs: readonly (readonly [string, number])[], { source = randomUUID(), kind = "earn", part = 0 }: Posting = {}) {
  const [row] = await hub.rows<{ posted: boolean }>(
    `select ledger.post($1, $2, 'order', $3, $4, $5, null, $6, '2026-03-02', 'Europe/Paris', 'system', null, '{"kind":"test"}', now(), $7, $8) as posted`,
    [newId(), kind, source, part, ENTITY, randomUUID(), legs.map(([account]) => account), legs.map(([, amount]) => amount)],
  );
  return row?.posted;
}

async function reverse(source: string, part: number, amount: number): Promise<number | undefined> {
  const [row] = await hub.rows<{ taken: number }>(
    `select ledger.reverse($1, 'earn', 'take_back', 'order', $2, $3, $4, '2026-03-03', 'system', null, '{"kind":"test"}', now()) as taken`,
    [randomUUID(), source, part, amount],
  );
  return row?.taken;
}

const balance = async (record: RecordId) => (await standingOf(hub, [record], UNIT)).balance;

describe("double entry", () => {
  it("[LED-3] the same source again changes nothing, also when both come at once", async () => {
    const { record, account } = await member();
    const issued = await counter();
    const source = randomUUID();
    const legs = [[account, 30] as const, [issued, -30] as const];
    const posted = await Promise.all(Array.from({ length: 6 }, () => post(legs, { source })));
    expect(posted.filter(Boolean)).toHaveLength(1);
    expect(await balance(record)).toBe(30);
  });

  it("[LED-1] legs that do not sum to zero are refused", async () => {
    const { account } = await member();
    await expect(
      post([
        [account, 30],
        [await counter(), -29],
      ]),
    ).rejects.toMatchObject({ code: "WF003" });
    await expect(
      post([
        [account, 30],
        [randomUUID(), -30],
      ]),
    ).rejects.toMatchObject({ code: "WF003" });
  });

  it("[LED-4] a balance never falls below zero, also when two spend at once", async () => {
    const { record, account } = await member();
    const issued = await counter();
    await post([
      [account, 10],
      [issued, -10],
    ]);
    const spent = await Promise.allSettled(
      Array.from({ length: 5 }, () =>
        post(
          [
            [account, -6],
            [issued, 6],
          ],
          { kind: "burn" },
        ),
      ),
    );
    expect(spent.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await balance(record)).toBe(4);
  });

  it("[LED-6] reversals in any parts take back exactly what was given, and no more", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 500 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 6 }),
        async (given, parts) => {
          const { record, account } = await member();
          const source = randomUUID();
          await post(
            [
              [account, given],
              [await counter(), -given],
            ],
            { source },
          );
          let taken = 0;
          for (const [part, amount] of parts.entries()) taken += (await reverse(source, part, amount)) ?? 0;
          taken += (await reverse(source, parts.length, given)) ?? 0;
          expect(taken).toBe(given);
          expect(await balance(record)).toBe(0);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("[LED-2] balances are the sums of their legs after all that", async () => {
    expect(await hub.violations(ledgerInvariants)).toEqual([]);
  });

  it("answers the movements of several records as one history, newest first, page by page", async () => {
    const [a, b] = [await member(), await member()];
    const issued = await counter();
    for (const [account, amount] of [
      [a.account, 1],
      [b.account, 2],
      [a.account, 3],
    ] as const)
      await post([
        [account, amount],
        [issued, -amount],
      ]);
    const query = { recordIds: [a.record, b.record], unit: UNIT, limit: 2 };
    const first = await entriesOf(hub, { ...query, before: null });
    const rest = await entriesOf(hub, { ...query, before: first.at(-1)?.id ?? null });
    expect([...first, ...rest].map(({ amount }) => amount)).toEqual([3, 2, 1]);
    expect(await standingOf(hub, [a.record, b.record], UNIT)).toEqual({ balance: 6, credited: 6 });
  });
});
