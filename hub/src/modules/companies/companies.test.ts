import { newId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openLevelHub, SHOP_KEY, type Headers, type LevelHub } from "../../../test/level-hub.ts";
import { companiesInvariants } from "./invariants.ts";

let hub: LevelHub;
beforeAll(async () => {
  hub = await openLevelHub();
}, 60_000);
afterAll(() => hub.demo.close());

const PUBLIC = { authorization: `Bearer ${SHOP_KEY}` };
const SERVER = { authorization: "Bearer sk_demo_online_7hT2mQ9xW4cRb8Lz" };

/** Somebody whom the web shop's server tells of, with an address that no other test uses. */
async function somebody(): Promise<string> {
  const { body } = await hub.ask(SERVER, "POST", "/v1/customers", { givenName: "Nora", email: `nora-${newId()}@example.com` });
  return body.customer.id;
}
const make = (over: object = {}, who: Headers = hub.owner) =>
  hub.ask(who, "POST", "/v1/companies", { name: `Firm ${newId()}`, country: "DE", ...over });
const member = (id: string, customerId: string, role: string, who: Headers = hub.owner) =>
  hub.ask(who, "PUT", `/v1/companies/${id}/members/${customerId}`, { role });
const group = (who: Headers, body: object) =>
  hub.ask(who, "POST", "/v1/group", { timestamp: new Date().toISOString(), messageId: newId(), ...body });
const rows = async (text: string, values: unknown[] = []) => (await hub.demo.pool.query(text, values)).rows;
const read = async (id: string) => (await hub.ask(hub.owner, "GET", `/v1/companies/${id}`)).body;
/** The company that the web shop calls so. */
const called = async (externalId: string) =>
  (await hub.ask(hub.owner, "GET", `/v1/companies?query=${encodeURIComponent(externalId)}`)).body.items[0];

describe("[CMP-1] a company", () => {
  it("[CMP-2] has a VAT number in one form, which no other has", async () => {
    const { status, body } = await make({ name: "Weber KG", vatNumber: "de 512.000.032", currency: "EUR", monthLimit: 50_000 });
    expect([status, body.vatNumber, body.monthLimit, body.used]).toEqual([
      201,
      "DE512000032",
      { amount: 50_000, currency: "EUR" },
      { amount: 0, currency: "EUR" },
    ]);
    expect((await make({ vatNumber: "DE512000032" })).body).toMatchObject({ code: "company.vat_number_taken", companyId: body.id });
    expect((await make({ vatNumber: "512000033" })).body).toMatchObject({ code: "company.vat_number_invalid", because: "check_digits" });
    expect((await make({ monthLimit: 1 })).body.code).toBe("company.currency_missing");
    const races = await Promise.all([1, 2, 3].map(() => make({ country: "FR", vatNumber: "FR49512000027" })));
    expect(races.map(({ status: code }) => code).toSorted((a, b) => a - b)).toEqual([201, 409, 409]);
  });

  it("changes what is said and keeps the rest, is found by name, number and what a channel calls it", async () => {
    const { body } = await make({ name: "Käsehaus Übersee", priceGroup: "offices" });
    const changed = await hub.ask(hub.owner, "PATCH", `/v1/companies/${body.id}`, {
      address: { line1: "Kai 1", postcode: "20457", city: "Hamburg" },
    });
    expect(changed.body).toMatchObject({ name: "Käsehaus Übersee", priceGroup: "offices", address: { city: "Hamburg" }, version: 2 });
    const found = await hub.ask(hub.owner, "GET", "/v1/companies?query=k%C3%A4sehaus");
    expect(found.body.items.map(({ id }: { id: string }) => id)).toEqual([body.id]);
    expect((await hub.ask(hub.owner, "GET", "/v1/price-groups")).body.items).toContain("offices");
  });

  it("[CMP-3] is archived, comes back, and is deleted only while no document names it", async () => {
    const { body } = await make();
    expect((await hub.ask(hub.owner, "PUT", `/v1/companies/${body.id}/archival`)).body.state).toBe("archived");
    expect((await hub.ask(hub.owner, "PATCH", `/v1/companies/${body.id}`, { name: "x" })).body.code).toBe("company.archived");
    expect((await hub.ask(hub.owner, "DELETE", `/v1/companies/${body.id}/archival`)).body.state).toBe("active");
    await rows("select companies.count_purchase($1, $2, null, 100, 'EUR', date_trunc('month', now())::date, now(), false)", [
      body.id,
      newId(),
    ]);
    expect((await hub.ask(hub.owner, "DELETE", `/v1/companies/${body.id}`)).body.code).toBe("company.has_documents");
    const { body: other } = await make();
    expect((await hub.ask(hub.owner, "DELETE", `/v1/companies/${other.id}`)).status).toBe(204);
  });

  it("is the office's alone: nobody else lists, reads or changes one", async () => {
    const { body } = await make();
    for (const who of [PUBLIC, SERVER, hub.lea]) {
      expect((await hub.ask(who, "GET", "/v1/companies")).status).toBe(403);
      expect((await hub.ask(who, "GET", `/v1/companies/${body.id}`)).status).toBe(403);
      expect((await make({}, who)).status).toBe(403);
      expect((await member(body.id, "me", "owner", who)).status).toBe(who === hub.lea ? 403 : 403);
    }
  });
});

