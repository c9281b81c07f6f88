import { newId, type RecordId } from "@weft/kernel";
import ical from "node-ical";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type Headers, type LevelHub } from "../../../test/level-hub.ts";
import { createLog, inTransaction, SYSTEM, type Ctx } from "../../platform/index.ts";
import { eraseBookings } from "./erase.ts";
import { bookingsInvariants } from "./invariants.ts";
import { tellNear } from "./jobs.ts";

let hub: LevelHub;
let store: string;
let advice: { id: string; version: number };
let tasting: { id: string };
let people: string[];
beforeAll(async () => {
  hub = await openLevelHub();
  const stores = await hub.ask(hub.lea, "GET", "/v1/stores");
  store = stores.body.items.find(({ name }: { name: string }) => name === "Lyon Bellecour").id;
  const { body } = await hub.ask(hub.lea, "GET", `/v1/services?storeId=${store}`);
  [advice, tasting] = body.items;
  const me = await hub.ask(hub.lea, "GET", "/v1/customers/me");
  people = (
    await rows("select distinct customer_id as id from customers.record_customer where customer_id <> $1 order by 1", [me.body.id])
  ).map(({ id }) => id);
}, 60_000);
afterAll(() => hub.demo.close());

const WAIT = { timeout: 20_000, interval: 25 };
const rows = async (text: string, values: unknown[] = []) => (await hub.demo.pool.query(text, values)).rows;
const openings = async (serviceId: string, who: Headers = hub.lea, more = "") =>
  (await hub.ask(who, "GET", `/v1/services/${serviceId}/openings?storeId=${store}&days=10${more}`)).body;
const book = (who: Headers, customer: string, serviceId: string, startsAt: string, over: object = {}) =>
  hub.ask(who, "POST", `/v1/customers/${customer}/bookings`, { id: newId(), serviceId, storeId: store, startsAt, ...over });
const bookingsOf = async (who: Headers, customer: string) => (await hub.ask(who, "GET", `/v1/customers/${customer}/bookings`)).body.items;

/** A time that nobody has booked, some days ahead. */
const freeTime = async (serviceId: string): Promise<string> => (await openings(serviceId)).items.at(-1).startsAt;

function inOne(work: (ctx: Ctx) => Promise<unknown>) {
  const around = { pool: hub.demo.pool, snapshots: hub.demo.hub.snapshots, log: createLog("silent"), requestId: "test", actor: SYSTEM };
  return inTransaction(around, async (ctx) => ({ ok: true as const, value: await work(ctx) }));
}

async function broken(): Promise<unknown[]> {
  const found = await Promise.all(bookingsInvariants.map(({ sql }) => rows(sql)));
  return found.flat();
}

describe("booking a service", () => {
  it("[BKG-1] has the same times on the shop and for staff; [BKG-2] sent again it is the same booking", async () => {
    const shown = await openings(advice.id);
    expect((await openings(advice.id, hub.owner)).items).toEqual(shown.items);
    expect(shown.advisers.every(({ name }: { name: string }) => !name.includes(" "))).toBe(true);
    const id = newId();
    const startsAt = shown.items.at(-1).startsAt;
    const first = await book(hub.lea, "me", advice.id, startsAt, { id, note: "A new grinder" });
    expect([first.status, first.body]).toMatchObject([
      201,
      { id, startsAt, state: "booked", placeName: "Lyon Bellecour", note: "A new grinder" },
    ]);
    const again = await book(hub.lea, "me", advice.id, startsAt, { id });
    expect(again.body).toEqual(first.body);
    expect((await bookingsOf(hub.lea, "me")).filter((one: { id: string }) => one.id === id)).toHaveLength(1);
    const left = (await openings(advice.id)).items.find((one: { startsAt: string }) => one.startsAt === startsAt);
    expect(left?.advisers ?? []).not.toContain(first.body.staffId);
  });

  it("[BKG-2] refuses a time that is none, and more than ten ahead", async () => {
    const [first] = (await openings(advice.id)).items;
    const odd = new Date(new Date(first.startsAt).getTime() + 60_000).toISOString();
    expect((await book(hub.lea, "me", advice.id, odd)).body.code).toBe("booking.not_free");
    const [someone = ""] = people.slice(-1);
    const { items } = await openings(advice.id);
    const codes = [];
    for (const { startsAt } of items.slice(20, 31)) codes.push((await book(hub.owner, someone, advice.id, startsAt)).body.code);
    expect(codes.filter((code) => code !== undefined)).toEqual(["booking.too_many"]);
  });

  it("[BKG-3] gives the last seats to six of sixty-four who ask at once", async () => {
    const { items, advisers } = await openings(tasting.id);
    const staffId = advisers[0].staffId;
    const { startsAt } = items.findLast((one: { advisers: string[]; left: number }) => one.advisers.includes(staffId) && one.left === 6);
    const asked = Array.from({ length: 64 }, (_, n) =>
      book(hub.owner, people[n % (people.length - 1)] ?? "", tasting.id, startsAt, { staffId }),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(6);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code))).toEqual(new Set(["booking.not_free"]));
    expect(await broken()).toEqual([]);
  });

  it("[BKG-3] nobody gives two services at once, whoever asks first", async () => {
    const { items, advisers } = await openings(advice.id);
    const staffId = advisers[0].staffId;
    const startsAt = items.find((one: { advisers: string[]; startsAt: string }) => one.advisers.includes(staffId)).startsAt;
    const both = await Promise.all(
      [advice, tasting].flatMap(({ id }, n) => [1, 2].map((k) => book(hub.owner, people[n * 2 + k] ?? "", id, startsAt, { staffId }))),
    );
    const kinds = new Set(both.filter(({ status }) => status === 201).map(({ body }) => body.serviceId));
    expect(kinds.size).toBe(1);
    expect(await broken()).toEqual([]);
  });
});

