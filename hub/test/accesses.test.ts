import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, type Headers, type LevelHub } from "./level-hub.ts";

let hub: LevelHub;
let till: Headers;
let me: string;
beforeAll(async () => {
  hub = await openLevelHub();
  till = await hub.demo.enter("jordi");
  me = (await hub.ask(hub.lea, "GET", "/v1/customers/me")).body.id;
}, 120_000);
afterAll(() => hub.demo.close());

const mine = async () => (await hub.ask(hub.lea, "GET", "/v1/customers/me/accesses")).body.items;
const tasks = async () => (await hub.ask(hub.owner, "GET", "/v1/tasks?kind=access_objected")).body.items;

describe("[IDN-20] who opened my file", () => {
  it("names place, till and time, and nobody's name, and counts what was done there on that day once", async () => {
    const before = await mine();
    expect((await hub.ask(till, "POST", `/v1/till/customers/${me}/openings`, {})).status).toBe(201);
    await hub.ask(till, "GET", `/v1/customers/${me}/consents`);
    await hub.ask(hub.owner, "GET", `/v1/customers/${me}`);
    const items = await mine();
    expect(items).toHaveLength(before.length + 2);
    const [, atTill] = items;
    expect(atTill).toMatchObject({
      deviceName: expect.stringMatching(/./),
      placeName: expect.stringMatching(/Lyon/),
      channelKind: "store",
      objectedAt: null,
    });
    expect(new Set(atTill.what)).toEqual(new Set(["opened", "read"]));
    expect(JSON.stringify(items)).not.toMatch(/Jordi|Clara/);
  });

  it("“that was not me” is one task for the privacy officers, however often it is said, and others cannot say it", async () => {
    const [, { id }] = await mine();
    const object = () => hub.ask(hub.lea, "POST", `/v1/customers/me/accesses/${id}/objection`);
    const said = await Promise.all([object(), object()]);
    expect(said.map(({ status }) => status)).toEqual([204, 204]);
    expect((await mine())[1].objectedAt).not.toBeNull();
    await expect.poll(async () => (await tasks()).length).toBe(1);
    expect(await tasks()).toMatchObject([{ team: "privacy", reference: { kind: "customer" }, state: "open" }]);
    const unknown = await hub.ask(hub.lea, "POST", `/v1/customers/me/accesses/${me}/objection`);
    expect([unknown.status, unknown.body.code]).toEqual([404, "customer.access_unknown"]);
    expect((await hub.ask(till, "POST", `/v1/customers/me/accesses/${id}/objection`)).status).toBe(403);
    expect((await hub.ask(till, "GET", `/v1/customers/${me}/accesses`)).status).toBe(403);
  });
});

describe("[IDN-15] export", () => {
  it("holds the whole person on a siloed channel too, where the page shows the customer of that channel", async () => {
    const exported = async () => (await hub.ask(hub.lea, "GET", "/v1/customers/me/export")).body;
    const records = ({ customers }: { customers: { records: { id: string }[] } }) => new Set(customers.records.map(({ id }) => id));
    const linked = await exported();
    await hub.setLevel("online", "siloed");
    const siloed = await exported();
    expect(records(siloed)).toEqual(records(linked));
    expect(siloed.customer.records.length).toBeLessThan(records(siloed).size);
  });
});
