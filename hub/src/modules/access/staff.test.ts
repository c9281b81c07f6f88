import type { PlaceId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BERLIN,
  LYON,
  PARIS,
  PASSWORD,
  peopleHub,
  PINS,
  signedInAs,
  staffId,
  type Browser,
  type PeopleHub,
} from "../../../test/people-hub.ts";
import { accessInvariants } from "./index.ts";

let hub: PeopleHub;
let owner: Browser;
let manager: Browser;
beforeAll(async () => {
  hub = await peopleHub();
  owner = await signedInAs(hub, "owner");
  manager = await signedInAs(hub, "manager");
});
afterAll(() => hub.close());

const draft = (name: string, more: object = {}) => ({
  name,
  email: `${name.toLowerCase().replaceAll(" ", ".")}@example.com`,
  roles: ["cashier"],
  placeIds: [LYON],
  password: PASSWORD,
  ...more,
});

describe("staff are added and changed", () => {
  it("a manager adds a cashier to a store of theirs, who can sign in at once", async () => {
    const { status, body } = await manager.call("POST", "/v1/staff", draft("Noa Vidal", { pin: "7788", locale: "ca" }));
    expect([status, body]).toMatchObject([
      201,
      { name: "Noa Vidal", roles: ["cashier"], placeIds: [LYON], hasPin: true, state: "active", locale: "ca" },
    ]);
    const browser = hub.browser("weft_office");
    expect((await browser.call("POST", "/v1/staff-sessions", { email: "NOA.vidal@example.com", password: PASSWORD })).status).toBe(201);
  });

  it.each([
    ["a role beyond stores", { roles: ["owner"] }],
    ["a place that is not theirs", { placeIds: [BERLIN] }],
    ["every place", { placeIds: [] }],
  ])("[ACC-6] a manager of two stores cannot give %s", async (_what, more) => {
    const { status, body } = await manager.call("POST", "/v1/staff", draft("Too Far", more));
    expect([status, body.code]).toEqual([403, "access.staff_beyond_reach"]);
  });

  it("[ACC-6] nor take the owner's places away; and nobody changes their own standing", async () => {
    expect((await manager.call("PATCH", `/v1/staff/${staffId("owner")}`, { placeIds: [LYON] })).body.code).toBe(
      "access.staff_beyond_reach",
    );
    expect((await owner.call("PATCH", `/v1/staff/${staffId("owner")}`, { roles: ["read_only"] })).body.code).toBe("access.own_standing");
    expect((await owner.call("PATCH", `/v1/staff/${staffId("owner")}`, { name: "The first owner" })).status).toBe(200);
  });

  it("an e-mail address belongs to one person, whatever its case", async () => {
    const { body } = await owner.call("POST", "/v1/staff", draft("Second", { email: "Agent@Example.com" }));
    expect(body.code).toBe("access.email_taken");
  });

  it("two who are added at once with one address: one is", async () => {
    const answers = await Promise.all(Array.from({ length: 4 }, () => owner.call("POST", "/v1/staff", draft("Twin"))));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  });

  it("a new password ends every session; the old one opens nothing", async () => {
    const agent = await signedInAs(hub, "agent");
    await owner.call("PATCH", `/v1/staff/${staffId("agent")}`, { password: "another horse battery" });
    await hub.settled();
    expect((await agent.call("GET", "/v1/session")).body.kind).toBe("anonymous");
    const again = hub.browser("weft_office");
    expect((await again.call("POST", "/v1/staff-sessions", { email: "agent@example.com", password: PASSWORD })).status).toBe(401);
    expect((await again.call("POST", "/v1/staff-sessions", { email: "agent@example.com", password: "another horse battery" })).status).toBe(
      201,
    );
  });

  it("the list is paged by name, and a manager sees the people of their stores only", async () => {
    const names: string[] = [];
    for (let cursor: string | null = null; ;) {
      const { body } = await owner.call("GET", `/v1/staff?limit=3${cursor ? `&cursor=${cursor}` : ""}`);
      names.push(...body.items.map(({ name }: { name: string }) => name));
      cursor = body.nextCursor;
      if (!cursor) break;
    }
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("The agent");
    const seen = await manager.call("GET", "/v1/staff");
    expect(seen.body.items.map(({ name }: { name: string }) => name).toSorted()).toEqual([
      "Noa Vidal",
      "The barista",
      "The cashier",
      "The manager",
      "Twin",
    ]);
    expect((await owner.call("GET", "/v1/staff?query=CASHÍER")).body.items).toHaveLength(1);
    const bent = await owner.call("GET", "/v1/staff?cursor=bm90IG91cnM");
    expect([bent.status, bent.body.code]).toEqual([422, "request.invalid"]);
  });
});

describe("[ACC-3] a PIN names one person of a place", () => {
  it("is refused where someone at the same place has it, and free where they never meet", async () => {
    const taken = await owner.call("POST", "/v1/staff", draft("Same Pin", { pin: PINS.cashier }));
    expect([taken.status, taken.body.code]).toEqual([409, "access.pin_taken"]);
    expect(await hub.rows("select id from access.staff where name = 'Same Pin'")).toEqual([]);
    expect((await owner.call("POST", "/v1/staff", draft("Far Away", { pin: PINS.cashier, placeIds: [BERLIN] }))).status).toBe(201);
    expect((await owner.call("POST", "/v1/staff", draft("Everywhere", { pin: PINS.cashier, placeIds: [] }))).body.code).toBe(
      "access.pin_taken",
    );
  });

  it("moving someone to a place where their PIN is taken is refused, too", async () => {
    const [far] = await hub.rows<{ id: string }>("select id from access.staff where name = 'Far Away'");
    const { body } = await owner.call("PATCH", `/v1/staff/${far?.id}`, { placeIds: [BERLIN, LYON] });
    expect(body.code).toBe("access.pin_taken");
  });

  it("two people who choose the same PIN at once: one gets it", async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) => owner.call("POST", "/v1/staff", draft(`Racer ${n}`, { pin: "556677", placeIds: [PARIS] }))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.code === "access.pin_taken")).toHaveLength(5);
  });

  it("a PIN that is taken away is gone", async () => {
    const [racer] = await hub.rows<{ id: string; place_ids: PlaceId[] }>("select m.id from access.staff m where name like 'Racer%'");
    expect((await owner.call("PATCH", `/v1/staff/${racer?.id}`, { pin: null })).body.hasPin).toBe(false);
  });
});

describe("what is promised of the whole", () => {
  it("no invariant is broken after all this", async () => {
    for (const { name, sql } of accessInvariants) expect({ name, rows: await hub.rows(sql) }).toEqual({ name, rows: [] });
  });

  it("the invariants see what they are for", async () => {
    await hub.pool.query("update access.staff set state = 'suspended' where email = 'manager@example.com'");
    await hub.pool.query("update access.pin set pin_key = '\\x01'");
    const seen = new Set<string>();
    for (const { name, sql } of accessInvariants) if ((await hub.rows(sql)).length > 0) seen.add(name);
    expect([...seen]).toEqual(["access.pin_names_one_person", "access.suspended_have_no_session"]);
  });
});