describe("a booking that changes", () => {
  it("[BKG-4] moves in one act, and is canceled; its seat is free at once", async () => {
    const startsAt = await freeTime(advice.id);
    const made = await book(hub.lea, "me", advice.id, startsAt);
    const other = (await openings(advice.id)).items[5].startsAt;
    const moved = await hub.ask(hub.lea, "PUT", `/v1/bookings/${made.body.id}/time`, { startsAt: other });
    expect([moved.status, moved.body.startsAt]).toEqual([200, other]);
    expect((await openings(advice.id)).items.some((one: { startsAt: string }) => one.startsAt === startsAt)).toBe(true);
    const taken = await hub.ask(hub.lea, "PUT", `/v1/bookings/${made.body.id}/time`, { startsAt: "2020-01-01T09:00:00Z" });
    expect(taken.body.code).toBe("booking.not_free");
    expect((await bookingsOf(hub.lea, "me")).find((one: { id: string }) => one.id === made.body.id)).toMatchObject({
      startsAt: other,
      state: "booked",
    });
    const cancel = () => hub.ask(hub.lea, "POST", `/v1/bookings/${made.body.id}/cancellation`);
    expect([(await cancel()).body.state, (await cancel()).status]).toEqual(["canceled", 200]);
    expect((await hub.ask(hub.lea, "PUT", `/v1/bookings/${made.body.id}/time`, { startsAt })).body.code).toBe("booking.ended");
    expect(await broken()).toEqual([]);
  });

  it("[BKG-5] is nobody else's, and is changed by its customer until the time of notice, by staff until it is over", async () => {
    const other = { givenName: "Nora", email: `nora-${newId()}@example.com` };
    const { body } = await hub.ask({ authorization: "Bearer sk_demo_online_7hT2mQ9xW4cRb8Lz" }, "POST", "/v1/customers", other);
    const made = await book(hub.owner, body.customer.id, advice.id, await freeTime(advice.id));
    const own = await book(hub.lea, "me", advice.id, await freeTime(advice.id));
    expect((await hub.ask(hub.lea, "POST", `/v1/bookings/${made.body.id}/cancellation`)).body.code).toBe("booking.unknown");
    await rows("update bookings.service set cancel_minutes = 43200 where id = $1", [advice.id]);
    expect((await hub.ask(hub.lea, "POST", `/v1/bookings/${own.body.id}/cancellation`)).body.code).toBe("booking.too_late");
    expect((await hub.ask(hub.owner, "POST", `/v1/bookings/${own.body.id}/cancellation`)).body.state).toBe("canceled");
    await rows("update bookings.service set cancel_minutes = 120 where id = $1", [advice.id]);
  });

  it("[BKG-6] who came, and who did not, is said from its beginning on, and stands in the timeline", async () => {
    const made = await book(hub.lea, "me", advice.id, await freeTime(advice.id));
    const say = (outcome: string) => hub.ask(hub.owner, "PUT", `/v1/bookings/${made.body.id}/outcome`, { outcome });
    expect((await say("no_show")).body.code).toBe("booking.not_begun");
    expect((await say("attended")).body.state).toBe("attended");
    const kinds = async () =>
      (await rows("select kind from touchpoints.touchpoint where reference_id = $1 order by occurred_at", [made.body.id])).map(
        ({ kind }) => kind,
      );
    await expect.poll(kinds, WAIT).toEqual(["booking", "booking_attended"]);
    const berlin = await hub.staff("anna.keller@trama.example");
    expect((await hub.ask(berlin, "PUT", `/v1/bookings/${made.body.id}/outcome`, { outcome: "attended" })).status).toBe(200);
  });

  it("[BKG-7] [MSG-23] is confirmed by mail, and its customer is reminded once", async () => {
    const made = await book(hub.lea, "me", advice.id, await freeTime(advice.id));
    const mails = async () =>
      (await rows("select dedupe_key from messages.dedupe where dedupe_key like '%booking ' || $1 || '%'", [made.body.id])).length;
    await expect.poll(mails, WAIT).toBe(1);
    await rows("update bookings.service set reminder_minutes = 43200 where id = $1", [advice.id]);
    await rows("update bookings.booking set changed_at = now() - interval '60 days' where id = $1", [made.body.id]);
    await Promise.all([1, 2, 3].map(() => inOne(tellNear)));
    await expect.poll(mails, WAIT).toBe(2);
    await rows("update bookings.service set reminder_minutes = 1440 where id = $1", [advice.id]);
  });
});

