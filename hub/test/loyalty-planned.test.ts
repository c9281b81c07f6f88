import { addDays, instantOf, ok, wallClock, type OrderId } from "@weft/kernel";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cancelOrder } from "../src/modules/checkout/index.ts";
import {
  currentRule,
  NO_TERMS,
  planProgram,
  programNow,
  ruleAt,
  setProgram,
  withdrawPlan,
  type DatedRule,
} from "../src/modules/loyalty/index.ts";
import { memberHub, type MemberHub } from "./member-hub.ts";
import { LYON, MUG } from "./sale-hub.ts";

let hub: MemberHub;
beforeAll(async () => {
  hub = await memberHub();
}, 30_000);
afterAll(() => hub.close());
beforeEach(() => hub.stock(MUG, LYON, 500));
afterEach(async () => expect(await hub.broken()).toEqual([]));

const today = (): string => wallClock(new Date(), "Europe/Paris").date;
const PARIS = { timeZone: "Europe/Paris" };
const rule = () => currentRule(hub, PARIS);
const version = async (): Promise<number> => (await rule())?.version ?? 0;
/** Three points for each euro, from a day on. */
async function plan(beginsOn: string, seen?: number) {
  const terms = { bonuses: [], tiers: null, terms: NO_TERMS };
  const wanted = { version: seen ?? (await version()), beginsOn, rule: { points: 3, perMinorUnits: 100, pendingDays: 0 }, ...terms };
  return hub.run((ctx) => planProgram(ctx, wanted));
}
/** As if so many days had gone by since it was planned. */
async function letDaysPass(days: number): Promise<void> {
  await hub.rows(
    "update loyalty.rule_set set begins_on = begins_on - $1::integer, valid_from = valid_from - make_interval(days => $1::integer)",
    [days],
  );
  hub.around.snapshots.invalidate();
}

describe("[LOY-44] a version that is planned for a day", () => {
  it("changes nothing before it; from then on sales earn by it, and returns by the version of their sale", async () => {
    const ada = await hub.customer();
    expect(await plan(addDays(today(), 3))).toMatchObject({ ok: true });
    hub.around.snapshots.invalidate();
    const before = await hub.buy(ada);
    expect(await hub.balance(ada)).toBe(14);
    await letDaysPass(3);
    const after = await hub.buy(ada);
    expect(await hub.balance(ada)).toBe(14 + 42);
    await hub.must((ctx) => cancelOrder(ctx, before.id as OrderId, "no"), ada); // an order's own id
    expect(await hub.balance(ada)).toBe(42);
    await hub.must((ctx) => cancelOrder(ctx, after.id as OrderId, "no"), ada); // an order's own id
    expect(await hub.balance(ada)).toBe(0);
  });

  it("is one at a time, for a day to come, beside the version that was seen; undone before its day it never held", async () => {
    const now = await version();
    expect(await plan(today())).toMatchObject({ error: { code: "loyalty.day_past" } });
    expect(await plan(addDays(today(), 9), now - 1)).toMatchObject({ error: { code: "loyalty.program_changed", version: now } });
    await plan(addDays(today(), 5));
    await plan(addDays(today(), 9));
    const planned = await hub.rows(
      "select version from loyalty.rule_set where begins_on is not null and version > $1 and withdrawn_at is null",
      [now],
    );
    expect(planned).toHaveLength(1);
    await hub.must((ctx) => withdrawPlan(ctx));
    expect(await hub.run((ctx) => withdrawPlan(ctx))).toMatchObject({ error: { code: "loyalty.no_plan" } });
    await letDaysPass(20);
    expect(await version()).toBe(now);
  });

  it("stands beside what is changed meanwhile: that holds until its day", async () => {
    await plan(addDays(today(), 2));
    await hub.must(async (ctx) => ok(await setProgram(ctx, { programName: "Threads", points: 2, perMinorUnits: 100, currency: "EUR" })));
    hub.around.snapshots.invalidate();
    const ada = await hub.customer();
    await hub.buy(ada);
    expect(await hub.balance(ada)).toBe(28);
    await letDaysPass(1);
    expect((await rule())?.points).toBe(2);
    await letDaysPass(1);
    expect((await rule())?.points).toBe(3);
  });
});

it("[LOY-44] each store follows at its own midnight, also when the clocks change", () => {
  const dated = (number: number, beginsOn: string | null): DatedRule =>
    // Only what dates a version is asked.
    ({ version: number, beginsOn, validFrom: new Date("2026-01-01T00:00:00Z") }) as DatedRule;
  const versions = [dated(1, null), dated(2, "2026-03-29")];
  const at = (instant: string, zone: string) => ruleAt(versions, new Date(instant), zone)?.version;
  expect([at("2026-03-28T22:59:59Z", "Europe/Paris"), at("2026-03-28T23:00:00Z", "Europe/Paris")]).toEqual([1, 2]);
  expect([at("2026-03-28T23:30:00Z", "Europe/London"), at("2026-03-29T00:00:00Z", "Europe/London")]).toEqual([1, 2]);
  expect([at("2026-03-28T10:59:59Z", "Pacific/Auckland"), at("2026-03-28T11:00:00Z", "Pacific/Auckland")]).toEqual([1, 2]);
  expect([at("2026-03-29T03:59:59Z", "America/New_York"), at("2026-03-29T04:00:00Z", "America/New_York")]).toEqual([1, 2]);
});

it("[LOY-44] what happens at no store follows the clock of the house, in memory and in the database", async () => {
  await plan(addDays(today(), 2));
  hub.around.snapshots.invalidate();
  const next = await version();
  const planned = (
    await hub.rows<{ begins_on: string }>(
      "select begins_on::text from loyalty.rule_set where withdrawn_at is null and begins_on is not null order by version desc limit 1",
    )
  )[0];
  const begins = instantOf(planned?.begins_on ?? "", 0, "Europe/Paris");
  const second = new Date(begins.getTime() - 1000);
  const [before, after] = [await currentRule(hub, { at: second }), await currentRule(hub, { at: begins })];
  expect([before?.version, after?.points]).toEqual([next, 3]);
  const held = async (at: Date) => (await programNow(hub.around, { at }))?.rule.version;
  expect([await held(second), await held(begins)]).toEqual([before?.version, after?.version]);
  await hub.must((ctx) => withdrawPlan(ctx));
});
