import { ok, type LinkId, type RecordId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alikePeople, customersNow, inventedPerson, jobContext, onPaper, type AlikePeople } from "../../../../test/alike-people.ts";
import { peopleHub, SHOP, TILLS_FR, type PeopleHub } from "../../../../test/people-hub.ts";
import { customerInvariants } from "../invariants.ts";
import { withdrawLink } from "./link.ts";
import { matchRecord } from "./match-record.ts";
import { configureMatching, moveRun, startMatching } from "./matching-runs.ts";
import { runMatching } from "./run-matching.ts";
import { writeRecord } from "./write-record.ts";

const PEOPLE = 160;
const TWICE = 40;
/** Learning takes seconds of one core, on a busy machine many. */
const LEARNS = { timeout: 120_000 };

let hub: PeopleHub;
let people: AlikePeople;
beforeAll(async () => {
  hub = await peopleHub();
  people = await alikePeople(hub, [SHOP, TILLS_FR], PEOPLE, TWICE);
}, 120_000);
afterAll(() => hub.close());

const work = async (): Promise<void> => {
  await runMatching(jobContext(hub));
  hub.around.snapshots.invalidate();
};
const start = () => hub.must(startMatching);
const lastRun = async () =>
  (await hub.rows<Record<string, unknown>>("select * from customers.match_run order by created_at desc limit 1"))[0];

async function broken(): Promise<string[]> {
  const found = await Promise.all(customerInvariants.map(async ({ name, sql }) => ((await hub.rows(sql)).length > 0 ? [name] : [])));
  return found.flat();
}

/** A record that comes now, and is compared as the subscriber does. */
async function arrives(externalId: string, said: object, channelId = TILLS_FR): Promise<RecordId> {
  const write = { channelId, input: { externalId, ...said }, verified: [], verifiedBy: "code", cause: "test" } as const;
  const { recordId } = await hub.must((ctx) => writeRecord(ctx, write));
  await hub.must(async (ctx) => ok(await matchRecord(ctx, recordId)));
  return recordId;
}

const linkBetween = async (a: RecordId, b: RecordId): Promise<LinkId | undefined> => {
  const [row] = await hub.rows<{ id: LinkId }>(
    "select id from customers.link where kind = 'model' and state = 'active' and least($1::uuid, $2::uuid) = a_record and greatest($1::uuid, $2::uuid) = b_record",
    [a, b],
  );
  return row?.id;
};

