import { ok, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  bindVisitor,
  customerInvariants,
  judgePair,
  keepCustomersApart,
  matchRecord,
  provisionalRecord,
  senderRecords,
  undoJudgment,
  withdrawLink,
  writeRecord,
  type RecordInput,
  type Resolution,
} from "../src/modules/customers/index.ts";
import { startMatching } from "../src/modules/customers/commands/matching-runs.ts";
import { runMatching } from "../src/modules/customers/commands/run-matching.ts";
import { SYSTEM } from "../src/platform/index.ts";
import { alikePeople, customersNow, inventedPerson, jobContext, onPaper, type AlikePeople } from "./alike-people.ts";
import { peopleHub, SHOP, TILLS_DE, TILLS_FR, type PeopleHub } from "./people-hub.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub();
});
afterAll(() => hub.close());

const say = (channelId: typeof SHOP, input: RecordInput, verified: readonly ("email" | "phone")[] = []): Promise<Resolution> =>
  hub.must((ctx) => writeRecord(ctx, { channelId, input, verified, verifiedBy: "code", cause: "test" }));
const count = async (records: readonly RecordId[]): Promise<number> => new Set(await customersNow(hub, records)).size;
const violations = async (rule: string) => (await hub.rows("select 1 from customers.violation where rule = $1", [rule])).length;

async function broken(): Promise<string[]> {
  const found = await Promise.all(customerInvariants.map(async ({ name, sql }) => ((await hub.rows(sql)).length > 0 ? [name] : [])));
  return found.flat();
}

const device = (): Promise<RecordId> =>
  hub.must(async (ctx) => ok(await provisionalRecord({ ...ctx, actor: { ...SYSTEM, channelId: TILLS_FR } })));

