import { type OrderId, type RecordId, type Result, ok } from "@weft/kernel";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Ctx } from "../../../platform/index.ts";
import { MemberEnrolled } from "../../loyalty/events.ts";
import { type CodeId } from "../domain/index.ts";
import { pricingInvariants } from "../invariants.ts";
import { customerGroupsOf, usedUpCodes } from "../queries/index.ts";
import { loadPricing } from "../queries/load-snapshot.ts";
import { pricingSubscribers } from "../subscribers.ts";
import { discountCode, testId } from "../test-data.ts";
import { type PricingHub, openPricingHub } from "../../../../test/pricing-hub.ts";
import { type CodeLimits, type CodeUses, createCode, endCode, giveBackCodes, useCodes } from "./codes.ts";
import { erasePricingRecords, joinCustomerGroup, leaveCustomerGroup } from "./customer-groups.ts";

let hub: PricingHub;
beforeAll(async () => {
  hub = await openPricingHub();
  return () => hub.close();
});
beforeEach(() => hub.empty());

const order = (number: number): OrderId => testId("order", number);
const record = (number: number): RecordId => testId("record", number);
const done = (work: (ctx: Ctx) => Promise<void>): Promise<void> => hub.must(async (ctx) => ok(await work(ctx)));

async function makeCode(text: string, limits: CodeLimits = {}): Promise<CodeId> {
  const code = discountCode(text);
  await hub.must((ctx) => createCode(ctx, { ...code, ...limits }));
  return code.id;
}

function spend(codeId: CodeId, number: number, given: Partial<CodeUses> = {}): Promise<Result<void, unknown>> {
  const recordId = given.recordId ?? record(number);
  const uses: CodeUses = {
    orderId: order(number),
    recordId,
    recordIds: [recordId],
    uses: [{ codeId, amount: 100 }],
    mode: "live",
    ...given,
  };
  return hub.run((ctx) => useCodes(ctx, uses));
}

/** Every statement of the invariants must find nothing, whatever a test did. */
async function expectSoundBudgets(): Promise<void> {
  for (const { name, sql } of pricingInvariants) expect([name, (await hub.pool.query(sql)).rows]).toEqual([name, []]);
}

describe("making and ending codes", () => {
  it("a code is written one way, whatever a person types, and its text is taken once", async () => {
    await makeCode("welcome-10");
    expect([...(await loadPricing(hub.db)).snapshot.codes.keys()]).toEqual(["WELCOME10"]);
    const again = await hub.run((ctx) => createCode(ctx, { ...discountCode("Welcome 10"), id: testId<CodeId>("code", 77) }));
    expect(again).toEqual({ ok: false, error: { code: "pricing.code_taken", text: "WELCOME10" } });
  });

  it("an ended code stays known, with its end, whether it had begun or not", async () => {
    const begun = await makeCode("BEGUN");
    const later = discountCode("LATER", { validFrom: new Date("2999-01-01T00:00:00Z") });
    await hub.must((ctx) => createCode(ctx, later));
    for (const id of [begun, later.id]) await hub.must((ctx) => endCode(ctx, id));
    const { codes } = (await loadPricing(hub.db)).snapshot;
    expect(codes.get("BEGUN")?.validTo?.getTime()).toBeLessThanOrEqual(Date.now() + 60_000);
    expect(codes.get("LATER")).toMatchObject({ validTo: expect.any(Date) });
    expect(await hub.run((ctx) => endCode(ctx, testId<CodeId>("code", 404)))).toMatchObject({
      ok: false,
      error: { code: "pricing.code_unknown" },
    });
  });
});

