import { newId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type Headers, type LevelHub } from "../../../test/level-hub.ts";
import { privacyInvariants } from "./invariants.ts";

let hub: LevelHub;
beforeAll(async () => {
  hub = await openLevelHub();
}, 60_000);
afterAll(() => hub.demo.close());

const DAY = 86_400_000;
const KEY = { authorization: "Bearer sk_demo_online_7hT2mQ9xW4cRb8Lz" };

/** Somebody whom the web shop's server tells of, with an address that no other test uses. */
async function somebody(): Promise<string> {
  const { body } = await hub.ask(KEY, "POST", "/v1/customers", { givenName: "Nora", email: `nora-${newId()}@example.com` });
  return body.customer.id;
}
const ask = (id: string, body: object, who: Headers = hub.owner) => hub.ask(who, "POST", `/v1/customers/${id}/privacy-requests`, body);
const step = (id: string, kind: string, note = "checked against the card") =>
  hub.ask(hub.owner, "POST", `/v1/privacy-requests/${id}/steps`, { kind, note });
const rows = async (text: string, values: unknown[] = []) => (await hub.demo.pool.query(text, values)).rows;

describe("[PRV-1] a request", () => {
  it("is due a month after it came, is answered with its proof, and takes notes only after that", async () => {
    const customerId = await somebody();
    const receivedAt = new Date(Date.now() - 3 * DAY).toISOString();
    const { status, body } = await ask(customerId, { kind: "access", how: "in_writing", text: "by letter", receivedAt });
    expect([status, body.state, body.receivedAt, body.customerName]).toEqual([201, "open", receivedAt, "Nora"]);
    const days = (Date.parse(body.dueAt) - Date.parse(receivedAt)) / DAY;
    expect(days).toBeGreaterThanOrEqual(28);
    expect(days).toBeLessThanOrEqual(31);
    const again = await ask(customerId, { kind: "access", how: "by_phone" });
    expect(again.body.id).toBe(body.id);
    await step(body.id, "identity_checked");
    const extended = await step(body.id, "extended", "many orders to look through");
    expect(Date.parse(extended.body.dueAt)).toBeGreaterThan(Date.parse(body.dueAt) + 50 * DAY);
    expect((await step(body.id, "extended")).body.code).toBe("privacy.extended_before");
    const answered = await step(body.id, "answered", "file handed over at the counter");
    expect(answered.body.state).toBe("answered");
    expect(answered.body.steps.map(({ kind }: { kind: string }) => kind)).toEqual([
      "received",
      "note",
      "identity_checked",
      "extended",
      "answered",
    ]);
    expect((await step(body.id, "refused")).body.code).toBe("privacy.request_closed");
    expect((await step(body.id, "note")).status).toBe(201);
    const closed = await hub.ask(hub.owner, "GET", "/v1/privacy-requests?state=closed");
    expect(closed.body.items.map(({ id }: { id: string }) => id)).toContain(body.id);
  });

  it("entered for somebody says how it was made, and cannot come from the future", async () => {
    const customerId = await somebody();
    expect((await ask(customerId, { kind: "erasure" })).body.code).toBe("privacy.how_missing");
    const receivedAt = new Date(Date.now() + DAY).toISOString();
    expect((await ask(customerId, { kind: "erasure", how: "by_phone", receivedAt })).body.code).toBe("privacy.received_ahead");
    expect((await step(newId(), "note")).body.code).toBe("privacy.request_unknown");
  });

  it("of a customer is theirs alone, and tells them what was done and not what staff noted", async () => {
    const { body } = await ask("me", { kind: "correction", text: "my name is written with an accent" }, hub.lea);
    await step(body.id, "note", "asked the store");
    const own = await hub.ask(hub.lea, "GET", "/v1/customers/me/privacy-requests");
    expect(own.body.items[0]).toMatchObject({ id: body.id, how: "shop", kind: "correction" });
    expect(own.body.items[0].steps.at(-1)).toMatchObject({ kind: "note", note: null, byName: null });
    expect((await hub.ask(hub.lea, "GET", `/v1/customers/${await somebody()}/privacy-requests`)).status).toBe(404);
    expect((await hub.ask(hub.lea, "GET", "/v1/privacy-requests")).status).toBe(403);
    expect((await hub.ask(KEY, "GET", "/v1/privacy-requests")).status).toBe(403);
  });

  it("[PRV-4] is answered by an erasure, and keeps no word", async () => {
    const customerId = await somebody();
    const { body } = await ask(customerId, { kind: "erasure", how: "by_phone", text: "called from home" });
    await step(body.id, "identity_checked", "knew the last order");
    expect((await hub.ask(hub.owner, "DELETE", `/v1/customers/${customerId}`)).status).toBe(204);
    expect(await rows("select state, text from privacy.request where id = $1", [body.id])).toEqual([{ state: "answered", text: null }]);
    expect(await rows("select note from privacy.request_step where request_id = $1 and note is not null", [body.id])).toEqual([]);
    for (const { name, sql } of privacyInvariants) expect([name, await rows(sql)]).toEqual([name, []]);
  });
});