describe("strangers stay strangers", () => {
  it("[IDN-6] one tablet of a store and twenty customers are twenty customers, and it is told", async () => {
    const tablet = await device();
    const people: RecordId[] = [];
    for (let n = 0; n < 20; n++) {
      const { recordId } = await say(TILLS_FR, { externalId: `tablet ${n}`, givenName: `Guest ${n}` });
      await hub.must(async (ctx) => ok(await bindVisitor(ctx, tablet, recordId)));
      people.push(recordId);
    }
    expect(await count(people)).toBe(20);
    expect(await violations("device_of_another")).toBe(19);
  });

  it("[IDN-31] a tablet that event clients speak of, without a reset between people, is one after the other and joins nobody", async () => {
    const people: RecordId[] = [];
    for (let n = 0; n < 20; n++) {
      const [tablet] = await hub.must(async (ctx) => ok(await senderRecords(ctx, [{ channelId: TILLS_FR, externalId: "visitor:tablet" }])));
      const { recordId } = await say(TILLS_FR, { externalId: `seen ${n}`, givenName: `Seen ${n}` });
      await hub.must(async (ctx) => ok(await bindVisitor(ctx, tablet as RecordId, recordId))); // one was asked for
      people.push(recordId);
    }
    expect(await count(people)).toBe(20);
    const bindings = await hub.rows<{ is_open: boolean }>(
      "select bound_to is null as is_open from customers.device_binding where external_id = 'visitor:tablet' order by bound_from",
    );
    expect(bindings.map(({ is_open: isOpen }) => isOpen)).toEqual([...Array<boolean>(19).fill(false), true]);
    expect(await broken()).toEqual([]);
  });

  it("[IDN-6] an address that a channel calls proven for one person after the other is a default value: set aside, and what it joined comes apart", async () => {
    const email = "shop@default.example.com";
    const people: RecordId[] = [];
    const add = async (n: number) =>
      people.push((await say(SHOP, { externalId: `vouched ${n}`, givenName: `Vouched ${n}`, email }, ["email"])).recordId);
    for (let n = 0; n < 20; n++) await add(n);
    expect(await count(people)).toBe(1);
    await add(20);
    expect(await count(people)).toBe(21);
    await add(21);
    expect(await count(people)).toBe(22);
    expect(
      await hub.rows("select 1 from customers.identifier where value_norm = $1 and blocked_reason = 'too_many_people'", [email]),
    ).toHaveLength(1);
    expect(await hub.rows("select 1 from customers.link where state = 'withdrawn' and reason = 'limit_customers_per_value'")).toHaveLength(
      19,
    );
    expect(await broken()).toEqual([]);
  });

  it("[IDN-29] a payment card joins nobody: a couple who share one are at most asked about where their names agree, and of three it tells nothing", async () => {
    const pays = (n: number, givenName: string) =>
      say(SHOP, { externalId: `pays ${n}`, givenName, familyName: "Puig", paymentCard: "card token 1" });
    const [one, other, again] = [await pays(1, "Marta"), await pays(2, "Pol"), await pays(3, "Marta")];
    expect([one, other].map(({ resolution }) => resolution)).toEqual(["created", "created"]);
    expect(again.resolution).toBe("created");
    expect(await count([one.recordId, other.recordId, again.recordId])).toBe(3);
    const pair = await Promise.all(
      [1, 2].map((n) => say(n === 1 ? SHOP : TILLS_FR, { externalId: `couple ${n}`, givenName: "Jana", paymentCard: "card token 2" })),
    );
    expect(pair.map(({ because }) => because).toSorted()).toEqual(["nobody_like_this", "payment_card_shared"]);
    expect(await count(pair.map(({ recordId }) => recordId))).toBe(2);
  });

  it("[IDN-6] default values and the store's own phone never join", async () => {
    const people: RecordId[] = [];
    for (let n = 0; n < 25; n++) {
      const common = { email: "test@test", phone: "0000000000" };
      people.push((await say(SHOP, { externalId: `default ${n}`, givenName: `Nobody ${n}`, ...common }, ["email", "phone"])).recordId);
    }
    expect(await count(people)).toBe(25);
  });

  it("[IDN-6] a value that twenty unproven customers share tells nobody apart: set aside, and told", async () => {
    for (let n = 0; n < 22; n++) await say(SHOP, { externalId: `shared ${n}`, givenName: `Sharer ${n}`, email: "office@firm.example.com" });
    const [identifier] = await hub.rows<{ reason: string }>(
      "select blocked_reason as reason from customers.identifier where value_norm = 'office@firm.example.com'",
    );
    expect(identifier?.reason).toBe("too_common");
    expect(await violations("customers_per_value")).toBeGreaterThan(0);
  });

  it("[IDN-2] a family with one e-mail and phone, different names and birth dates, is at most asked about", async () => {
    const home = { email: "roca@home.example.com", phone: "+33639989990" };
    const family = await Promise.all(
      [
        { givenName: "Mercedes", birthDate: "1975-03-04" },
        { givenName: "Albert", birthDate: "2004-11-23" },
        { givenName: "Ines", birthDate: "2007-06-30" },
      ].map((person, n) => say(SHOP, { externalId: `roca ${n}`, familyName: "Roca", ...home, ...person })),
    );
    expect(await count(family.map(({ recordId }) => recordId))).toBe(3);
    expect(family.filter(({ resolution }) => resolution === "matched")).toEqual([]);
  });
});

