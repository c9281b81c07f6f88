import { ok, type IdentifierId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { customersNow } from "../../../../test/alike-people.ts";
import { peopleHub, SHOP, TILLS_FR, type PeopleHub } from "../../../../test/people-hub.ts";
import { SYSTEM } from "../../../platform/index.ts";
import { STARTING_LIMITS, type IdentifierLimit } from "../domain/index.ts";
import { customerInvariants } from "../invariants.ts";
import { applyLimitsNext } from "./apply-limits.ts";
import { judgePairs } from "./judge-pairs.ts";
import { keepApart } from "./link.ts";
import { previewLimits, setLimits, showLimits } from "./set-limits.ts";
import { standIdentifier } from "./stand.ts";
import { writeRecord, type RecordInput } from "./write-record.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub();
});
afterAll(() => hub.close());

const say = async (channelId: typeof SHOP, input: RecordInput, verified: readonly ("email" | "phone")[] = []): Promise<RecordId> =>
  (await hub.must((ctx) => writeRecord(ctx, { channelId, input, verified, verifiedBy: "code", cause: "test" }))).recordId;
const count = async (records: readonly RecordId[]): Promise<number> => new Set(await customersNow(hub, records)).size;

const limit = (kind: IdentifierLimit["kind"], more: Partial<IdentifierLimit>): IdentifierLimit => ({ ...STARTING_LIMITS[kind], ...more });

/** Sets limits and lets the job come to its end. */
async function set(...limits: IdentifierLimit[]): Promise<void> {
  await hub.must(async (ctx) => ok(await setLimits(ctx, limits)));
  hub.around.snapshots.invalidate();
  while (await hub.must(async (ctx) => ok(await applyLimitsNext(ctx))));
}
const preview = (...limits: IdentifierLimit[]) => previewLimits({ ...hub.around, actor: SYSTEM, db: hub.db, now: new Date() }, limits);
const reset = () => set(...Object.values(STARTING_LIMITS));
beforeEach(reset);

async function broken(): Promise<string[]> {
  const found = await Promise.all(customerInvariants.map(async ({ name, sql }) => ((await hub.rows(sql)).length > 0 ? [name] : [])));
  return found.flat();
}

/** What the links and the computed customers are, byte for byte. */
const picture = async (): Promise<string> =>
  JSON.stringify([
    await hub.rows("select id, a_record, b_record, kind, evidence, state, reason, at from customers.link order by id"),
    await hub.rows("select record_id, customer_id from customers.read_record_customer order by 1"),
    await hub.rows("select customer_id, field, value, from_record from customers.living_field order by 1, 2"),
  ]);

