import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  BERLIN,
  CHAIN,
  DEPOT,
  FRANCE,
  FRENCH,
  GERMANY,
  LYON,
  PARIS,
  peopleHub,
  PUBLISHABLE,
  signedInAs,
  type Browser,
  type PeopleHub,
} from "../../../test/people-hub.ts";
import { testId } from "../../../test/goods-hub.ts";
import type { PlaceId } from "@weft/kernel";
import { businessDateAt, documentPlace, findStores, placeOf, placesInvariants, upsertPlaces } from "./index.ts";

let hub: PeopleHub;
let owner: Browser;
beforeAll(async () => {
  hub = await peopleHub();
  owner = await signedInAs(hub, "owner");
});
afterAll(() => hub.close());

const stores = async (query: string) =>
  (await hub.browser(null).call("GET", `/v1/stores${query}`, undefined, { authorization: `Bearer ${PUBLISHABLE}` })).body;
const names = (page: { items: { name: string }[] }) => page.items.map(({ name }) => name);

describe("what documents keep of a place", () => {
  it("legal entity, zone, day end and currency, also of a place that was made in this transaction", async () => {
    const fresh: PlaceId = testId("place", 99);
    const found = await hub.must(async (ctx) => {
      const lyon = await documentPlace(ctx, LYON);
      const template = await placeOf(ctx, PARIS);
      if (!template) throw new Error("Paris is there");
      const { groupIds: _line, inherited: _inherited, status: _status, ...rest } = template;
      await upsertPlaces(ctx, [{ ...rest, id: fresh, code: "fresh", name: "Fresh", settings: {} }]);
      return { ok: true as const, value: [lyon, await documentPlace(ctx, fresh), await documentPlace(ctx, testId("place", 98))] };
    });
    expect(found).toEqual([
      { placeId: LYON, entityId: FRANCE, timeZone: "Europe/Paris", dayEnd: 120, currency: "EUR", country: "FR" },
      { placeId: fresh, entityId: FRANCE, timeZone: "Europe/Paris", dayEnd: 0, currency: "EUR", country: "FR" },
      undefined,
    ]);
    await hub.pool.query("delete from places.place where id = $1", [fresh]);
    await hub.settled();
  });

  it.each([
    ["2026-11-21T23:30:00Z", "2026-11-21"],
    ["2026-11-22T00:59:59Z", "2026-11-21"],
    ["2026-11-22T01:00:00Z", "2026-11-22"],
    // The night of the longer day: two in the morning comes an hour later by the world's clock.
    ["2026-10-25T00:30:00Z", "2026-10-25"],
  ])("[PLA-1] in Lyon, whose day ends at two in the morning, %s is business date %s", async (at, date) => {
    const lyon = await placeOf(hub.around, LYON);
    expect(lyon && businessDateAt(lyon, new Date(at))).toBe(date);
  });
});