describe("the uses of a code are counted under lock", () => {
  it.each([
    ["one row", 10, 40],
    ["sixteen slots", 170, 200],
  ])("[PRC-12] orders placed together spend it as often as it may be used, never once more (%s)", async (_title, maximumUses, orders) => {
    const codeId = await makeCode("RUSH", { maximumUses });
    const results = await Promise.all(Array.from({ length: orders }, (_, number) => spend(codeId, number)));
    expect(results.filter(({ ok: isOk }) => isOk)).toHaveLength(maximumUses);
    expect(results.find(({ ok: isOk }) => !isOk)).toEqual({ ok: false, error: { code: "pricing.code_used_up", text: "RUSH" } });
    expect(await usedUpCodes({ db: hub.db }, [codeId], [])).toEqual([codeId]);
    await expectSoundBudgets();
  });

  it("[PRC-12] an order spends a code once, however often it is sent", async () => {
    const codeId = await makeCode("ONCE", { maximumUses: 2 });
    for (let sent = 0; sent < 5; sent++) expect(await spend(codeId, 1)).toEqual({ ok: true, value: undefined });
    expect(await usedUpCodes({ db: hub.db }, [codeId], [])).toEqual([]);
    await expectSoundBudgets();
  });

  it("[PRC-12] what a canceled order spent may be used again, and is given back once", async () => {
    const codeId = await makeCode("BACK", { maximumUses: 1 });
    await spend(codeId, 1);
    expect(await spend(codeId, 2)).toMatchObject({ ok: false });
    await done((ctx) => giveBackCodes(ctx, order(1)));
    await done((ctx) => giveBackCodes(ctx, order(1)));
    expect(await spend(codeId, 2)).toMatchObject({ ok: true });
    expect(await spend(codeId, 3)).toMatchObject({ ok: false });
    await expectSoundBudgets();
  });

  it("[PRC-12] a use per customer is counted over all of the customer's records", async () => {
    const codeId = await makeCode("PERSON", { maximumUsesPerCustomer: 1 });
    const linked = [record(1), record(2)];
    expect(await spend(codeId, 1, { recordId: record(1), recordIds: linked })).toMatchObject({ ok: true });
    expect(await spend(codeId, 2, { recordId: record(2), recordIds: linked })).toMatchObject({ ok: false });
    expect(await usedUpCodes({ db: hub.db }, [codeId], linked)).toEqual([codeId]);
    expect(await usedUpCodes({ db: hub.db }, [codeId], [record(2)])).toEqual([]);
    expect(await spend(codeId, 2, { recordId: record(2), recordIds: [record(2)] })).toMatchObject({ ok: true });
  });

  it("[PRC-12] a sale that has happened is never refused, and counts as far as there are uses", async () => {
    const codeId = await makeCode("SOLD", { maximumUses: 1, maximumUsesPerCustomer: 1 });
    for (const number of [1, 2]) expect(await spend(codeId, number, { recordId: record(1), mode: "recorded" })).toMatchObject({ ok: true });
    await expectSoundBudgets();
  });

  it("a refused order leaves no use of its other codes", async () => {
    const [free, full] = [await makeCode("FREE", { maximumUses: 5 }), await makeCode("FULL", { maximumUses: 1 })];
    await spend(full, 1);
    const both = {
      uses: [
        { codeId: free, amount: 1 },
        { codeId: full, amount: 1 },
      ],
    };
    expect(await spend(free, 2, both)).toMatchObject({ ok: false });
    expect((await hub.pool.query("select 1 from pricing.code_use where order_id = $1", [order(2)])).rows).toEqual([]);
    await expectSoundBudgets();
  });

  it("two codes in either order never lock each other out", async () => {
    const [one, other] = [await makeCode("ONE", { maximumUses: 100 }), await makeCode("OTHER", { maximumUses: 100 })];
    const pair = (ids: CodeId[]) => ({ uses: ids.map((codeId) => ({ codeId, amount: 1 })) });
    const results = await Promise.all(Array.from({ length: 60 }, (_, n) => spend(one, n, pair(n % 2 ? [one, other] : [other, one]))));
    expect(results.every(({ ok: isOk }) => isOk)).toBe(true);
    await expectSoundBudgets();
  });
});

describe("customer groups", () => {
  it("a customer is in the groups of all linked records, each once", async () => {
    await done((ctx) => joinCustomerGroup(ctx, [record(1)], "member"));
    await done((ctx) => joinCustomerGroup(ctx, [record(1)], "member"));
    await done((ctx) => joinCustomerGroup(ctx, [record(2)], "member"));
    await done((ctx) => joinCustomerGroup(ctx, [record(2)], "staff"));
    expect(await customerGroupsOf({ db: hub.db }, [record(1), record(2)])).toEqual(["member", "staff"]);
    await done((ctx) => leaveCustomerGroup(ctx, record(2), "staff"));
    expect(await customerGroupsOf({ db: hub.db }, [record(1), record(2)])).toEqual(["member"]);
  });

  it("who enrolls in the program has the members' prices, also when told twice", async () => {
    const [react] = pricingSubscribers.flatMap(({ reactions }) => reactions.get(MemberEnrolled.type) ?? []);
    const event = {
      id: "1",
      type: MemberEnrolled.type,
      source: "weft",
      subject: `record/${record(3)}`,
      time: "2026-03-02T09:00:00Z",
      position: 1,
    };
    for (let times = 0; times < 2; times++)
      await done(async (ctx) => react?.(ctx, { ...event, data: { recordId: record(3), programId: "p" } }));
    expect(await customerGroupsOf({ db: hub.db }, [record(3)])).toEqual(["member"]);
  });

  it("erasure forgets the groups and who used a code, and keeps that it was used", async () => {
    const codeId = await makeCode("ERASED", { maximumUses: 1 });
    await spend(codeId, 1, { recordId: record(1) });
    await done((ctx) => joinCustomerGroup(ctx, [record(1)], "member"));
    await done((ctx) => erasePricingRecords(ctx, [record(1)]));
    expect(await customerGroupsOf({ db: hub.db }, [record(1)])).toEqual([]);
    expect((await hub.pool.query("select order_id, record_id from pricing.code_use")).rows).toEqual([
      { order_id: order(1), record_id: null },
    ]);
    await expectSoundBudgets();
  });
});