describe("what a person judged stands [IDN-3]", () => {
  it("two who were kept apart are not joined by a third record that proves a value of each, and it is told", async () => {
    const ada = await say(SHOP, { externalId: "apart ada", givenName: "Ada", email: "ada@apart.example.com" }, ["email"]);
    const bea = await say(TILLS_FR, { externalId: "apart bea", givenName: "Bea", phone: "+33639988801" }, ["phone"]);
    await hub.must((ctx) => keepCustomersApart(ctx, ada.customerId, bea.customerId, "sisters, asked at the counter"));
    const both = { externalId: "apart both", email: "ada@apart.example.com", phone: "+33639988801" };
    const third = await say(TILLS_DE, both, ["email", "phone"]);
    expect(await count([ada.recordId, bea.recordId])).toBe(2);
    expect(await count([ada.recordId, bea.recordId, third.recordId])).toBe(2);
    expect(await violations("apart_but_proven")).toBe(1);
    expect(await broken()).toEqual([]);
  });

  it("a judgment is taken back and leaves both as they were; a pair put off waits [IDN-27]", async () => {
    const home = { email: "pair@judge.example.com" };
    const one = await say(SHOP, { externalId: "judge 1", givenName: "Mireia", ...home });
    const other = await say(TILLS_FR, { externalId: "judge 2", givenName: "Mire", ...home });
    const [pair] = await hub.rows<{ id: Parameters<typeof judgePair>[1] }>(
      "select id from customers.review_pair where $1 in (a_record, b_record)",
      [other.recordId],
    );
    if (!pair) throw new Error("a shared unproven address is asked about");
    const records = [one.recordId, other.recordId];
    for (const [decision, customers] of [
      ["same", 1],
      ["different", 2],
      ["later", 2],
    ] as const) {
      await hub.must((ctx) => judgePair(ctx, pair.id, decision, undefined));
      expect(await count(records)).toBe(customers);
      await hub.must((ctx) => undoJudgment(ctx, pair.id));
      expect(await count(records)).toBe(2);
    }
    expect(await hub.run((ctx) => undoJudgment(ctx, pair.id))).toEqual({ ok: false, error: { code: "customer.match_undecided" } });
    expect(await hub.rows("select 1 from customers.link where state = 'active' and a_record = least($1::uuid, $2::uuid)", records)).toEqual(
      [],
    );
    expect(await broken()).toEqual([]);
  });
});

describe("records that come one by one [IDN-25]", () => {
  let people: AlikePeople;
  beforeAll(async () => {
    people = await alikePeople(hub, [SHOP, TILLS_FR], 140, 30);
    await hub.must(startMatching);
    await runMatching(jobContext(hub));
    hub.around.snapshots.invalidate();
  }, 120_000);

  it("make the same customers in any order", { timeout: 60_000 }, async () => {
    const numbers = [100, 101, 102, 103, 104, 105, 106, 107];
    const rounds: string[] = [];
    for (const [round, order] of [numbers, numbers.toReversed(), numbers.toSorted((a, b) => ((a * 7) % 11) - ((b * 7) % 11))].entries()) {
      const records = new Map<number, RecordId>();
      for (const n of order) records.set(n, await arrives(`order ${round} ${n}`, onPaper(n)));
      const customers = await customersNow(
        hub,
        numbers.map((n) => records.get(n) as RecordId),
      ); // each was made above
      const accounts = await customersNow(
        hub,
        numbers.map((n) => people.shop[n] as RecordId),
      ); // one of them
      rounds.push(numbers.map((n, at) => `${n} ${customers[at] === accounts[at]}`).join());
    }
    expect(new Set(rounds).size).toBe(1);
    expect(rounds[0]).toContain("true");
    expect(await broken()).toEqual([]);
  });

  it("a link by likeness is undone exactly, also after both have done more, and is not made again", async () => {
    const shop = people.shop[120] as RecordId; // one of them
    const before = await hub.rows("select attributes, version from customers.source_record where id = $1", [shop]);
    const paper = await arrives("undone", onPaper(120));
    expect(await count([shop, paper])).toBe(1);
    const [link] = await hub.rows<{ id: Parameters<typeof withdrawLink>[1] }>(
      "select id from customers.link where kind = 'model' and state = 'active' and $1 in (a_record, b_record)",
      [paper],
    );
    if (!link) throw new Error("they were joined by likeness");
    await say(TILLS_FR, { externalId: "undone", locale: "ca" });
    expect((await hub.must((ctx) => withdrawLink(ctx, link.id))).length).toBe(2);
    expect(await hub.rows("select attributes, version from customers.source_record where id = $1", [shop])).toEqual(before);
    await arrives("undone", { ...onPaper(120), phone: inventedPerson(120).phone ?? "" });
    expect(await count([shop, paper])).toBe(2);
    expect(await broken()).toEqual([]);
  });

  async function arrives(externalId: string, said: RecordInput): Promise<RecordId> {
    const { recordId } = await say(TILLS_FR, { externalId, ...said });
    await hub.must(async (ctx) => ok(await matchRecord(ctx, recordId)));
    return recordId;
  }
});
