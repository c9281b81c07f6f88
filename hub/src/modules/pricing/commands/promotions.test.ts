import { PromotionTerms, type PromotionTermsView } from "@weft/contracts";
import { type OrderId, type RecordId, ok } from "@weft/kernel";
import { sql } from "kysely";
import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Ctx } from "../../../platform/index.ts";
import { type PromotionId, usedGroup } from "../domain/index.ts";
import { pricingInvariants } from "../invariants.ts";
import { customerGroupsOf } from "../queries/index.ts";
import { loadPricing } from "../queries/load-snapshot.ts";
import { readPromotions } from "../queries/promotions.ts";
import { testId } from "../test-data.ts";
import { type PricingHub, openPricingHub } from "../../../../test/pricing-hub.ts";
import { giveBackCodes } from "./codes.ts";
import { erasePricingRecords } from "./customer-groups.ts";
import { addPromotionCodes } from "./promotion-codes.ts";
import { changePromotion, createPromotion, endPromotion, markUsedUp, usedUpPromotion } from "./promotions.ts";

let hub: PricingHub;
beforeAll(async () => {
  hub = await openPricingHub();
  return () => hub.close();
});
beforeEach(() => hub.empty());

const ID = testId<PromotionId>("promotion", 1);
const order = (number: number): OrderId => testId("order", number);
const record = (number: number): RecordId => testId("record", number);
const percent = { kind: "percentage", rate: { numerator: 1, denominator: 10 } };
const terms = (given: object = {}): PromotionTermsView => PromotionTerms.parse({ name: { en: "Ten off" }, benefit: percent, ...given });
const make = (given: object = {}) => hub.must((ctx) => createPromotion(ctx, ID, terms(given)));
const inForce = async () => (await loadPricing(hub.db)).snapshot.promotions.map(({ promotion }) => promotion);

/** Spends the promotion for an order as a completion does; answers the promotion that was used up, if it was. */
async function spend(number: number, given: { amount?: number; record?: number; records?: number[]; isRecorded?: boolean } = {}) {
  const recordId = record(given.record ?? number);
  const records = (given.records ?? [given.record ?? number]).map(record);
  try {
    await hub.must(async (ctx) => {
      await sql`select pricing.use_codes(${order(number)}::uuid, ${recordId}::uuid, ${records}::uuid[], ${[ID]}::uuid[],
                                         ${[given.amount ?? 100]}::bigint[], ${!given.isRecorded}::boolean)`.execute(ctx.db);
      return ok(null);
    });
    return undefined;
  } catch (error) {
    const promotionId = usedUpPromotion(error);
    if (!promotionId) throw error;
    return promotionId;
  }
}

const giveBack = (number: number) => hub.must(async (ctx) => ok(await giveBackCodes(ctx, order(number))));

async function expectSoundBudgets(): Promise<void> {
  for (const { name, sql: check } of pricingInvariants) expect([name, (await hub.pool.query(check)).rows]).toEqual([name, []]);
}

it("[PRC-15] a promotion comes into the snapshot as it was told, and a change of it is a new version", async () => {
  await make({ hours: { weekdays: [1], from: "17:00", to: "19:30" }, customerGroups: ["member"] });
  expect(await inForce()).toMatchObject([
    { id: ID, version: 1, hours: { weekdays: [1], from: 1020, to: 1170 }, scope: { customerGroups: ["member"] }, isUsedUp: false },
  ]);
  await hub.must((ctx) => changePromotion(ctx, ID, 1, terms({ priority: 5 })));
  expect(await inForce()).toMatchObject([{ version: 2, priority: 5, hours: null }]);
  const late = await hub.run((ctx) => changePromotion(ctx, ID, 1, terms()));
  expect(late).toEqual({ ok: false, error: { code: "pricing.promotion_changed", promotionId: ID, version: 2 } });
  await hub.must((ctx) => endPromotion(ctx, ID));
  expect(await hub.run((ctx: Ctx) => readPromotions(ctx, { id: ID, limit: 1 }).then(ok))).toMatchObject({
    value: [{ state: "ended", version: 3 }],
  });
});

it("one whose times or currencies do not fit is refused", async () => {
  const refused = async (given: object) => {
    const made = await hub.run((ctx) => createPromotion(ctx, ID, terms(given)));
    return made.ok ? null : made.error.code;
  };
  const [validFrom, validTo] = ["2026-05-02T00:00:00Z", "2026-05-01T00:00:00Z"];
  expect(await refused({ validFrom, validTo })).toBe("pricing.promotion_times");
  const money = { amount: 100, currency: "EUR" };
  const benefit = { kind: "fixed_price", money };
  expect(await refused({ benefit, minimum: { amount: 100, currency: "GBP" } })).toBe("pricing.promotion_currencies");
});