describe("limits that are changed [IDN-29]", () => {
  it("are said before they are set, computed again for whom they touch, and taken back leave everything as it was", async () => {
    const couple = [
      await say(SHOP, { externalId: "family 1", givenName: "Ona", email: "ona@limits.example.com" }, ["email"]),
      await say(TILLS_FR, { externalId: "family 2", givenName: "Ona", email: "ona@limits.example.com" }, ["email"]),
    ];
    const other = [
      await say(SHOP, { externalId: "phones 1", givenName: "Rai", phone: "+33639980101" }, ["phone"]),
      await say(TILLS_FR, { externalId: "phones 2", givenName: "Rai", phone: "+33639980101" }, ["phone"]),
    ];
    const before = await picture();
    const household = limit("email", { scope: "household" });
    expect(await preview(household)).toMatchObject({
      isComplete: true,
      linksWithdrawn: 1,
      linksRestored: 0,
      customersBefore: 1,
      customersAfter: 2,
      examples: [{ name: "Ona", becomes: 2 }],
    });
    expect(await picture()).toBe(before);
    await set(household);
    expect([await count(couple), await count(other)]).toEqual([2, 1]);
    expect((await showLimits({ db: hub.db })).course).toMatchObject({ isApplying: false, withdrawn: 1, restored: 0 });
    expect(await hub.rows("select 1 from customers.violation where rule = 'kind_joins_no_longer'")).toHaveLength(1);
    await say(TILLS_FR, { externalId: "family 2", email: "ona@limits.example.com" }, ["email"]);
    expect(await count(couple)).toBe(2);
    expect(await broken()).toEqual([]);
    expect(await preview(STARTING_LIMITS.email)).toMatchObject({ linksRestored: 1, customersBefore: 2, customersAfter: 1 });
    await reset();
    expect(await picture()).toBe(before);
    expect(await broken()).toEqual([]);
  });

  it("part who has more values than one person may have, the later first; whom a person judged meanwhile stays apart when they are taken back", async () => {
    const address = (n: number) => `many${n}@limits.example.com`;
    const first = await say(SHOP, { externalId: "many", givenName: "Mia", email: address(1) }, ["email"]);
    for (const n of [2, 3]) await say(SHOP, { externalId: "many", email: address(n) }, ["email"]);
    const till = (n: number) =>
      say(TILLS_FR, { externalId: `many ${n}`, givenName: "Mia", email: address(n), phone: `+3363998020${n}` }, ["email", "phone"]);
    const records = [first, await till(2), await till(3)]; // one after the other: the later one's link goes
    expect(await count(records)).toBe(1);
    await set(limit("phone", { valuesPerCustomer: 1 }));
    expect(await count(records)).toBe(2);
    const [, , last] = records as [RecordId, RecordId, RecordId]; // three were written
    await hub.must(async (ctx) => ok(await keepApart(ctx, first, last, "asked at the counter")));
    await reset();
    expect(await count(records)).toBe(2);
    expect(await broken()).toEqual([]);
  });

  it("blocked values join nobody from then on, and what they joined comes apart", async () => {
    const mail = (n: number) => ({ externalId: `firm ${n}`, givenName: `Firm ${n}`, email: "desk@firm.example.com" });
    const records = [await say(SHOP, mail(1), ["email"]), await say(TILLS_FR, mail(2), ["email"])];
    expect(await count(records)).toBe(1);
    await set(limit("email", { blocked: ["*@firm.example.com"] }));
    expect(await count(records)).toBe(2);
    records.push(await say(TILLS_FR, mail(3), ["email"]));
    expect(await count(records)).toBe(3);
    await reset();
    expect(await count(records.slice(0, 2))).toBe(1);
  });
});

describe("one value [IDN-30]", () => {
  it("that staff set aside parts whom it joined, and joins them again when it counts again", async () => {
    const both = { givenName: "Nil", phone: "+33639980301" };
    const records = [
      await say(SHOP, { externalId: "nil 1", ...both }, ["phone"]),
      await say(TILLS_FR, { externalId: "nil 2", ...both }, ["phone"]),
    ];
    const before = await picture();
    const [value] = await hub.rows<{ id: IdentifierId }>("select id from customers.identifier where value_norm = $1", [both.phone]);
    if (!value) throw new Error("the phone was stored");
    const stand = (isSetAside: boolean) => hub.must((ctx) => standIdentifier(ctx, value.id, isSetAside));
    await stand(true);
    expect(await count(records)).toBe(2);
    await say(TILLS_FR, { externalId: "nil 2", ...both }, ["phone"]);
    expect(await count(records)).toBe(2);
    await stand(false);
    expect(await picture()).toBe(before);
  });
});

describe("judgments from a file [IDN-32]", () => {
  it("join and part by the channels' own ids, tell what contradicts, and given again change nothing", async () => {
    for (const n of [1, 2, 3]) await say(SHOP, { externalId: `listed ${n}`, givenName: `Listed ${n}` });
    const side = (externalId: string) => ({ channel: "shop", externalId });
    const pair = (a: string, b: string, decision: "same" | "different") => ({
      a: side(a),
      b: side(b),
      decision,
      reason: "from the paper file",
    });
    const pairs = [
      pair("listed 1", "listed 2", "same"),
      pair("listed 2", "listed 3", "different"),
      pair("listed 1", "listed 3", "same"),
      pair("listed 1", "listed 2", "different"),
      pair("listed 1", "nobody", "same"),
      pair("listed 1", "listed 1", "same"),
    ];
    const judge = async () => (await hub.must(async (ctx) => ok(await judgePairs(ctx, pairs)))).map(({ result }) => result);
    expect(await judge()).toEqual(["done", "done", "judged_different", "are_one", "unknown_record", "same_record"]);
    const after = await picture();
    expect(await judge()).toEqual(["known", "known", "judged_different", "are_one", "unknown_record", "same_record"]);
    expect(await picture()).toBe(after);
    expect(await broken()).toEqual([]);
  });
});