describe("the register", () => {
  it("[CNS-11] says what data is used for, what allows it, and how many people said what", async () => {
    const count = async (key: string) =>
      (await hub.ask(hub.owner, "GET", "/v1/privacy/purposes")).body.items.find((one: { key: string }) => one.key === key);
    const before = await count("profiling");
    expect(before.basis).toBe("legitimate_interest");
    const said = await hub.ask(hub.lea, "PUT", "/v1/customers/me/uses/profiling", { isAllowed: false, wordingVersion: "test" });
    expect(said.body.uses.find((one: { purpose: string }) => one.purpose === "profiling").isAllowed).toBe(false);
    expect((await count("profiling")).withdrawn).toBe(before.withdrawn + 1);
    expect(await count("orders")).toMatchObject({ basis: "contract", granted: null });
  });

  it("lists every file that leaves: whose, by whom and for whom", async () => {
    const customerId = await somebody();
    await hub.ask(hub.owner, "GET", `/v1/customers/${customerId}/export`);
    const file = "/v1/exports/consents?recipient=the%20auditors";
    expect((await hub.demo.app.inject({ method: "GET", url: file, headers: hub.owner })).statusCode).toBe(200);
    const { body } = await hub.ask(hub.owner, "GET", "/v1/privacy/exports");
    expect(body.items.slice(0, 2)).toMatchObject([
      { what: "exports.consents", recipient: "the auditors", customerId: null },
      { what: "customers.export", actorName: "Clara Vidal", customerId, recipient: null },
    ]);
    const own = (await hub.ask(hub.lea, "GET", "/v1/customers/me/export")).body.customer.id;
    const [newest] = (await hub.ask(hub.owner, "GET", "/v1/privacy/exports")).body.items;
    expect(newest).toMatchObject({ what: "customers.export", actorKind: "customer", actorName: null, customerId: own });
  });

  it("[IMP-12] lists rows of the office with people in them that leave as a file, and whose list it was", async () => {
    const customerId = await somebody();
    const taken = (body: object, who: Headers = hub.owner) => hub.ask(who, "POST", "/v1/exports/lists", body);
    expect((await taken({ list: "orders", rows: 12 })).status).toBe(204);
    expect((await taken({ list: "orders", rows: 3, customerId })).status).toBe(204);
    const { body } = await hub.ask(hub.owner, "GET", "/v1/privacy/exports");
    expect(body.items.slice(0, 2)).toMatchObject([
      { what: "exports.list", actorName: "Clara Vidal", customerId },
      { what: "list.orders", actorName: "Clara Vidal", customerId: null },
    ]);
    expect((await taken({ list: "orders", rows: 1 }, hub.lea)).status).toBe(403);
    expect((await taken({ list: "secrets", rows: 1 })).body.code).toBe("request.invalid");
  });

  it("says of every table how long its rows are kept and who deletes them", async () => {
    const { body } = await hub.ask(hub.owner, "GET", "/v1/privacy/retention");
    const row = body.items.find(({ table }: { table: string }) => table === "customers.challenge");
    expect(row).toMatchObject({ area: "customers", kept: "1 day", period: { amount: 1, unit: "day" }, by: "job", deleted: 0 });
  });

  it("keeps the notices, who was informed, and how many people carry which", async () => {
    const published = await hub.ask(hub.owner, "POST", "/v1/notices", {
      version: "of the test",
      coversJoining: true,
      address: "https://example.com/privacy",
    });
    expect(published.status).toBe(201);
    const channelId = hub.channels["online"];
    const informed = await hub.ask(hub.owner, "POST", `/v1/notices/${published.body.id}/informings`, { channelId, how: "letter" });
    expect(informed.body).toMatchObject({ version: "of the test", doneAt: null });
    const { body } = await hub.ask(hub.owner, "GET", "/v1/notices");
    expect([body.items[0].version, body.informings[0].id]).toEqual(["of the test", informed.body.id]);
    expect(body.counts.length).toBeGreaterThan(0);
  });
});