describe("[CMP-4] who belongs to it", () => {
  it("has one role, orders as owner or buyer, and comes back when the removal is undone", async () => {
    const { body: company } = await make();
    const nora = await somebody();
    const [added] = (await member(company.id, nora, "buyer")).body.people;
    expect(added).toMatchObject({ customerId: nora, name: "Nora", role: "buyer", state: "active", mayOrder: true, source: "office" });
    expect((await member(company.id, nora, "member")).body.people).toMatchObject([{ role: "member", mayOrder: false }]);
    expect((await hub.ask(hub.owner, "DELETE", `/v1/companies/${company.id}/members/${nora}`)).body.people).toEqual([]);
    expect((await hub.ask(hub.owner, "DELETE", `/v1/companies/${company.id}/members/${nora}`)).body.code).toBe("company.member_unknown");
    expect((await member(company.id, nora, "member")).body.people).toHaveLength(1);
    expect(await rows("select state from companies.membership where company_id = $1 order by state", [company.id])).toEqual([
      { state: "active" },
      { state: "ended" },
    ]);
  });

  it("sees their own companies and what is left of the limit, and nobody else's", async () => {
    const { body: company } = await make({ currency: "EUR", monthLimit: 900 });
    const me = (await hub.ask(hub.lea, "GET", "/v1/customers/me")).body;
    await member(company.id, me.id, "buyer");
    const own = await hub.ask(hub.lea, "GET", "/v1/customers/me/companies");
    expect(own.body.items).toMatchObject([{ id: company.id, role: "buyer", mayOrder: true, monthLeft: { amount: 900, currency: "EUR" } }]);
    expect((await hub.ask(hub.lea, "GET", `/v1/customers/${await somebody()}/companies`)).status).toBe(404);
    await hub.ask(hub.owner, "DELETE", `/v1/companies/${company.id}/members/${me.id}`);
  });

  it("is one member when two files are found to be one person, and two again when that is undone", async () => {
    const { body: company } = await make();
    const [one, other] = [await somebody(), await somebody()];
    await member(company.id, one, "member");
    await member(company.id, other, "buyer");
    const merged = await hub.ask(hub.owner, "POST", `/v1/customers/${one}/merges`, {
      otherId: other,
      reason: "same person at the counter",
    });
    expect(merged.status).toBe(201);
    expect((await read(company.id)).people).toMatchObject([{ role: "buyer" }]);
    await hub.ask(hub.owner, "DELETE", `/v1/merges/${merged.body.mergeId}`);
    expect((await read(company.id)).people.map(({ role }: { role: string }) => role).toSorted()).toEqual(["buyer", "member"]);
  });

  it("leaves it with an erasure", async () => {
    const { body: company } = await make();
    const nora = await somebody();
    await member(company.id, nora, "owner");
    expect((await hub.ask(hub.owner, "DELETE", `/v1/customers/${nora}`)).status).toBe(204);
    expect((await read(company.id)).people).toEqual([]);
    for (const { name, sql } of companiesInvariants) expect([name, await rows(sql)]).toEqual([name, []]);
  });
});

