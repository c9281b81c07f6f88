import { newId, ok, type LinkId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { peopleHub, SHOP, TILLS_DE, TILLS_FR, type PeopleHub } from "../../../../test/people-hub.ts";
import { customerInvariants } from "../invariants.ts";
import { customersOf } from "../queries/who.ts";
import { judgePair } from "./judge.ts";
import { link, withdrawLink, type ReviewPairId } from "./link.ts";
import { writeRecord, type RecordInput, type RecordWrite, type Resolution } from "./write-record.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub();
});
afterAll(() => hub.close());

let count = 0;
/** An invented address and phone that no other test uses. */
const person = (): { readonly email: string; readonly phone: string } => {
  count += 1;
  return { email: `person${count}@example.com`, phone: `+3363998${String(count).padStart(4, "0")}` };
};

const write = (channelId: RecordWrite["channelId"], input: RecordInput, verified: RecordWrite["verified"] = []): Promise<Resolution> =>
  hub.must((ctx) => writeRecord(ctx, { channelId, input, verified, verifiedBy: "code", cause: "test" }));

async function broken(): Promise<string[]> {
  const found = await Promise.all(customerInvariants.map(async ({ name, sql }) => ((await hub.rows(sql)).length > 0 ? [name] : [])));
  return found.flat();
}

