import { newId, ok, type ChannelId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { peopleHub, SHOP, TILLS_FR, type PeopleHub } from "../../../../test/people-hub.ts";
import { customerInvariants } from "../invariants.ts";
import { customersSnapshotOf } from "../queries/snapshot-of.ts";
import { customersOf } from "../queries/who.ts";
import { importRecords, type ImportedRecord } from "./import-records.ts";
import { writeRecord } from "./write-record.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub();
});
afterAll(() => hub.close());

const day = (n: number) => new Date(Date.UTC(2025, 0, n));

function record(
  channelId: ChannelId,
  externalId: string,
  more: object,
  verified: ImportedRecord["verified"] = [],
  since = 1,
): ImportedRecord {
  return { id: newId<RecordId>(), channelId, input: { externalId, ...more }, verified, knownSince: day(since) };
}

/** Three who are one by their e-mail address, a couple with one phone, and somebody alone. */
const people = (suffix: string): ImportedRecord[] => {
  const email = `one${suffix}@example.com`;
  const phone = `+3363998${suffix}00`;
  return [
    record(TILLS_FR, `a${suffix}`, { givenName: "Una", email }, ["email"], 3),
    record(SHOP, `b${suffix}`, { givenName: "Una", familyName: "Prima", email }, ["email"], 2),
    record(SHOP, `c${suffix}`, { givenName: "Una", email, phone: `+3363998${suffix}99` }, ["email", "phone"], 4),
    record(SHOP, `d${suffix}`, { givenName: "Ben", phone }),
    record(TILLS_FR, `e${suffix}`, { givenName: "Carl", phone }),
    record(SHOP, `f${suffix}`, { givenName: "Solo" }),
  ];
};

describe("taking in many people at once", () => {
  it("[IDN-2] resolves as writing them one by one does, without a fact to anybody", async () => {
    const [atOnce, oneByOne] = [people("10"), people("20")];
    const published = async () =>
      (await hub.rows("select 1 from platform.outbox union all select 1 from platform.event_log where type like 'customer.%'")).length;
    const before = await published();
    expect(await hub.must(async (ctx) => ok(await importRecords(ctx, atOnce)))).toBe(6);
    expect(await published()).toBe(before);
    for (const { id: recordId, channelId, input, verified } of oneByOne)
      await hub.must((ctx) => writeRecord(ctx, { recordId, channelId, input, verified, verifiedBy: "channel", cause: "test" }));
    const groupsOf = async (records: readonly ImportedRecord[]) => {
      const customers = await hub.must(async (ctx) =>
        ok(
          await customersOf(
            ctx,
            records.map(({ id }) => id),
          ),
        ),
      );
      const pairs = await hub.rows<{ a: RecordId; b: RecordId }>("select a_record as a, b_record as b from customers.review_pair");
      const ids = records.map(({ id }) => id);
      const place = (id: RecordId) => ids.indexOf(id);
      return {
        groups: records.map(({ id }) => [...new Set(customers.values())].indexOf(customers.get(id) ?? ("" as never))), // every record has a customer
        pairs: pairs.filter(({ a }) => ids.includes(a)).map(({ a, b }) => [place(a), place(b)].toSorted((one, other) => one - other)),
      };
    };
    expect(await groupsOf(atOnce)).toEqual(await groupsOf(oneByOne));
    expect(await groupsOf(atOnce)).toEqual({ groups: [0, 0, 0, 1, 2, 3], pairs: [[3, 4]] });
    const [first] = await hub.must(async (ctx) => ok([...(await customersOf(ctx, [atOnce[2]?.id ?? newId<RecordId>()])).values()]));
    expect(first).toBe(atOnce[1]?.id); // known for longest
  });

  it("changes nothing when the same file is read again", async () => {
    const file = people("30");
    await hub.must(async (ctx) => ok(await importRecords(ctx, file)));
    const held = () =>
      hub.must(async (ctx) =>
        ok(
          await customersSnapshotOf(
            ctx,
            file.map(({ id }) => id),
          ),
        ),
      );
    const before = await held();
    const again = file.map((each) => ({ ...each, id: newId<RecordId>() }));
    expect(await hub.must(async (ctx) => ok(await importRecords(ctx, again)))).toBe(0);
    expect(await held()).toEqual(before);
  });

  it("links with who is known already, chunk after chunk", async () => {
    const [a, b, c, ...rest] = people("40");
    if (!a || !b || !c) throw new Error("six were made");
    for (const chunk of [[c], [a, ...rest], [b]]) await hub.must(async (ctx) => ok(await importRecords(ctx, chunk)));
    const customers = await hub.must(async (ctx) => ok(await customersOf(ctx, [a.id, b.id, c.id])));
    expect([...new Set(customers.values())]).toEqual([b.id]);
  });

  it("holds its invariants after all of this", async () => {
    const found = await Promise.all(customerInvariants.map(async ({ name, sql }) => ((await hub.rows(sql)).length > 0 ? [name] : [])));
    expect(found.flat()).toEqual([]);
  });
});
