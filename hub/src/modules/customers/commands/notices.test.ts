import { newId, ok, type ChannelId, type RecordId } from "@weft/kernel";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { peopleHub, SHOP, TILLS_DE, TILLS_FR, type PeopleHub } from "../../../../test/people-hub.ts";
import { customerInvariants } from "../invariants.ts";
import { customersOf, personRecordsOf } from "../queries/who.ts";
import { withdrawLink } from "./link.ts";
import { advanceNotices, informPeople, publishNotice, type NewNotice, type NoticeId } from "./notices.ts";
import { keepObjection } from "./object.ts";
import { writeRecord } from "./write-record.ts";

let hub: PeopleHub;
// Each test has notices of its own: they hold for everybody who comes after.
beforeEach(async () => {
  hub = await peopleHub();
});
afterEach(() => hub.close());

let people = 0;
const address = () => `person${(people += 1)}@example.com`;

async function say(channelId: ChannelId, email: string): Promise<RecordId> {
  const write = { channelId, input: { givenName: "Ada", email }, verified: ["email"], verifiedBy: "code", cause: "test" } as const;
  return (await hub.must((ctx) => writeRecord(ctx, write))).recordId;
}

const publish = (version: string, more: Partial<NewNotice> = {}): Promise<NoticeId> =>
  hub.must((ctx) =>
    publishNotice(ctx, { version, channelIds: null, coversJoining: true, objectionDays: 30, address: null, isForEarlier: false, ...more }),
  );
const object = (recordId: RecordId, kind: "joining" | "profiling", objects: boolean) =>
  hub.must(async (ctx) => ok(await keepObjection(ctx, recordId, kind, objects)));

const customerIds = async (...records: RecordId[]) => {
  const map = await hub.must(async (ctx) => ok(await customersOf(ctx, records)));
  return records.map((id) => map.get(id));
};
/** The steps of the job until there is nothing left; a step that never ends fails. */
async function advance(): Promise<string[]> {
  const steps: string[] = [];
  for (; steps.at(-1) !== "idle" && steps.length < 50;) steps.push(await hub.must(async (ctx) => ok(await advanceNotices(ctx))));
  return steps;
}
const broken = async () => {
  const found = await Promise.all(customerInvariants.map(async ({ name, sql }) => ((await hub.rows(sql)).length > 0 ? [name] : [])));
  return found.flat();
};
const noticeOf = async (recordId: RecordId) =>
  (
    await hub.rows<{ version: string | null }>(
      "select n.version from customers.source_record r left join customers.notice n on n.id = r.notice_id where r.id = $1",
      [recordId],
    )
  )[0]?.version;

