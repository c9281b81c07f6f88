import { asId, ok, type CustomerId, type LinkId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { peopleHub, SHOP, TILLS_DE, TILLS_FR, type PeopleHub } from "../../../../test/people-hub.ts";
import { customerInvariants } from "../invariants.ts";
import { customersOf } from "../queries/who.ts";
import { judgePair, keepCustomersApart, undoJudgment } from "./judge.ts";
import { mergeCustomers, withdrawLink, type ReviewPairId } from "./link.ts";
import { switchLevel } from "./switch-level.ts";
import { writeRecord, type RecordInput, type Resolution } from "./write-record.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub();
});
afterAll(() => hub.close());

type Proven = readonly ("email" | "phone")[];
const say = (channelId: typeof SHOP, input: RecordInput, verified: Proven = []): Promise<Resolution> =>
  hub.must((ctx) => writeRecord(ctx, { channelId, input, verified, verifiedBy: "code", cause: "test" }));

/** For each record which of them it is one customer with, by the number of the first. */
async function groups(records: readonly Resolution[]): Promise<number[]> {
  const ids = records.map(({ recordId }) => recordId);
  const of = await hub.must(async (ctx) => ok(await customersOf(ctx, ids)));
  return ids.map((id) => ids.findIndex((other) => of.get(other) === of.get(id)));
}

async function linkBetween(a: Resolution, b: Resolution): Promise<LinkId> {
  const [found] = await hub.rows<{ id: LinkId }>(
    `select id from customers.link where state = 'active' and kind <> 'must_not_link'
        and a_record = least($1::uuid, $2::uuid) and b_record = greatest($1::uuid, $2::uuid)`,
    [a.recordId, b.recordId],
  );
  if (!found) throw new Error("the two are linked");
  return found.id;
}

async function pairOf(a: Resolution, b: Resolution): Promise<ReviewPairId> {
  const [found] = await hub.rows<{ id: ReviewPairId }>(
    "select id from customers.review_pair where a_record = least($1::uuid, $2::uuid) and b_record = greatest($1::uuid, $2::uuid)",
    [a.recordId, b.recordId],
  );
  if (!found) throw new Error("they were asked about");
  return found.id;
}

const customer = ({ recordId }: Resolution): CustomerId => asId<CustomerId>(recordId);
const told = async (a: Resolution): Promise<number> =>
  (await hub.rows("select 1 from customers.violation where rule = 'apart_but_proven' and record_id = $1", [a.recordId])).length;

async function broken(): Promise<string[]> {
  const found = await Promise.all(customerInvariants.map(async ({ name, sql }) => ((await hub.rows(sql)).length > 0 ? [name] : [])));
  return found.flat();
}

/** Three records of one customer: the first shares a proven value with each of the others, and these two a third one. */
async function triangle(name: string): Promise<readonly [Resolution, Resolution, Resolution]> {
  const [email, phone] = [`${name}@apart.example.com`, `+336399855${name.length}${name.charCodeAt(0) % 10}`];
  const first = await say(SHOP, { externalId: `${name} 1`, givenName: name, email }, ["email"]);
  const second = await say(TILLS_FR, { externalId: `${name} 2`, givenName: name, email }, ["email"]);
  await say(SHOP, { externalId: `${name} 1`, phone }, ["phone"]);
  const third = await say(TILLS_DE, { externalId: `${name} 3`, givenName: name, phone }, ["phone"]);
  expect(await groups([first, second, third])).toEqual([0, 0, 0]);
  return [first, second, third];
}

