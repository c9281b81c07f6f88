import { ok, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { peopleHub, SHOP, TILLS_FR, type PeopleHub } from "../../../../test/people-hub.ts";
import { customerInvariants } from "../invariants.ts";
import { readFieldRules, rebuildNext, setFieldRules } from "./field-rules.ts";
import { link } from "./link.ts";
import { writeRecord } from "./write-record.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub();
});
afterAll(() => hub.close());

const say = async (channelId: typeof SHOP, familyName: string): Promise<RecordId> => {
  const input = { externalId: "ida", givenName: "Ida", familyName };
  const write = { channelId, input, verified: [], verifiedBy: "code", cause: "test" } as const;
  return (await hub.must((ctx) => writeRecord(ctx, write))).recordId;
};
const familyName = async (record: RecordId) => {
  const [row] = await hub.rows<{ value: string; rule: string }>(
    "select value #>> '{}' as value, rule from customers.living_field where field = 'familyName' and customer_id = customers.customer_of($1)",
    [record],
  );
  return row;
};

it("[IDN-28] a field is chosen by the rules that an owner set, and all profiles are built again", async () => {
  const shop = await say(SHOP, "Berg");
  const till = await say(TILLS_FR, "Berg-Roth");
  await hub.must(async (ctx) => ok(await link(ctx, { a: shop, b: till, kind: "agent", evidence: {}, reason: "asked" })));
  expect(await familyName(shop)).toEqual({ value: "Berg-Roth", rule: "most_recent" });

  const { fields } = await hub.must(async (ctx) => ok(await readFieldRules(ctx)));
  const chosen = fields.map((each) => (each.field === "familyName" ? { ...each, rules: ["channel_priority" as const] } : each));
  await hub.must(async (ctx) => ok(await setFieldRules(ctx, { fields: chosen, channels: ["web"] })));
  expect(await hub.must(async (ctx) => ok((await readFieldRules(ctx)).isRebuilding))).toBe(true);
  while (await hub.must(async (ctx) => ok(await rebuildNext(ctx))));
  expect(await familyName(shop)).toEqual({ value: "Berg", rule: "channel_priority" });
  expect(await hub.must(async (ctx) => ok((await readFieldRules(ctx)).isRebuilding))).toBe(false);

  // A later write goes by the same rules.
  await say(TILLS_FR, "Roth");
  expect(await familyName(shop)).toEqual({ value: "Berg", rule: "channel_priority" });
  for (const { sql } of customerInvariants) expect(await hub.rows(sql)).toEqual([]);
});