describe("[PLA-2] settings in the tree", () => {
  const settingOf = async (id: string, key: string) => {
    const { body } = await owner.call("GET", "/v1/places");
    return body.places.find((place: { id: string }) => place.id === id).settings.find((setting: { key: string }) => setting.key === key);
  };

  it("come from the nearest group, then from the place, then again from the group", async () => {
    expect(await settingOf(LYON, "receiptFooter")).toEqual({
      key: "receiptFooter",
      value: "À bientôt",
      from: "group",
      fromId: FRENCH,
      fromName: "France",
    });
    expect(await settingOf(BERLIN, "receiptFooter")).toMatchObject({ value: "See you", fromId: CHAIN });
    await owner.call("PATCH", `/v1/places/${LYON}`, { settings: { receiptFooter: "Merci, Lyon" } });
    await hub.settled();
    expect(await settingOf(LYON, "receiptFooter")).toMatchObject({ value: "Merci, Lyon", from: "place", fromId: LYON });
    await owner.call("PATCH", `/v1/places/${LYON}`, { settings: { receiptFooter: null } });
    await owner.call("PATCH", `/v1/place-groups/${FRENCH}`, { settings: { receiptFooter: "Au revoir" } });
    await hub.settled();
    expect(await settingOf(LYON, "receiptFooter")).toMatchObject({ value: "Au revoir", from: "group" });
  });

  it("unknown ones and wrong values change nothing and say why", async () => {
    const { status, body } = await owner.call("PATCH", `/v1/places/${LYON}`, { name: "Gone", settings: { holdMinutes: 0, color: "red" } });
    expect([status, body.code, body.settings.map(({ key }: { key: string }) => key)]).toEqual([
      422,
      "places.setting_invalid",
      ["holdMinutes", "color"],
    ]);
    expect((await stores("?query=gone")).items).toEqual([]);
  });

  it("[PLA-8] what a store offers is all that was said last, once each, and is what customers read", async () => {
    const before = (await placeOf(hub.around, LYON))?.services ?? [];
    const manager = await signedInAs(hub, "manager");
    const changed = await manager.call("PATCH", `/v1/places/${LYON}`, { services: ["ship", "terrace", "ship"] });
    expect([changed.status, changed.body.services]).toEqual([200, ["ship", "terrace"]]);
    await hub.settled();
    const found = (await stores("?limit=50")).items.find(({ id }: { id: string }) => id === LYON);
    expect(found.services).toEqual(["ship", "terrace"]);
    await manager.call("PATCH", `/v1/places/${LYON}`, { phone: "+33400000000" });
    await hub.settled();
    expect((await placeOf(hub.around, LYON))?.services).toEqual(["ship", "terrace"]);
    expect((await manager.call("PATCH", `/v1/places/${LYON}`, { services: ["Free beer!"] })).status).toBe(422);
    const { rows } = await hub.pool.query("select action, reason from access.audit_entry where subject = $1 order by at desc limit 2", [
      `place/${LYON}`,
    ]);
    expect(rows).toEqual([
      { action: "places.update", reason: "phone" },
      { action: "places.update", reason: "services" },
    ]);
    await manager.call("PATCH", `/v1/places/${LYON}`, { services: before });
    await hub.settled();
  });

  it("a group belongs to whoever's roles hold everywhere", async () => {
    const manager = await signedInAs(hub, "manager");
    expect((await manager.call("PATCH", `/v1/place-groups/${FRENCH}`, { name: "La France" })).body.code).toBe("places.out_of_reach");
    expect((await owner.call("PATCH", `/v1/place-groups/${testId("group", 77)}`, { name: "x" })).body.code).toBe("places.group_unknown");
  });

  it("groups stay a tree; a circle is seen", async () => {
    const [{ sql }] = placesInvariants as [(typeof placesInvariants)[0]];
    expect(await hub.rows(sql)).toEqual([]);
    await hub.pool.query("update places.place_group set parent_id = $1 where id = $2", [FRENCH, CHAIN]);
    expect((await hub.rows(sql)).length).toBeGreaterThan(0);
    await hub.pool.query("update places.place_group set parent_id = null where id = $1", [CHAIN]);
  });
});

describe("hours and status", () => {
  it("an exception counts as soon as it is saved; two on one day and a reversed interval are refused", async () => {
    const { body } = await owner.call("GET", "/v1/places");
    const { hours } = body.places.find((place: { id: string }) => place.id === PARIS);
    const always = Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]);
    const today = new Date().toISOString().slice(0, 10);
    const closed = [-1, 0, 1].map((days) => ({
      date: new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10),
      name: "Works",
      intervals: [],
    }));
    const changed = await owner.call("PATCH", `/v1/places/${PARIS}`, { hours: { weekly: always, exceptions: closed } });
    expect(changed.body.open).toMatchObject({ state: "closed", because: "Works" });
    for (const wrong of [
      { weekly: always, exceptions: [closed[0], closed[0]] },
      { weekly: [[{ from: 600, until: 600 }], ...always.slice(1)], exceptions: [] },
    ])
      expect((await owner.call("PATCH", `/v1/places/${PARIS}`, { hours: wrong })).body.code).toBe("places.hours_invalid");
    await owner.call("PATCH", `/v1/places/${PARIS}`, { hours });
    await hub.settled();
  });

  it("[PLA-4] a closed store is not offered, and its page still says where it was", async () => {
    await owner.call("PATCH", `/v1/places/${BERLIN}`, { status: "closed" });
    await hub.settled();
    expect(names(await stores(""))).toEqual(["Lyon Bellecour", "Paris Canal"]);
    expect(await stores(`/${BERLIN}`)).toMatchObject({ name: "Berlin Mitte", open: { state: "closed", nextChange: null } });
    await owner.call("PATCH", `/v1/places/${BERLIN}`, { status: "active" });
    await hub.settled();
  });
});