describe("matching the whole customer file", () => {
  it("[IDN-25] before the first run nothing is compared", async () => {
    const early = await arrives("early", onPaper(150));
    const [of, shop] = await customersNow(hub, [early, people.shop[150] as RecordId]); // one of them
    expect(of).not.toBe(shop);
  });

  it("[IDN-26] joins the paper forms with the accounts that share nothing proven, and tells how many", LEARNS, async () => {
    await start();
    expect(await hub.run(startMatching)).toEqual({ ok: false, error: { code: "matching.under_way" } });
    await work();
    const run = await lastRun();
    expect(run).toMatchObject({ state: "done", records: PEOPLE + TWICE + 1 });
    const shop = await customersNow(hub, people.shop.slice(0, TWICE));
    const paper = await customersNow(hub, people.paper);
    const found = paper.filter((customer, n) => customer === shop[n]).length;
    expect(found).toBeGreaterThan(TWICE * 0.9);
    expect(run?.["linked"]).toBeGreaterThanOrEqual(found);
    const strangers = new Set(await customersNow(hub, people.shop));
    expect(strangers.size).toBe(PEOPLE);
    expect(await broken()).toEqual([]);
  });

  it("[IDN-24] a link by likeness says what each field said, and no value of the person", async () => {
    const [link] = await hub.rows<{ evidence: { chance: number; reasons: { field: string; code: string; bits: number }[] } }>(
      "select evidence from customers.link where kind = 'model' limit 1",
    );
    expect(link?.evidence.chance).toBeGreaterThanOrEqual(0.9);
    expect(link?.evidence.reasons.map(({ field }) => field)).toContain("birth date");
    expect(JSON.stringify(link?.evidence)).not.toContain("carrer");
  });

  it("[IDN-25] a record that comes later joins the same as if the whole file were compared again", async () => {
    const later = await arrives("later 140", onPaper(140));
    const [customer, shop] = await customersNow(hub, [later, people.shop[140] as RecordId]); // one of them
    expect(customer).toBe(shop);
    expect(await broken()).toEqual([]);
  });

  it("[IDN-3] who was taken apart again is never joined again, neither by the next change nor by the next run", LEARNS, async () => {
    const later = await arrives("later 141", onPaper(141));
    const shop = people.shop[141] as RecordId; // one of them
    const link = await linkBetween(later, shop);
    await hub.must((ctx) => withdrawLink(ctx, link as LinkId)); // it was joined by likeness
    await arrives("later 141", { ...onPaper(141), address: inventedPerson(141).address });
    await start();
    await work();
    const [a, b] = await customersNow(hub, [later, shop]);
    expect(a).not.toBe(b);
    expect(await broken()).toEqual([]);
  });

  it("[IDN-25] a record that says something else now is taken out again, and that is remembered as nothing", async () => {
    const later = await arrives("later 142", onPaper(142));
    const shop = people.shop[142] as RecordId; // one of them
    expect(new Set(await customersNow(hub, [later, shop])).size).toBe(1);
    const other = { givenName: "Wilhelmina", familyName: "Oberhuber", birthDate: "2001-02-03" };
    await arrives("later 142", { ...other, address: { line1: "1 Ring", postcode: "80331", city: "Munich", country: "DE" } });
    expect(new Set(await customersNow(hub, [later, shop])).size).toBe(2);
    expect(await hub.rows("select 1 from customers.link where kind = 'must_not_link' and $1 in (a_record, b_record)", [later])).toEqual([]);
    await arrives("later 142", onPaper(142));
    expect(new Set(await customersNow(hub, [later, shop])).size).toBe(1);
  });

  it("[IDN-24] where the owner lets nothing join by itself, a person is asked instead", async () => {
    await hub.must(async (ctx) => ok(await configureMatching(ctx, { joins: false })));
    hub.around.snapshots.invalidate();
    const later = await arrives("later 143", onPaper(143));
    const [a, b] = await customersNow(hub, [later, people.shop[143] as RecordId]); // one of them
    expect(a).not.toBe(b);
    const asked = await hub.rows<{ chance: number }>("select chance from customers.review_pair where $1 in (a_record, b_record)", [later]);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.chance).toBeGreaterThan(0.9);
    await hub.must(async (ctx) => ok(await configureMatching(ctx, { joins: true })));
    hub.around.snapshots.invalidate();
  });

  it("[IDN-26] a run that is stopped does nothing more, and goes on to the same end", LEARNS, async () => {
    const id = await start();
    await hub.must((ctx) => moveRun(ctx, id, "stopped"));
    await work();
    expect(await lastRun()).toMatchObject({ state: "stopped", records: 0 });
    await hub.must((ctx) => moveRun(ctx, id, "running"));
    await work();
    expect(await lastRun()).toMatchObject({ state: "done" });
    expect(await hub.rows("select 1 from customers.match_unit union all select 1 from customers.match_finding")).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  it("[IDN-26] a run whose hub ends at any step goes on with the next one, to the same customers", LEARNS, async () => {
    const before = await customersNow(hub, [...people.shop, ...people.paper]);
    await start();
    for (const steps of [2, 5, 9, 14]) {
      const stop = new AbortController();
      const whole = jobContext(hub, stop.signal);
      let left = steps;
      const write: typeof whole.write = async (what) => {
        const done = await whole.write(what);
        if (--left === 0) stop.abort();
        return done;
      };
      await runMatching({ ...whole, write });
    }
    await work();
    expect(await lastRun()).toMatchObject({ state: "done", records: expect.any(Number) });
    expect(await customersNow(hub, [...people.shop, ...people.paper])).toEqual(before);
    expect(await hub.rows("select 1 from customers.match_unit union all select 1 from customers.match_finding")).toEqual([]);
    expect(await broken()).toEqual([]);
  });
});