describe("two who were judged different are never one [IDN-3]", () => {
  it("a link that is withdrawn parts them also where a third record joins both, which goes on with whom it is tied to more", async () => {
    const [first, second, third] = await triangle("nora");
    // Likeness joins the second with the third too: the weaker of the two ways between them goes.
    await hub.rows(
      `insert into customers.link (id, a_record, b_record, kind, evidence, actor_kind, reason)
       values (gen_random_uuid(), least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), 'model', '{}', 'system', 'alike')`,
      [second.recordId, third.recordId],
    );
    await hub.must(async (ctx) => withdrawLink(ctx, await linkBetween(first, second)));
    expect(await groups([first, second, third])).toEqual([0, 1, 0]);
    expect(await broken()).toEqual([]);
    const again = await say(TILLS_FR, { externalId: "nora 2", givenName: "Nora again" });
    expect(again.customerId).toBe(customer(second));
  });

  it("a pair that is judged different after a proven value joined it comes apart, is told, and comes together when that is taken back", async () => {
    const home = { email: "late@apart.example.com" };
    const one = await say(SHOP, { externalId: "late 1", givenName: "Mireia", ...home });
    const other = await say(TILLS_FR, { externalId: "late 2", givenName: "Mire", ...home });
    const pair = await pairOf(one, other);
    await say(SHOP, { externalId: "late 1", ...home }, ["email"]);
    await say(TILLS_FR, { externalId: "late 2", ...home }, ["email"]);
    expect(await groups([one, other])).toEqual([0, 0]);
    await hub.must((ctx) => judgePair(ctx, pair, "different", "mother and daughter"));
    expect(await groups([one, other])).toEqual([0, 1]);
    expect((await told(one)) + (await told(other))).toBe(1);
    await say(TILLS_FR, { externalId: "late 2", givenName: "Mire", ...home }, ["email"]);
    expect(await groups([one, other])).toEqual([0, 1]);
    await hub.must((ctx) => undoJudgment(ctx, pair));
    expect(await groups([one, other])).toEqual([0, 0]);
    expect(await broken()).toEqual([]);
  });

  it("whom people themselves made one is not judged different before that is undone", async () => {
    const home = { phone: "+33639985701" };
    const one = await say(SHOP, { externalId: "merged 1", givenName: "Aina", ...home });
    const other = await say(TILLS_FR, { externalId: "merged 2", givenName: "Ana", ...home });
    const pair = await pairOf(one, other);
    await hub.must((ctx) => mergeCustomers(ctx, customer(one), customer(other), "asked"));
    const same = { ok: false, error: { code: "customer.same" } };
    expect(await hub.run((ctx) => judgePair(ctx, pair, "different", undefined))).toEqual(same);
    expect(await hub.run((ctx) => keepCustomersApart(ctx, customer(one), customer(other), "no"))).toEqual(same);
    expect(await groups([one, other])).toEqual([0, 0]);
    expect(await broken()).toEqual([]);
  });

  it("a proven link that is withdrawn where a merge joins the two as well leaves them one, and nothing keeps them apart", async () => {
    const [first, second, third] = await triangle("oriol");
    await hub.rows(
      `insert into customers.link (id, a_record, b_record, kind, evidence, actor_kind, reason)
       values (gen_random_uuid(), least($1::uuid, $2::uuid), greatest($1::uuid, $2::uuid), 'agent', '{}', 'staff', 'asked')`,
      [second.recordId, first.recordId],
    );
    const [proven] = await hub.rows<{ id: LinkId }>(
      `select id from customers.link where kind = 'shared_identifier' and state = 'active'
          and a_record = least($1::uuid, $2::uuid) and b_record = greatest($1::uuid, $2::uuid)`,
      [first.recordId, second.recordId],
    );
    if (!proven) throw new Error("a proven value links them");
    await hub.must((ctx) => withdrawLink(ctx, proven.id));
    expect(await groups([first, second, third])).toEqual([0, 0, 0]);
    expect(await broken()).toEqual([]);
  });

  it("raising a link level joins nobody who was judged different while they were shown apart", async () => {
    const mail = { email: "apart@silo.example.com" };
    const level = (to: "siloed" | "linked") => hub.must((ctx) => switchLevel(ctx, { channelId: TILLS_DE, level: to, reason: null }));
    await level("siloed");
    const one = await say(SHOP, { externalId: "silo 1", givenName: "Iu", ...mail }, ["email"]);
    const other = await say(TILLS_DE, { externalId: "silo 2", givenName: "Iu", ...mail }, ["email"]);
    expect(await groups([one, other])).toEqual([0, 1]);
    await hub.must((ctx) => keepCustomersApart(ctx, customer(one), customer(other), "father and son"));
    await level("linked");
    expect(await groups([one, other])).toEqual([0, 1]);
    expect(await broken()).toEqual([]);
  });

  it("a proven value and a judgment that come at the same time leave them apart, whichever is first", async () => {
    for (let round = 0; round < 8; round++) {
      const email = `race${round}@apart.example.com`;
      const one = await say(SHOP, { externalId: `race ${round} 1`, givenName: "Jan", email }, ["email"]);
      const other = await say(TILLS_FR, { externalId: `race ${round} 2`, givenName: "Joan" });
      const [judged] = await Promise.all([
        hub.run((ctx) => keepCustomersApart(ctx, customer(one), customer(other), "at the same time")),
        say(TILLS_FR, { externalId: `race ${round} 2`, email }, ["email"]),
      ]);
      // Who was joined already when the judgment came was no second customer to be kept apart.
      expect(await groups([one, other])).toEqual(judged.ok ? [0, 1] : [0, 0]);
    }
    expect(await broken()).toEqual([]);
  });
});