describe("[IDN-22] notices", () => {
  it("a record carries the version of its channel that was in force when it was collected, and keeps it", async () => {
    const before = await say(SHOP, address());
    await publish("1");
    await publish("1 tills", { channelIds: [TILLS_FR] });
    const [web, till] = [await say(SHOP, address()), await say(TILLS_FR, address())];
    await publish("2");
    const later = await say(TILLS_FR, address());
    expect(await Promise.all([before, web, till, later].map(noticeOf))).toEqual([null, "1", "1 tills", "2"]);
    expect(await hub.run((ctx) => publishNotice(ctx, { ...NOTICE, version: "2" }))).toMatchObject({
      ok: false,
      error: { code: "notice.version_taken" },
    });
  });

  it("somebody collected under words that say nothing of joining stays apart, until informed and the time to object is over", async () => {
    await publish("old", { coversJoining: false });
    const email = address();
    const [web, till] = [await say(SHOP, email), await say(TILLS_FR, email)];
    expect(await customerIds(web, till)).toEqual([web, till]);
    expect(await hub.must(async (ctx) => ok((await personRecordsOf(ctx, web)).length))).toBe(2);
    const noticeId = await publish("new");
    const told = async (channelId: ChannelId) => hub.must((ctx) => informPeople(ctx, { noticeId, channelId, how: "letter", note: null }));
    const { id, joinsAt } = await told(SHOP);
    expect(Math.round((joinsAt.getTime() - Date.now()) / 86_400_000)).toBe(30);
    await told(TILLS_FR);
    expect(await advance()).toEqual(["idle"]);
    await hub.rows("update customers.informing set joins_at = now() - interval '1 second' where id = $1", [id]);
    expect(await advance()).toEqual(["released", "released", "idle"]);
    expect(await customerIds(web, till)).toEqual([web, till]);
    await hub.rows("update customers.informing set joins_at = now() - interval '1 second'");
    await advance();
    expect(await customerIds(web, till)).toEqual([web, web]);
    expect(await advance()).toEqual(["idle"]);
    expect(await broken()).toEqual([]);
  });

  it("who comes under the new words is joined at once with others who did, and with none who was never told", async () => {
    await publish("old", { coversJoining: false });
    const email = address();
    const old = await say(SHOP, email);
    await publish("new");
    const [till, other] = [await say(TILLS_FR, email), await say(TILLS_DE, email)];
    expect(await customerIds(old, till, other)).toEqual([old, till, till]);
    expect(await broken()).toEqual([]);
  });

  it("records that are older than any notice get the one that they were told, and part when it says nothing of joining", async () => {
    const email = address();
    const [web, till] = [await say(SHOP, email), await say(TILLS_FR, email)];
    expect(await customerIds(web, till)).toEqual([web, web]);
    await publish("first", { coversJoining: false, isForEarlier: true });
    expect((await advance()).at(-1)).toBe("idle");
    expect([await noticeOf(web), await noticeOf(till)]).toEqual(["first", "first"]);
    expect(await customerIds(web, till)).toEqual([web, till]);
    expect(await broken()).toEqual([]);
  });

  it("nobody is informed by words that do not say it, or that the channel does not show", async () => {
    const silent = await publish("silent", { coversJoining: false });
    const elsewhere = await publish("elsewhere", { channelIds: [TILLS_DE] });
    for (const noticeId of [silent, elsewhere])
      expect(await hub.run((ctx) => informPeople(ctx, { noticeId, channelId: SHOP, how: "mail", note: null }))).toMatchObject({
        error: { code: "notice.says_nothing_of_joining" },
      });
    const unknown = newId<NoticeId>();
    expect(await hub.run((ctx) => informPeople(ctx, { noticeId: unknown, channelId: SHOP, how: "mail", note: null }))).toMatchObject({
      error: { code: "notice.unknown" },
    });
  });
});

const NOTICE: NewNotice = { version: "", channelIds: null, coversJoining: true, objectionDays: 30, address: null, isForEarlier: false };

describe("[IDN-23] objections", () => {
  it("who wants no joining is shown on each channel by itself, also where they come later, and as before once they take it back", async () => {
    const email = address();
    const [web, till] = [await say(SHOP, email), await say(TILLS_FR, email)];
    await object(till, "joining", true);
    const later = await say(TILLS_DE, email);
    expect(await customerIds(web, till, later)).toEqual([web, till, later]);
    expect(await hub.must(async (ctx) => ok((await personRecordsOf(ctx, later)).length))).toBe(3);
    expect(await broken()).toEqual([]);
    await object(web, "joining", false);
    expect(await customerIds(web, till, later)).toEqual([web, web, web]);
    expect(await broken()).toEqual([]);
  });

  it("an objection is that of its person: undoing a merge takes it along with its record alone", async () => {
    const email = address();
    const [web, till] = [await say(SHOP, email), await say(TILLS_FR, email)];
    await object(web, "profiling", true);
    const isUnprofiled = async (id: RecordId) => (await hub.rows<{ is: boolean }>("select customers.is_unprofiled($1) as is", [id]))[0]?.is;
    expect([await isUnprofiled(web), await isUnprofiled(till)]).toEqual([true, true]);
    const [made] = await hub.rows<{ id: string }>(
      "select id from customers.link where state = 'active' and kind = 'shared_identifier' and b_record = $1 or a_record = $1 and state = 'active'",
      [till],
    );
    await hub.must((ctx) => withdrawLink(ctx, made?.id as Parameters<typeof withdrawLink>[1])); // as the table has it
    expect([await isUnprofiled(web), await isUnprofiled(till)]).toEqual([true, false]);
  });
});