describe("what a channel says of a person", () => {
  it("[IDN-1] is kept as its own record, and what changes nothing adds no version", async () => {
    const { email } = person();
    const first = await write(SHOP, { externalId: "u-1", givenName: "Léa", email: ` ${email.toUpperCase()} ` });
    const again = await write(SHOP, { externalId: "u-1", givenName: "Léa", email });
    const moved = await write(SHOP, { externalId: "u-1", familyName: "Fontaine" });
    expect([first.resolution, again.because, moved.recordId]).toEqual(["created", "same_record", first.recordId]);
    const [record] = await hub.rows("select version, attributes from customers.source_record where id = $1", [first.recordId]);
    expect(record).toEqual({ version: 2, attributes: { givenName: "Léa", familyName: "Fontaine", email } });
  });

  it("[IDN-1] a person who comes again without an id of the channel is no second record, another name is", async () => {
    const { phone } = person();
    const first = await write(TILLS_FR, { givenName: "Noé", phone });
    const again = await write(TILLS_FR, { givenName: "noe", phone: phone.replace("+33", "0") });
    const brother = await write(TILLS_FR, { givenName: "Max", phone });
    expect(again.recordId).toBe(first.recordId);
    expect(brother).toMatchObject({ resolution: "review", because: "phone_shared_unverified" });
  });

  it("[IDN-2] links by itself only on what both sides have verified", async () => {
    const { email } = person();
    const shop = await write(SHOP, { externalId: "u-2", givenName: "Ida", email }, ["email"]);
    const typed = await write(TILLS_FR, { givenName: "Ida", email });
    expect(typed).toMatchObject({ resolution: "review", because: "email_shared_unverified" });
    expect(typed.customerId).not.toBe(shop.customerId);
    const proven = await hub.must((ctx) =>
      writeRecord(ctx, {
        channelId: TILLS_FR,
        input: { email },
        verified: ["email"],
        verifiedBy: "code",
        cause: "test",
        recordId: typed.recordId,
      }),
    );
    expect(proven).toMatchObject({ resolution: "matched", because: "email_verified_on_both", customerId: shop.customerId });
  });

  it("[IDN-2] a phone of a country is the same whatever way it is written, and another country's is another", async () => {
    const french = await write(TILLS_FR, { givenName: "Ana", phone: "06 39 98 77 01" }, ["phone"]);
    const written = await write(SHOP, { givenName: "Ana", phone: "0033 6 39 98 77 01" }, ["phone"]);
    const german = await write(TILLS_DE, { givenName: "Ana", phone: "06 39 98 77 01" }, ["phone"]);
    expect([written.customerId === french.customerId, german.customerId === french.customerId]).toEqual([true, false]);
  });

  it("[IDN-6] default values, the store's own phone and what very many share tell nobody apart", async () => {
    await hub.pool.query("update places.place set phone = '+33478000001' where code = 'lyon'");
    hub.around.snapshots.invalidate();
    for (const value of ["0000000000", "+33478000001"]) {
      const [a, b] = [await write(TILLS_FR, { givenName: "A", phone: value }), await write(SHOP, { givenName: "B", phone: value })];
      expect([a.resolution, b.resolution]).toEqual(["created", "created"]);
    }
    const nobody = await write(SHOP, { externalId: "undefined", givenName: "C" });
    const nobodyElse = await write(SHOP, { externalId: "undefined", givenName: "D" });
    expect(nobody.recordId).not.toBe(nobodyElse.recordId);
    const { email } = person();
    const results = [];
    for (let n = 0; n < 24; n++) results.push(await write(SHOP, { externalId: `common-${n}`, givenName: `Name${n}`, email }));
    expect(results[5]?.resolution).toBe("review");
    expect(results[23]?.resolution).toBe("created");
    const pairs = await hub.rows<{ n: number }>(
      "select count(*)::int as n from customers.review_pair p join customers.identifier i on i.id::text = p.evidence ->> 'identifierId' where i.value_norm = $1",
      [email],
    );
    expect(pairs).toEqual([{ n: 0 }]);
  });

  it("[IDN-6] a customer with too many values is not linked further without a person", async () => {
    const { phone } = person();
    const resolutions: string[] = [];
    for (let n = 0; n < 6; n++)
      resolutions.push((await write(SHOP, { externalId: `many-${n}`, phone, email: person().email }, ["phone", "email"])).resolution);
    expect(resolutions).toEqual(["created", "matched", "matched", "matched", "matched", "review"]);
    expect((await hub.rows("select rule from customers.violation")).length).toBeGreaterThan(0);
  });

  it("[IDN-3] a pair that was judged different is neither linked nor asked about again, whichever record of it writes", async () => {
    const { email } = person();
    const a = await write(SHOP, { externalId: "twin-a", givenName: "Ana", email }, ["email"]);
    const b = await write(TILLS_FR, { givenName: "Eva", email });
    const [pair] = await hub.rows<{ id: ReviewPairId }>("select id from customers.review_pair where a_record = $1 or b_record = $1", [
      b.recordId,
    ]);
    await hub.must((ctx) => judgePair(ctx, pair?.id ?? newId(), "different", undefined));
    const proven = await hub.must((ctx) =>
      writeRecord(ctx, {
        channelId: TILLS_FR,
        input: { email },
        verified: ["email"],
        verifiedBy: "code",
        cause: "test",
        recordId: b.recordId,
      }),
    );
    expect(proven.customerId).not.toBe(a.customerId);
    expect(await hub.run((ctx) => judgePair(ctx, pair?.id ?? newId(), "same", undefined))).toMatchObject({
      error: { code: "customer.match_decided" },
    });
  });

  it("[IDN-7] twenty channels that write about one person at once make one customer", async () => {
    const { email, phone } = person();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        write(n % 2 ? SHOP : TILLS_FR, { externalId: `race-${n}`, email, ...(n % 3 ? { phone } : {}) }, ["email", "phone"]),
      ),
    );
    const recordIds = results.map(({ recordId }) => recordId);
    const customers = await hub.must(async (ctx) => ok(await customersOf(ctx, recordIds)));
    expect(new Set(customers.values()).size).toBe(1);
    expect(results.filter(({ resolution }) => resolution === "created")).toHaveLength(1);
  });

  it("[IDN-7] the same record written twenty times at once is one record", async () => {
    const { email } = person();
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => write(SHOP, { externalId: "same", givenName: `Name ${n}`, email })),
    );
    expect(new Set(results.map(({ recordId }) => recordId)).size).toBe(1);
  });

  it("[IDN-4] whatever the order of writes, the same people have the same ids; withdrawing gives each its own back", async () => {
    const ids: RecordId[] = [];
    const emails = Array.from({ length: 4 }, () => person().email);
    for (const [n, email] of emails.entries()) ids.push((await write(SHOP, { externalId: `chain-${n}`, email }, ["email"])).recordId);
    const joined = async (a: number, b: number) => {
      const pair = { a: ids[a] ?? newId<RecordId>(), b: ids[b] ?? newId<RecordId>() };
      const added = await hub.must(async (ctx) => ok(await link(ctx, { ...pair, kind: "agent", evidence: {}, reason: "test" })));
      return added ?? newId<LinkId>();
    };
    const customers = () => hub.must(async (ctx) => ok([...(await customersOf(ctx, ids)).values()]));
    const [far, , middle] = [await joined(3, 2), await joined(1, 0), await joined(2, 1)];
    expect(await customers()).toEqual([ids[0], ids[0], ids[0], ids[0]]);
    await hub.must((ctx) => withdrawLink(ctx, middle));
    expect(await customers()).toEqual([ids[0], ids[0], ids[2], ids[2]]);
    await hub.must((ctx) => withdrawLink(ctx, far));
    expect(await customers()).toEqual([ids[0], ids[0], ids[2], ids[3]]);
  });

  it("holds its invariants after all of this", async () => {
    expect(await broken()).toEqual([]);
  });
});
