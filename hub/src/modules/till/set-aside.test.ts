import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CAPPUCCINO, LYON, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill, type TestTill } from "../../../test/till-hub.ts";
import { isOutage } from "./commands/outage.ts";
import { tillInvariants } from "./invariants.ts";

let hub: SaleHub;
let till: TestTill;
beforeAll(async () => {
  hub = await saleHub();
}, 60_000);
afterAll(() => hub.close());
beforeEach(async () => {
  till = await testTill(hub);
});
afterEach(async () => {
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
});

const cappuccino = () => hub.cart([[CAPPUCCINO, 1]], { actor: till.actor });

/** A provider of cards that throws what it is given, so many times. */
function cardsThat(fail: () => Error, times = Number.POSITIVE_INFINITY): { asked: () => number } {
  let asked = 0;
  const { provider } = till.deps;
  Object.assign(till.deps, {
    provider: {
      ...provider,
      decideInline: (charge: Parameters<NonNullable<typeof provider.decideInline>>[0]) => {
        asked += 1;
        if (asked <= times) throw fail();
        return provider.decideInline?.(charge) ?? null;
      },
    },
  });
  return { asked: () => asked };
}

describe("[TIL-33] a command that cannot be executed", () => {
  it("waits in quarantine after three tries, whatever was thrown: the till sells on, and the quarantine names it", async () => {
    const shiftId = await till.open();
    const { asked } = cardsThat(() => new Error("a bug of ours"));
    const [bad, good] = [await cappuccino(), await cappuccino()];
    const sale = (cart: typeof bad, tender: object) => ({
      shiftId,
      cartId: cart.id,
      completion: {
        fulfillment: { kind: "take_away", placeId: LYON },
        tenders: [tender],
        expectedTotal: cart.view.totals.total,
      },
    });
    const commands = [
      till.write("sale.complete", sale(bad, { kind: "card", token: "inline" })),
      till.write("sale.complete", sale(good, { kind: "cash" })),
      till.write("drawer.open", { shiftId, reason: "change" }),
    ];
    const answers = await till.send(...commands);
    expect(answers.map(({ outcome }) => outcome)).toEqual(["quarantined", "done", "done"]);
    expect(asked()).toBe(3);
    expect(till.quarantined).toMatchObject([
      { reason: "till.failed", detail: "Error: a bug of ours", context: { commandId: commands[0]?.["id"] } },
    ]);
    expect(await till.send(...commands)).toEqual(answers);
    expect(asked()).toBe(3);
  });

  it("is done all the same when it was chance", async () => {
    const shiftId = await till.open();
    cardsThat(() => new Error("once"), 1);
    expect(await till.sale(await cappuccino(), shiftId, [{ kind: "card", token: "inline" }])).toMatchObject({ outcome: "done" });
    expect(till.quarantined).toEqual([]);
  });

  it("because the database is away is sent again, and stays where it is in the row", async () => {
    const shiftId = await till.open();
    const { asked } = cardsThat(() => new Error("Connection terminated unexpectedly"), 1);
    const cart = await cappuccino();
    const sale = till.write("sale.complete", {
      shiftId,
      cartId: cart.id,
      completion: {
        fulfillment: { kind: "take_away", placeId: LYON },
        tenders: [{ kind: "card", token: "inline" }],
        expectedTotal: cart.view.totals.total,
      },
    });
    await expect(till.send(sale)).rejects.toThrow("Connection terminated");
    expect(asked()).toBe(1);
    expect(await till.send(sale)).toMatchObject([{ outcome: "done" }]);
    expect(till.quarantined).toEqual([]);
  });
});

describe("[TIL-33] what an outage is", () => {
  const database = (code: string) => Object.assign(new pg.DatabaseError("said", 4, "error"), { code });
  const system = (code: string) => Object.assign(new Error(code), { code });

  it("is a connection, a disk or time that is away, also behind another error", () => {
    for (const code of ["08006", "25006", "40001", "53100", "53300", "55P03", "57014", "57P01", "58030"])
      expect([code, isOutage(database(code))]).toEqual([code, true]);
    for (const code of ["ECONNREFUSED", "ECONNRESET", "EAI_AGAIN", "ENOSPC"]) expect([code, isOutage(system(code))]).toEqual([code, true]);
    expect(isOutage(new TypeError("fetch failed", { cause: system("ECONNREFUSED") }))).toBe(true);
    expect(isOutage(new AggregateError([system("ECONNREFUSED")]))).toBe(true);
    expect(isOutage(new Error("timeout exceeded when trying to connect"))).toBe(true);
    expect(isOutage(new DOMException("too late", "TimeoutError"))).toBe(true);
  });

  it("is no mistake, no data that a row does not take, and nothing that a rule in the database said", () => {
    for (const code of ["21000", "22P05", "23505", "42703", "54000", "P0001", "WF002", "XX000"])
      expect([code, isOutage(database(code))]).toEqual([code, false]);
    for (const error of [new Error("a bug"), new TypeError("x is undefined"), system("ERR_INVALID_ARG_TYPE"), "a text", undefined])
      expect(isOutage(error)).toBe(false);
  });
});