describe("who gives what", () => {
  it("[BKG-8] a service is changed as it was seen, by who acts at its places", async () => {
    const { body } = await hub.ask(hub.owner, "GET", "/v1/services");
    const { id, code: _code, ...facts } = body.items.find((one: { id: string }) => one.id === advice.id);
    const changed = await hub.ask(hub.owner, "PUT", `/v1/services/${id}`, { ...facts, minutesAfter: 5 });
    expect([changed.status, changed.body.minutesAfter, changed.body.version]).toEqual([200, 5, facts.version + 1]);
    expect((await hub.ask(hub.owner, "PUT", `/v1/services/${id}`, facts)).body.code).toBe("service.changed");
    expect((await hub.ask(hub.lea, "PUT", `/v1/services/${id}`, facts)).status).toBe(403);
    const made = await hub.ask(hub.owner, "POST", "/v1/services", { ...facts, version: undefined, code: "tasting" });
    expect(made.body.code).toBe("service.code_taken");
  });

  it("[BKG-8] a day off is a day without openings; times that say nothing are refused", async () => {
    const { body } = await hub.ask(hub.owner, "GET", `/v1/stores/${store}/advisers`);
    const [{ staffId, skills, hours }] = body.items;
    const before = await openings(tasting.id, hub.lea, `&staffId=${staffId}`);
    const date = before.items.at(-1).startsAt.slice(0, 10);
    const set = (over: object) =>
      hub.ask(hub.owner, "PUT", `/v1/stores/${store}/advisers/${staffId}`, { skills, hours, exceptions: [], ...over });
    expect((await set({ exceptions: [{ date, times: "" }] })).status).toBe(200);
    const after = await openings(tasting.id, hub.lea, `&staffId=${staffId}`);
    expect(after.items.some(({ startsAt }: { startsAt: string }) => startsAt.startsWith(date))).toBe(false);
    expect((await set({ hours: "sometimes" })).body).toMatchObject({ code: "adviser.times_wrong", field: "hours" });
    expect((await set({})).status).toBe(200);
  });

  it("[BKG-9] an adviser's calendar is read by its link, without names, until there is another link", async () => {
    const made = await book(hub.lea, "me", advice.id, await freeTime(advice.id));
    const link = async () => (await hub.ask(hub.owner, "POST", `/v1/advisers/${made.body.staffId}/calendar-links`)).body.url;
    const read = async (url: string) => hub.demo.app.inject({ method: "GET", url: url.slice(url.indexOf("/v1/")) });
    const first = await link();
    const feed = await read(first);
    expect([feed.statusCode, feed.headers["content-type"]]).toEqual([200, "text/calendar; charset=utf-8"]);
    expect(
      Object.values(ical.sync.parseICS(feed.body)).some((part) => part?.type === "VEVENT" && part.uid === `${made.body.id}@weft`),
    ).toBe(true);
    expect(feed.body).not.toContain("Fontaine");
    await link();
    expect((await read(first)).statusCode).toBe(404);
    const own = await hub.demo.app.inject({ method: "GET", url: `/v1/bookings/${made.body.id}/calendar`, headers: hub.lea });
    expect(own.body).toContain("SUMMARY:Brewing advice");
  });

  it("[BKG-10] whoever is erased has booked nothing, and their seats are free", async () => {
    const made = await book(hub.owner, people[1] ?? "", tasting.id, await freeTime(tasting.id), { seats: 3 });
    const [{ record_id: recordId }] = await rows("select record_id from bookings.booking where id = $1", [made.body.id]);
    await inOne((ctx) => eraseBookings(ctx, [recordId as RecordId])); // an id by its table
    expect(await rows("select 1 from bookings.booking where record_id = $1", [recordId])).toEqual([]);
    expect(await broken()).toEqual([]);
  });
});
