import { ok, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { saleHub, TILLS, tillActor, WEB, type SaleHub } from "../../../test/sale-hub.ts";
import { ERASURE_HOOKS } from "../../personal-data.ts";
import { customersOf, eraseRecords, isUnprofiled, writeRecord } from "../customers/index.ts";
import { decide } from "./commands/index.ts";
import { consentInvariants } from "./invariants.ts";
import { showTerms } from "./present.ts";
import { isContested } from "./queries.ts";
import type { UsePurpose } from "@weft/contracts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());

let people = 0;
async function person(): Promise<readonly [web: RecordId, till: RecordId]> {
  const email = `uses${++people}@consent.test.net`;
  const write = async (channelId: typeof WEB) =>
    (
      await hub.must((ctx) =>
        writeRecord(ctx, { channelId, input: { givenName: "Mia", email }, verified: ["email"], verifiedBy: "code", cause: "test" }),
      )
    ).recordId;
  return [await write(WEB), await write(TILLS)];
}
const say = (recordId: RecordId, purpose: UsePurpose, state: "granted" | "withdrawn") =>
  hub.must((ctx) =>
    decide(ctx, hub.vault, {
      recordId,
      choices: [{ purpose, state }],
      source: "web",
      wordingVersion: "test",
      language: "fr",
      proof: null,
      isFromMailbox: false,
    }),
  );
const usesOf = async (recordId: RecordId) => {
  const { uses } = await showTerms({ ...hub.around, db: hub.db, actor: tillActor() }, hub.vault, recordId);
  return Object.fromEntries(uses.map(({ purpose, isAllowed }) => [purpose, isAllowed]));
};

describe("[CNS-11] uses of data", () => {
  it("before anything is said only those run that rest on an interest; location and measuring wait for a yes", async () => {
    const [web] = await person();
    expect(await usesOf(web)).toEqual({ joining: true, profiling: true, location: false, measurement: false });
  });

  it("what is said on one channel holds on the other, a no stronger than a yes, and nothing twice", async () => {
    const [web, till] = await person();
    await say(web, "location", "granted");
    expect((await usesOf(till))["location"]).toBe(true);
    expect(await say(till, "location", "withdrawn")).toHaveLength(1);
    expect(await say(till, "location", "withdrawn")).toEqual([]);
    expect((await usesOf(web))["location"]).toBe(false);
    await say(web, "location", "granted");
    expect((await usesOf(till))["location"]).toBe(true);
    expect(await hub.violations(consentInvariants)).toEqual([]);
  });

  it("no joining parts the files, whose link stays for rights, and taking it back unites them again", async () => {
    const [web, till] = await person();
    const together = async () => new Set((await hub.must(async (ctx) => ok(await customersOf(ctx, [web, till])))).values()).size === 1;
    expect(await together()).toBe(true);
    await say(till, "joining", "withdrawn");
    expect(await together()).toBe(false);
    expect((await usesOf(web))["joining"]).toBe(false);
    await say(web, "joining", "granted");
    expect(await together()).toBe(true);
    expect((await usesOf(till))["joining"]).toBe(true);
  });

  it("no profiling is known where people are matched, on every record of the person", async () => {
    const [web, till] = await person();
    await say(web, "profiling", "withdrawn");
    expect(await isUnprofiled({ db: hub.db }, till)).toBe(true);
    await say(till, "profiling", "granted");
    expect(await isUnprofiled({ db: hub.db }, web)).toBe(false);
  });

  it("says nothing of messages: it contests none and suppresses no address after an erasure", async () => {
    const [web, till] = await person();
    for (const purpose of ["joining", "profiling", "location", "measurement"] as const) await say(web, purpose, "withdrawn");
    expect(await isContested({ db: hub.db }, web)).toBe(false);
    const count = async () => (await hub.rows<{ n: number }>("select count(*)::int as n from consent.suppression"))[0]?.n;
    const before = await count();
    await hub.must(async (ctx) => ok(await eraseRecords(ctx, [web, till], ERASURE_HOOKS)));
    expect(await count()).toBe(before);
    expect(await hub.rows("select 1 from customers.objection where record_id = any($1)", [[web, till]])).toEqual([]);
  });
});