describe("[PLA-5] the chain grows", () => {
  const nice = {
    entityId: FRANCE,
    groupId: FRENCH,
    kind: "store",
    name: "Nice Port",
    code: "nice-port",
    address: { line1: "Quai Lunel 3", postcode: "06300", city: "Nice", country: "FR" },
    latitude: 43.69,
    longitude: 7.28,
  };
  const made: string[] = [];
  afterAll(() => hub.pool.query("delete from places.place where id = any($1)", [made]));

  it("a new store has the zone of its legal entity, inherits from its group and is closed until it has hours", async () => {
    const key = { "idempotency-key": "nice-port-once" };
    const { status, body } = await owner.call("POST", "/v1/places", nice, key);
    made.push(body.id);
    expect([status, body]).toMatchObject([
      201,
      { code: "nice-port", timeZone: "Europe/Paris", status: "active", open: { state: "closed" } },
    ]);
    expect((await owner.call("POST", "/v1/places", nice, key)).body.id).toBe(body.id);
    expect(body.settings).toContainEqual(expect.objectContaining({ key: "receiptFooter", from: "group", fromId: FRENCH }));
    await hub.settled();
    const found = (await stores("?query=nice")).items;
    expect(found).toMatchObject([{ id: body.id, open: { state: "closed", nextChange: null } }]);
    const seen = await hub.rows("select type from platform.event_log where subject = $1", [`place/${body.id}`]);
    expect(seen).toEqual([{ type: "place.changed.v1" }]);
  });

  it.each([
    [{ entityId: testId("entity", 77) }, "places.entity_unknown"],
    [{ groupId: testId("group", 77) }, "places.group_unknown"],
    [{ timeZone: "Europe/Atlantis" }, "places.time_zone_unknown"],
    [{ code: "nice-port" }, "places.code_taken"],
    [{ code: "Nice Port" }, "request.invalid"],
    [{ latitude: 91 }, "request.invalid"],
    [{ hours: { weekly: [[{ from: 600, until: 540 }], [], [], [], [], [], []], exceptions: [] } }, "places.hours_invalid"],
  ])("%j is refused with %s and adds nothing", async (change, code) => {
    const before = await hub.rows("select count(*) from places.place");
    expect((await owner.call("POST", "/v1/places", { ...nice, code: "another", ...change })).body.code).toBe(code);
    expect(await hub.rows("select count(*) from places.place")).toEqual(before);
  });

  it("of two who open a store under one code at once, one does", async () => {
    const both = await Promise.all([1, 2].map((n) => owner.call("POST", "/v1/places", { ...nice, code: "race", name: `Race ${n}` })));
    made.push(...both.flatMap(({ body }) => (body.id ? [body.id] : [])));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
  });

  it("whoever's roles hold at some places adds none, and moves none to another group", async () => {
    const manager = await signedInAs(hub, "manager");
    const tries = [
      manager.call("POST", "/v1/places", { ...nice, code: "mine" }),
      manager.call("POST", "/v1/place-groups", { parentId: CHAIN, name: "Mine", code: "mine" }),
      manager.call("PATCH", `/v1/places/${LYON}`, { groupId: CHAIN }),
    ];
    expect((await Promise.all(tries)).map(({ body }) => body.code)).toEqual(Array(3).fill("places.out_of_reach"));
  });

  it("a place that moves to another group inherits from there, and comes back as it was", async () => {
    const moved = await owner.call("PATCH", `/v1/places/${LYON}`, { groupId: CHAIN });
    expect(moved.body.settings).toContainEqual(expect.objectContaining({ key: "receiptFooter", value: "See you", fromId: CHAIN }));
    const back = await owner.call("PATCH", `/v1/places/${LYON}`, { groupId: FRENCH });
    expect(back.body.settings).toContainEqual(expect.objectContaining({ key: "receiptFooter", fromId: FRENCH }));
    expect((await owner.call("PATCH", `/v1/places/${LYON}`, { groupId: testId("group", 77) })).body.code).toBe("places.group_unknown");
  });

  it("[PLA-6] a group moves, never below itself, also when two move below each other at once", async () => {
    const add = async (code: string) =>
      (await owner.call("POST", "/v1/place-groups", { parentId: CHAIN, name: code, code })).body.id as string; // what was just made
    const [south, north] = [await add("south"), await add("north")];
    const circle = await owner.call("PATCH", `/v1/place-groups/${CHAIN}`, { parentId: south });
    expect([circle.status, circle.body.code]).toEqual([409, "places.group_circle"]);
    const both = await Promise.all([
      owner.call("PATCH", `/v1/place-groups/${south}`, { parentId: north }),
      owner.call("PATCH", `/v1/place-groups/${north}`, { parentId: south }),
    ]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const [{ sql }] = placesInvariants as [(typeof placesInvariants)[0]];
    expect(await hub.rows(sql)).toEqual([]);
    expect((await owner.call("PATCH", `/v1/place-groups/${south}`, { parentId: testId("group", 77) })).body.code).toBe(
      "places.group_unknown",
    );
    await hub.pool.query("update places.place_group set parent_id = null where id = any($1)", [[south, north]]);
    await hub.pool.query("delete from places.place_group where id = any($1)", [[south, north]]);
    hub.around.snapshots.invalidate();
  });
});

describe("[PLA-4] stores for customers", () => {
  it("nearest first, with the distance along the sphere; a warehouse is none", async () => {
    // Expected by the haversine formula with the equator's radius, 6378.168 km.
    const { items } = await stores("?near=45.76,4.84");
    expect(
      items.map(({ name, distanceMeters }: { name: string; distanceMeters: number }) => [name, Math.round(distanceMeters / 1000)]),
    ).toEqual([
      ["Lyon Bellecour", 1],
      ["Paris Canal", 393],
      ["Berlin Mitte", 976],
    ]);
    expect((await stores(`/${DEPOT}`)).code).toBe("stores.unknown");
    expect((await stores("/not-an-id")).code).toBe("request.invalid");
  });

  it.each([
    ["?query=LYÔN", ["Lyon Bellecour"]],
    ["?query=bellecour%20", ["Lyon Bellecour"]],
    ["?query=10178", ["Berlin Mitte"]],
    ["?query=mit", ["Berlin Mitte"]],
    ["?query=100%25", []],
    ["?query=_", []],
    ["?query=", ["Berlin Mitte", "Lyon Bellecour", "Paris Canal"]],
    ["?near=52.5,13.4&query=paris", ["Paris Canal"]],
    ["?near=91.5,200", ["Berlin Mitte", "Paris Canal", "Lyon Bellecour"]],
  ])("%s finds %j", async (query, expected) => expect(names(await stores(query)).toSorted()).toEqual(expected.toSorted()));

  it("pages by name and by distance miss none and repeat none, also where stores share a position", async () => {
    await many(250);
    for (const first of ["?limit=40", "?limit=40&near=48.8,2.3"]) {
      const seen: string[] = [];
      for (let cursor: string | null = ""; cursor !== null;) {
        const page: { items: { id: string }[]; nextCursor: string | null } = await stores(`${first}${cursor && `&cursor=${cursor}`}`);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toHaveLength(253);
      expect(new Set(seen).size).toBe(253);
    }
  });

  it("the nearest of many are found by the index of positions, in the order that counting them all gives", async () => {
    await many(5000);
    await hub.pool.query("analyze places.place");
    const near = { latitude: 47.1, longitude: 3.9 };
    const found = await hub.must(async (ctx) => ({
      ok: true as const,
      value: await findStores(ctx, { near, query: null, after: null, limit: 10 }),
    }));
    const counted = await hub.rows<{ distance: number }>(
      "select earth_distance(ll_to_earth(47.1, 3.9), ll_to_earth(latitude, longitude)) as distance from places.place where kind <> 'warehouse' and status = 'active' order by 1 limit 10",
    );
    expect(found.map(({ distanceMeters }) => distanceMeters)).toEqual(counted.map(({ distance }) => distance));
    const plan = await hub.rows<{ "QUERY PLAN": string }>(
      "explain select id from places.place where kind <> 'warehouse' and status = 'active' order by ll_to_earth(latitude, longitude) <-> ll_to_earth(47.1, 3.9), id limit 10",
    );
    expect(JSON.stringify(plan)).toContain("place_by_position");
  });
});

/** Stores in a grid over France; every second one stands where another does. */
async function many(count: number): Promise<void> {
  await hub.pool.query(
    `insert into places.place (id, entity_id, kind, name, code, address, latitude, longitude, time_zone, hours)
     select uuidv7(), $1, 'store', 'Store ' || n, 'many-' || n, '{"line1": "1", "postcode": "0", "city": "Ville", "country": "FR"}', 43 + (n / 2) % 70 / 10.0, (n / 140) % 70 / 10.0, 'Europe/Paris',
            '{"weekly": [[],[],[],[],[],[],[]], "exceptions": []}'
       from generate_series(1, $2::int) as n on conflict (code) do nothing`,
    [GERMANY, count],
  );
  hub.around.snapshots.invalidate();
}