it("[PRC-18] orders placed together spend a budget as often as it goes, never once more, and every cart learns that it is spent", async () => {
  await make({ maximumUses: 7 });
  const refused = await Promise.all(Array.from({ length: 25 }, (_, number) => spend(number)));
  expect(refused.filter((one) => one === undefined)).toHaveLength(7);
  expect(new Set(refused.filter((one) => one !== undefined))).toEqual(new Set([ID]));
  expect(await inForce()).toMatchObject([{ isUsedUp: true }]);
  expect((await hub.published()).filter(({ type }) => type === "pricing.changed.v1")).toHaveLength(2);
  await expectSoundBudgets();
});

it("[PRC-18] the use that reaches a budget of money is its last, and a canceled order opens it again", async () => {
  await make({ benefit: percent, maximumAmount: { amount: 250, currency: "EUR" } });
  expect([await spend(1), await spend(2), await spend(3), await spend(4)]).toEqual([undefined, undefined, undefined, ID]);
  await giveBack(2);
  await giveBack(2);
  expect(await inForce()).toMatchObject([{ isUsedUp: false }]);
  expect([await spend(5), await spend(6)]).toEqual([undefined, ID]);
  await expectSoundBudgets();
});

it("[PRC-18] an order counts once however often it is told, and a sale that happened is never refused", async () => {
  await make({ maximumUses: 1 });
  expect([await spend(1), await spend(1), await spend(2)]).toEqual([undefined, undefined, ID]);
  expect(await spend(3, { isRecorded: true })).toBeUndefined();
  await expectSoundBudgets();
});

it("[PRC-18] a customer has it as often as they may over all their records, and their carts know it by their groups", async () => {
  await make({ maximumUsesPerCustomer: 2 });
  expect([await spend(1, { record: 1 }), await spend(2, { record: 2, records: [1, 2] })]).toEqual([undefined, undefined]);
  const groups = (...numbers: number[]) => customerGroupsOf({ db: hub.db }, numbers.map(record));
  expect(await groups(1, 2)).toEqual([usedGroup(ID)]);
  expect(await spend(3, { record: 1, records: [1, 2] })).toBe(ID);
  await giveBack(2);
  expect(await groups(1, 2)).toEqual([]);
});

it("[PRC-18] two customers who each had it once and became one are refused, and marked then", async () => {
  await make({ maximumUsesPerCustomer: 2 });
  await spend(1, { record: 1 });
  await spend(2, { record: 2 });
  expect(await spend(3, { record: 1, records: [1, 2] })).toBe(ID);
  await hub.must(async (ctx) => ok(await markUsedUp(ctx, ID, record(1), [record(1), record(2)])));
  expect(await customerGroupsOf({ db: hub.db }, [record(1)])).toEqual([usedGroup(ID)]);
});

it("[PRC-18] a maximum that is set later counts what was used before", async () => {
  await make();
  await spend(1, { record: 1 });
  await spend(2, { record: 1 });
  await hub.must((ctx) => changePromotion(ctx, ID, 1, terms({ maximumUses: 2, maximumUsesPerCustomer: 2 })));
  expect(await inForce()).toMatchObject([{ isUsedUp: true }]);
  expect(await customerGroupsOf({ db: hub.db }, [record(1)])).toEqual([usedGroup(ID)]);
  await expectSoundBudgets();
});

it("erasure forgets who used a promotion, and its budget stays", async () => {
  await make({ maximumUses: 5 });
  await spend(1);
  await hub.must(async (ctx) => ok(await erasePricingRecords(ctx, [record(1)])));
  expect(await hub.rows("select record_id, amount from pricing.promotion_use")).toEqual([{ record_id: null, amount: 100 }]);
  await expectSoundBudgets();
});

it("codes of a promotion are made up apart, each for one use, and one that is taken is refused", async () => {
  await make({ needsCode: true });
  const made = await hub.run((ctx) => addPromotionCodes(ctx, ID, { texts: { count: 50 }, maximumUses: 1 }));
  expect(made.ok && new Set(made.value).size).toBe(50);
  await hub.must((ctx) => addPromotionCodes(ctx, ID, { texts: ["spring-26"], maximumUses: null }));
  expect((await loadPricing(hub.db)).snapshot.codes.get("SPRING26")).toMatchObject({
    benefit: { kind: "promotion", promotionId: ID },
    isUnlimited: true,
  });
  const again = await hub.run((ctx) => addPromotionCodes(ctx, ID, { texts: ["Spring 26"], maximumUses: 1 }));
  expect(again).toEqual({ ok: false, error: { code: "pricing.code_taken", text: "SPRING26" } });
});