describe("[CMP-8] a group call", () => {
  it("with a public key only suggests: the company orders nothing, and nothing of one that is known is changed", async () => {
    const groupId = `g-${newId()}`;
    const userId = `u-${newId()}`;
    const traits = {
      name: "Hafenrunde eG",
      vat_number: "DE 512000024",
      address: { street: "Kai 2", postalCode: "20457", city: "Hamburg" },
      role: "owner",
    };
    expect((await group(PUBLIC, { userId, groupId, traits })).status).toBe(200);
    const suggested = await called(groupId);
    expect(suggested).toMatchObject({ state: "suggested", name: "Hafenrunde eG", members: 0, suggested: 1, priceGroup: null });
    expect((await read(suggested.id)).people).toMatchObject([
      { role: "member", state: "suggested", mayOrder: false, source: "group_call" },
    ]);
    // Its number is that of a firm of the demo: whether it is that one, staff say.
    expect((await hub.ask(hub.owner, "POST", `/v1/companies/${suggested.id}/confirmation`, {})).body.code).toBe("company.vat_number_taken");
    const { body: known } = await make({ name: "Hafenrunde eG (Zentrale)" });
    const taken = await hub.ask(hub.owner, "POST", `/v1/companies/${suggested.id}/confirmation`, { intoId: known.id });
    expect(taken.body).toMatchObject({ id: known.id, name: "Hafenrunde eG (Zentrale)", suggested: 1, names: [{ externalId: groupId }] });
    await group(PUBLIC, { userId: `u-${newId()}`, groupId, traits: { name: "Somebody else's" } });
    expect(await read(known.id)).toMatchObject({ name: "Hafenrunde eG (Zentrale)", members: 0, suggested: 2 });
    const [first] = (await read(known.id)).people;
    expect((await member(known.id, first.customerId, "buyer")).body.people).toContainEqual(
      expect.objectContaining({ customerId: first.customerId, role: "buyer", state: "active", mayOrder: true }),
    );
  });

  it("of a server whose channel vouches makes both at once, says it again without a change, and gives no prices", async () => {
    const online = hub.channels["online"];
    await hub.ask(hub.owner, "PATCH", `/v1/channels/${online}`, { vouches: true });
    hub.demo.hub.snapshots.invalidate();
    const groupId = `g-${newId()}`;
    const call = { userId: `u-${newId()}`, groupId, traits: { name: "Nordlicht AG", country: "DE", role: "buyer", priceGroup: "offices" } };
    await group(SERVER, call);
    const company = await called(groupId);
    expect(company).toMatchObject({ state: "active", members: 1, suggested: 0, priceGroup: null });
    expect((await read(company.id)).people).toMatchObject([{ role: "buyer", mayOrder: true }]);
    await group(SERVER, call);
    await group(PUBLIC, { ...call, traits: { name: "Not its name" } });
    expect(await read(company.id)).toMatchObject({ version: 1, name: "Nordlicht AG", members: 1 });
    await hub.ask(hub.owner, "PATCH", `/v1/channels/${online}`, { vouches: false });
  });

  it("of many at a time about one company makes one", async () => {
    const groupId = `g-${newId()}`;
    await Promise.all(Array.from({ length: 8 }, () => group(PUBLIC, { userId: `u-${newId()}`, groupId, traits: { name: "Turm GmbH" } })));
    const found = await hub.ask(hub.owner, "GET", `/v1/companies?query=${groupId}`);
    expect(found.body.items).toMatchObject([{ state: "suggested", suggested: 8 }]);
  });

  it("that names another kind of group, or nobody in it, makes no member", async () => {
    const groupId = `g-${newId()}`;
    await group(PUBLIC, { userId: `u-${newId()}`, groupId, name: "class", traits: { name: "Barista course" } });
    expect(await called(groupId)).toBeUndefined();
    await group(PUBLIC, { anonymousId: `$company_${groupId}`, groupId, name: "company", traits: { name: "Leer GmbH" } });
    expect(await called(groupId)).toMatchObject({ name: "Leer GmbH", members: 0, suggested: 0 });
  });
});