describe("the dry run of a link level", () => {
  it("[IDN-23] counts who objects to being joined, and they stay apart when it is switched", async () => {
    await hub.setLevel("online", "siloed");
    const preview = async () => (await hub.ask(hub.owner, "GET", `/v1/channels/${hub.channels["online"]}/level-preview?level=linked`)).body;
    const before = await preview();
    expect([before.peopleObjecting, before.peopleToInform, before.peopleWithoutNotice]).toEqual([0, 0, 0]);
    const say = (isAllowed: boolean) => hub.ask(hub.lea, "PUT", "/v1/customers/me/uses/joining", { isAllowed, wordingVersion: "test" });
    expect((await say(false)).status).toBe(200);
    expect((await preview()).peopleObjecting).toBe(1);
    await hub.setLevel("online", "linked");
    const channels = async (): Promise<number> => (await hub.ask(hub.lea, "GET", "/v1/customers/me")).body.records.length;
    expect(await channels()).toBe(1);
    await say(true);
    expect(await channels()).toBeGreaterThan(1);
  });
});

describe("[MSG-14] a notice by mail", () => {
  it("is counted, begun and followed by privacy officers alone, and its reader objects by the link without signing in", async () => {
    await hub.ask(hub.owner, "POST", "/v1/notices", { version: "mute", coversJoining: false });
    const customerId = await somebody();
    const { body: notice } = await hub.ask(hub.owner, "POST", "/v1/notices", {
      version: "by mail",
      coversJoining: true,
      address: "https://example.com/privacy",
    });
    const channelId = hub.channels["online"];
    const audience = await hub.ask(hub.owner, "GET", `/v1/notices/${notice.id}/audience?channelId=${channelId}`);
    expect(audience.body).toEqual({ people: 1, withoutAddress: 0 });
    expect((await hub.ask(KEY, "POST", `/v1/notices/${notice.id}/mailings`, { channelId })).status).toBe(403);
    const started = await hub.ask(hub.owner, "POST", `/v1/notices/${notice.id}/mailings`, { channelId });
    expect([started.status, started.body.state, started.body.perMinute]).toEqual([201, "running", 300]);
    const mailing = async () => (await hub.ask(hub.owner, "GET", "/v1/notice-mailings")).body.items[0];
    await expect.poll(async () => (await mailing()).sent).toBe(1);
    expect((await hub.ask(hub.owner, "GET", `/v1/notice-mailings/${started.body.id}/unreached`)).body.items).toEqual([]);

    const [mail] = await rows("select text from messages.outbound where template = 'notice'");
    const url = `/v1/preferences/${/\/shop\/preferences\/([\w-]{22})/.exec(mail.text)?.[1]}`;
    expect((await hub.ask({}, "GET", url)).body).toMatchObject({ isJoiningAllowed: true, topic: null });
    const objected = await hub.ask({}, "PUT", url, { isJoiningAllowed: false, wordingVersion: "test" });
    expect([objected.status, objected.body.isJoiningAllowed]).toEqual([200, false]);
    expect(await rows("select kind from customers.objection where record_id = $1", [customerId])).toEqual([{ kind: "joining" }]);
    await expect
      .poll(async () => (await hub.ask(hub.owner, "GET", `/v1/customers/${customerId}/privacy-requests`)).body.items[0]?.kind)
      .toBe("objection");
  });
});
