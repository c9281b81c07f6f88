import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { testId } from "../../../test/goods-hub.ts";
import { ownRegister } from "../../../test/own-register.ts";
import { LYON, MUG, saleHub, type SaleHub } from "../../../test/sale-hub.ts";
import { testTill } from "../../../test/till-hub.ts";
import { createCode, type CodeId } from "../pricing/index.ts";
import { tillInvariants } from "./invariants.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 100);
  const half = { benefit: { kind: "percentage" as const, rate: { numerator: 1, denominator: 2 } }, combinable: true, maximumUses: 1 };
  await hub.must((ctx) => createCode(ctx, { ...half, id: testId<CodeId>("code", 21), code: "HERE", scope: { placeIds: [LYON] } }));
  await hub.must((ctx) => createCode(ctx, { ...half, id: testId<CodeId>("code", 22), code: "ANYWHERE", scope: {} }));
  const limited = { ...half, maximumUsesPerCustomer: 1, scope: { placeIds: [LYON] } };
  await hub.must((ctx) => createCode(ctx, { ...limited, id: testId<CodeId>("code", 23), code: "EACHONE" }));
  hub.around.snapshots.invalidate();
}, 60_000);
afterAll(() => hub.close());
afterEach(async () => {
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
});

it("[TIL-53] a counted code that holds at one store alone works there without the hub, as often as it may; of two tills the first one wins, the other is noted", async () => {
  const till = await testTill(hub);
  const register = await ownRegister(hub, till);
  const applied = (code: string, usedHere?: ReadonlyMap<string, number>) =>
    register.price([[MUG, 1]], { codes: [code], ...(usedHere && { usedHere }) }).view.codes.map((one) => one.applied);
  expect([applied("HERE"), applied("ANYWHERE"), applied("EACHONE")]).toEqual([[true], [false], [false]]);
  expect(applied("HERE", new Map([["HERE", 1]]))).toEqual([false]);

  const other = await testTill(hub);
  const theirs = await ownRegister(hub, other);
  const sales = [
    register.sell(await till.open(), [[MUG, 1]], { codes: ["HERE"] }),
    theirs.sell(await other.open(), [[MUG, 1]], { codes: ["HERE"] }),
  ] as const;
  expect(sales.map(({ body }) => body.total.amount)).toEqual([700, 700]);
  expect(await till.send(sales[0], sales[0])).toMatchObject([{ outcome: "done" }, { outcome: "done" }]);
  expect(await other.send(sales[1])).toMatchObject([{ outcome: "done" }]);
  const uses = await hub.rows<{ counted: boolean }>(
    `select slot is not null as counted from pricing.code_use u join pricing.code c on c.id = u.code_id where c.code = 'HERE' order by used_at`,
  );
  expect(uses.map(({ counted }) => counted)).toEqual([true, false]);
  // The next copy says that none is left.
  const next = await ownRegister(hub, till);
  expect(next.prices.version).not.toBe(register.prices.version);
  expect(next.price([[MUG, 1]], { codes: ["HERE"] }).view.codes).toMatchObject([{ applied: false }]);
});
