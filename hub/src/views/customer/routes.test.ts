import { newId } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LYON, peopleHub, PUBLISHABLE, SECRET, signedInAs, type Browser, type PeopleHub } from "../../../test/people-hub.ts";
import { eraseAccess } from "../../modules/access/index.ts";
import { cartRoutes, adoptAtSignIn, eraseCarts } from "../../modules/carts/index.ts";
import { customerInvariants, customersRoutes, openChallenge } from "../../modules/customers/index.ts";
import { placesSnapshot } from "../../modules/places/index.ts";
import { dbOn, openSigner } from "../../platform/index.ts";
import { cardsOf, customerScreens, customerViewRoutes } from "./index.ts";

let hub: PeopleHub;
let till: Browser;
let office: Browser;

beforeAll(async () => {
  const lastSeenOf = async () => null;
  hub = await peopleHub({
    more: async ({ vault, pool }) => [
      ...customersRoutes({
        vault,
        publicUrl: "https://weft.example",
        screens: customerScreens(lastSeenOf),
        mostCodesPerAddress: 1000,
        place: async (ctx, placeId) => (await ctx.snapshots.current(placesSnapshot)).places.get(placeId),
        adoptCart: adoptAtSignIn,
        cards: cardsOf({ signer: await openSigner(pool, vault), vault }),
        erasureHooks: [eraseAccess, eraseCarts],
      }),
      ...cartRoutes({ publicUrl: "https://weft.example", vault }),
      ...customerViewRoutes({
        signer: await openSigner(pool, vault),
        vault,
        lastSeenOf,
        timelineOf: async () => ({ items: [], nextCursor: null }),
        exporters: {},
      }),
    ],
  });
  till = await signedInAs(hub, "cashier", LYON);
  office = await signedInAs(hub, "owner");
});
afterAll(() => hub.close());

const WITH_KEY = { authorization: `Bearer ${PUBLISHABLE}` };
const WITH_SECRET = { authorization: `Bearer ${SECRET}` };

let count = 0;
const mail = (): string => `visitor${++count}@example.com`;

async function codeOf(challengeId: string): Promise<string> {
  const opened = await openChallenge({ db: dbOn(hub.pool) }, hub.vault, challengeId);
  return opened?.code ?? "";
}

async function signIn(
  contact: string,
  session = "weft_shop",
  more: object = {},
): Promise<{ browser: Browser; body: Record<string, never> & { customer: { recordId: string; customerId: string } } }> {
  const browser = hub.browser(session);
  const asked = await browser.call("POST", "/v1/sign-in-codes", { contact, givenName: "Mia", familyName: "Roux" }, WITH_KEY);
  expect(asked.status).toBe(202);
  const { status, body } = await browser.call(
    "POST",
    "/v1/customer-sessions",
    { challengeId: asked.body.challengeId, code: await codeOf(asked.body.challengeId), ...more },
    WITH_KEY,
  );
  expect(status).toBe(201);
  return { browser, body };
}

const at = (browser: Browser, method: "GET" | "POST" | "PATCH" | "DELETE", url: string, body?: object) =>
  browser.call(method, url, body, WITH_KEY);

describe("signing in by a code", () => {
  it("[IDN-13] answers the same for someone known and unknown, and keeps the code sealed", async () => {
    const known = mail();
    await signIn(known);
    const shapes = [];
    for (const contact of [known, mail()]) {
      const { status, body } = await hub.browser("weft_shop").call("POST", "/v1/sign-in-codes", { contact }, WITH_KEY);
      shapes.push([status, Object.keys(body), body.kind]);
      const code = await codeOf(body.challengeId);
      expect(code).toMatch(/^\d{6}$/);
      const rows = await hub.rows("select row_to_json(c)::text as row from customers.challenge c where id = $1", [body.challengeId]);
      expect(JSON.stringify(rows)).not.toContain(code);
      const events = await hub.rows("select data::text from platform.event_log union all select data::text from platform.outbox");
      expect(JSON.stringify(events)).not.toContain(contact);
    }
    expect(shapes[0]).toEqual(shapes[1]);
  });

  it("[IDN-13] a wrong code counts though it is refused; after five the right one is refused as well", async () => {
    const browser = hub.browser("weft_shop");
    const { body } = await at(browser, "POST", "/v1/sign-in-codes", { contact: mail() });
    const right = await codeOf(body.challengeId);
    const wrong = right === "000000" ? "000001" : "000000";
    const tries = [];
    for (const code of [wrong, wrong, wrong, wrong, wrong, right]) {
      const answer = await at(browser, "POST", "/v1/customer-sessions", { challengeId: body.challengeId, code });
      tries.push([answer.status, answer.body.code, answer.body.attemptsLeft]);
    }
    expect(tries.slice(0, 5).map(([, , left]) => left)).toEqual([4, 3, 2, 1, 0]);
    expect(tries[5]).toEqual([429, "challenge.too_many_attempts", undefined]);
    expect(browser.cookies.size).toBe(0);
  });

  it("[IDN-13] a code works once, for ten minutes, and an address gets five in a quarter of an hour", async () => {
    const contact = mail();
    const browser = hub.browser("weft_shop");
    const asked = [];
    for (let n = 0; n < 6; n++) asked.push(await at(browser, "POST", "/v1/sign-in-codes", { contact }));
    expect(asked.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 429]);
    const [first, second] = asked.map(({ body }) => body.challengeId as string);
    const answer = { challengeId: first, code: await codeOf(first ?? "") };
    const statuses = [];
    for (let n = 0; n < 2; n++) statuses.push((await at(browser, "POST", "/v1/customer-sessions", answer)).status);
    const late = { challengeId: second, code: await codeOf(second ?? "") };
    await hub.pool.query("update customers.challenge set expires_at = now() where id = $1", [second]);
    statuses.push((await at(browser, "POST", "/v1/customer-sessions", late)).status);
    expect(statuses).toEqual([201, 404, 410]);
  });

  it("[IDN-1] signing in again is the same record, at the same time too", async () => {
    const contact = mail();
    const [a, b] = await Promise.all([signIn(contact), signIn(contact.toUpperCase())]);
    const again = await signIn(contact);
    expect(new Set([a, b, again].map(({ body }) => body.customer.recordId)).size).toBe(1);
    const me = await at(again.browser, "GET", "/v1/me");
    expect(me.body).toMatchObject({ givenName: "Mia", email: contact, verified: ["email"], channels: ["web"], points: 0 });
  });

  it("[IDN-6] an address that somebody proved stays theirs, however often others type it", async () => {
    const contact = mail();
    const { body } = await signIn(contact);
    for (let n = 0; n < 25; n++)
      await at(hub.browser(null), "POST", "/v1/customers", { externalId: `stranger ${n}`, givenName: `Stranger ${n}`, email: contact });
    expect((await signIn(contact)).body.customer).toEqual(body.customer);
  });

  it("[CRT-3] who has no cart is told so without a failure", async () => {
    const { browser } = await signIn(mail());
    const cart = await at(browser, "GET", "/v1/customers/me/cart");
    expect(cart.status).toBe(204);
  });

  it("[CRT-5] the anonymous cart of the browser becomes the customer's", async () => {
    const visitor = hub.browser("weft_shop");
    const { body: opened } = await at(visitor, "POST", "/v1/carts", {});
    const { browser, body } = await signIn(mail(), "weft_shop", { cartId: opened.cart.id, cartToken: opened.token });
    const cart = await at(browser, "GET", "/v1/customers/me/cart");
    expect([cart.status, cart.body.id, cart.body.customer.id]).toEqual([200, opened.cart.id, body.customer.customerId]);
    const records = () =>
      hub.rows<{ state: string }>("select s.state from customers.records_of($1) r join customers.source_record s on s.id = r order by 1", [
        body.customer.recordId,
      ]);
    expect(await records()).toEqual([{ state: "known" }, { state: "provisional" }]); // what this browser did before is theirs as well
    const undone = await at(browser, "DELETE", `/v1/carts/${opened.cart.id}/adoption`);
    expect([undone.status, (await records()).length]).toEqual([200, 1]);
  });
});

describe("a person at the till", () => {
  it("[S1] is known to the till by the phone or e-mail that they signed in with, masked until opened, and every opening is kept", async () => {
    const contact = mail();
    const { body } = await signIn(contact);
    const found = await at(till, "GET", `/v1/till/customers?query=${encodeURIComponent(contact)}`);
    expect(found.body).toEqual({
      candidates: [
        {
          customerId: body.customer.customerId,
          givenName: "Mia",
          familyInitial: "R",
          maskedContact: "v•••@example.com",
          hasOpenCart: false,
          hasCollection: false,
        },
      ],
      tooMany: false,
    });
    const opened = await at(till, "POST", `/v1/till/customers/${body.customer.customerId}/openings`);
    expect(opened.body).toMatchObject({ givenName: "Mia", familyInitial: "R", points: 0, currentCart: null, collections: [], usual: [] });
    expect(JSON.stringify(opened.body)).not.toContain(contact);
    const audited = await hub.rows("select actor_kind from access.audit_entry where action = 'customers.openAtTill' and subject = $1", [
      `customer/${body.customer.customerId}`,
    ]);
    expect(audited).toEqual([{ actor_kind: "staff" }]);
  });

  it("[IDN-11] is found by a name only when few are called so, and by four digits only when near", async () => {
    for (let n = 0; n < 4; n++)
      await office.call("POST", "/v1/customers", {
        externalId: `z-${n}`,
        givenName: "Zoë",
        familyName: `Numéro${n}`,
        phone: `+3363998${7000 + n}`,
      });
    const many = await at(till, "GET", `/v1/till/customers?query=zoe`);
    const one = await at(till, "GET", `/v1/till/customers?query=${encodeURIComponent("numero2 zo")}`);
    const far = await at(till, "GET", "/v1/till/customers?query=7003");
    expect([many.body, far.body]).toEqual([
      { candidates: [], tooMany: true },
      { candidates: [], tooMany: false },
    ]);
    expect(one.body.candidates).toMatchObject([{ givenName: "Zoë", familyInitial: "N", maskedContact: "•• 70 02" }]);
    const [, , , fourth] = (
      await hub.rows<{ id: string }>("select id from customers.source_record where external_id like 'z-_' order by external_id")
    ).map(({ id }) => id);
    await at(till, "POST", `/v1/till/customers/${fourth}/openings`);
    const near = await at(till, "GET", "/v1/till/customers?query=7003");
    expect(near.body.candidates).toMatchObject([{ customerId: fourth }]);
  });

  it("[IDN-2] made there with a known e-mail address is only suggested, until the code is read back", async () => {
    const contact = mail();
    const { body: online } = await signIn(contact);
    const made = await at(till, "POST", "/v1/till/customers", { givenName: "Mia", email: contact });
    expect(made.body).toMatchObject({ resolution: "review", customer: { points: 0 } });
    expect(made.body.customer.customerId).not.toBe(online.customer.customerId);
    const wrong = await at(till, "POST", "/v1/contact-confirmations", { challengeId: made.body.challengeId, code: "12" });
    expect(wrong.status).toBe(422);
    const right = { challengeId: made.body.challengeId, code: await codeOf(made.body.challengeId) };
    const confirmed = await at(till, "POST", "/v1/contact-confirmations", right);
    expect(confirmed.body).toMatchObject({
      resolution: "matched",
      because: "email_verified_on_both",
      customer: { id: online.customer.customerId, email: null },
    });
  });

  it("[IDN-14] made there is claimed on the phone by QR, once, and signed in by it", async () => {
    const made = await at(till, "POST", "/v1/till/customers", { givenName: "Noé" });
    expect(made.body.claimUrl).toBe(`https://weft.example/shop/claim/${made.body.claimCode}`);
    const phone = hub.browser("weft_shop");
    const claimed = await at(phone, "POST", `/v1/customer-claims/${made.body.claimCode}/claim`);
    expect([claimed.status, claimed.body.id]).toEqual([200, made.body.customer.customerId]);
    expect((await at(phone, "GET", "/v1/me")).body).toMatchObject({ givenName: "Noé", channels: ["store", "web"] });
    expect((await at(hub.browser("weft_shop"), "POST", `/v1/customer-claims/${made.body.claimCode}/claim`)).body.code).toBe(
      "claim.claimed",
    );
    expect((await at(phone, "POST", "/v1/customer-claims/none-such/claim")).status).toBe(404);
  });

  it("[IDN-14] who is signed in already keeps their record and has the till's linked", async () => {
    const { browser, body } = await signIn(mail());
    const made = await at(till, "POST", "/v1/till/customers", { givenName: "Mia" });
    await at(browser, "POST", `/v1/customer-claims/${made.body.claimCode}/claim`);
    expect((await at(browser, "GET", "/v1/me")).body).toMatchObject({ id: body.customer.customerId, channels: ["web", "store"] });
  });
});

describe("a channel's records", () => {
  it("a publishable key learns nothing of who is a customer", async () => {
    const contact = mail();
    await signIn(contact);
    const shop = hub.browser(null);
    const answers = [];
    for (const email of [contact, mail()]) answers.push(await at(shop, "POST", "/v1/customers", { email, givenName: "X" }));
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [202, null],
      [202, null],
    ]);
    expect((await at(shop, "POST", "/v1/customers", { email: contact, verified: ["email"] })).body.code).toBe("customer.may_not_vouch");
  });

  it("a secret key sees and changes its own channel's customers only, and vouches only when set to", async () => {
    const server = hub.browser(null);
    const call = (method: "GET" | "POST" | "PATCH", url: string, body?: object) => server.call(method, url, body, WITH_SECRET);
    const contact = mail();
    expect((await call("POST", "/v1/customers", { externalId: "crm-1", email: contact, verified: ["email"] })).body.code).toBe(
      "customer.may_not_vouch",
    );
    const made = await call("POST", "/v1/customers", { externalId: "crm-1", email: contact, givenName: "Ina" });
    expect([made.status, made.body.resolution]).toEqual([201, "created"]);
    const changed = await call("PATCH", `/v1/customers/${made.body.customer.id}`, { familyName: "Berg" });
    expect(changed.body.fields.map(({ field, value }: { field: string; value: unknown }) => [field, value])).toEqual([
      ["email", contact],
      ["familyName", "Berg"],
      ["givenName", "Ina"],
    ]);
    const elsewhere = await at(till, "POST", "/v1/till/customers", { givenName: "Till only" });
    expect((await call("GET", `/v1/customers/${elsewhere.body.customer.customerId}`)).status).toBe(404);
    expect((await call("GET", `/v1/customers?query=${encodeURIComponent("till only")}`)).body.items).toEqual([]);
    expect((await call("GET", "/v1/customers?query=crm-1")).body.items).toEqual([]); // four digits make a code
    const stranger = { externalId: "crm-1", email: mail(), givenName: "Not Ina" };
    expect((await at(hub.browser(null), "POST", "/v1/customers", stranger)).status).toBe(202);
    expect((await call("GET", `/v1/customers/${made.body.customer.id}`)).body).toMatchObject({ givenName: "Ina", email: contact });
    expect((await call("POST", "/v1/customers", { email: "not an address" })).body.code).toBe("customer.not_a_contact");
  });

  it.each(["a\0b", "\ud800"])("a name that no database can hold is refused, not failed: %j", async (givenName) => {
    const { status, body } = await office.call("POST", "/v1/customers", { givenName, traits: { [givenName]: givenName } });
    expect([status, body.code]).toEqual([422, "request.invalid"]);
  });

  it("[IDN-8] a merge shows one customer under both ids, its undoing two again; the first address leads to the right one", async () => {
    const make = async (externalId: string, givenName: string) =>
      (await office.call("POST", "/v1/customers", { externalId, givenName, familyName: "Undo" })).body.customer.id as string;
    const [a, b] = [await make("undo-a", "Ada"), await make("undo-b", "Bea")];
    const before = [await office.call("GET", `/v1/customers/${a}`), await office.call("GET", `/v1/customers/${b}`)].map(({ body }) => body);
    const merged = await office.call("POST", `/v1/customers/${a}/merges`, { otherId: b, reason: "same person at the counter" });
    expect(merged.status).toBe(201);
    const one = await office.call("GET", `/v1/customers/${b}`);
    expect([one.body.id, one.body.records.length, one.body.records[1].link.kind]).toEqual([a, 2, "agent"]);
    expect((await office.call("POST", `/v1/customers/${b}/merges`, { otherId: a, reason: "twice" })).body.code).toBe("customer.same");
    const undone = await office.call("DELETE", `/v1/merges/${merged.body.mergeId}`);
    expect(undone.body.customers.map(({ id }: { id: string }) => id)).toEqual([a, b]);
    const after = [await office.call("GET", `/v1/customers/${a}`), await office.call("GET", `/v1/customers/${b}`)].map(({ body }) => body);
    expect(after).toEqual(before);
    expect((await office.call("DELETE", `/v1/merges/${merged.body.mergeId}`)).status).toBe(404);
    expect((await office.call("POST", `/v1/customers/${a}/merges`, { otherId: newId(), reason: "nobody" })).status).toBe(404);
  });

  it("[IDN-3] pairs to judge are listed with both records, and judged once", async () => {
    const contact = mail();
    await signIn(contact);
    await at(till, "POST", "/v1/till/customers", { givenName: "Tom", email: contact });
    const { body } = await office.call("GET", "/v1/matches?limit=1");
    expect(body.items).toMatchObject([{ status: "open", because: "email_shared_unverified" }]);
    const judged = await office.call("POST", `/v1/matches/${body.items[0].id}/decision`, { decision: "different" });
    expect(judged.body.status).toBe("different");
    expect((await office.call("POST", `/v1/matches/${body.items[0].id}/decision`, { decision: "same" })).status).toBe(409);
    const next = await office.call("GET", `/v1/matches?limit=1&cursor=${encodeURIComponent(body.nextCursor ?? "")}`);
    expect(next.body.items?.[0]?.id).not.toBe(body.items[0].id);
  });

  it("[IDN-16] people are found in the office by any part, with accents or without, page after page", async () => {
    for (let n = 0; n < 5; n++)
      await office.call("POST", "/v1/customers", { externalId: `quim-${n}`, givenName: "Joaquim", familyName: `Brossa${n}` });
    const ids: string[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const { body } = await office.call(
        "GET",
        `/v1/customers?query=Joàq&limit=2${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    expect(new Set(ids).size).toBe(5);
    const wrong = ["x", Buffer.from('["","","2026-13-45 00:00:00+00","01900000-0000-7000-8000-000000000001"]').toString("base64url")];
    for (const cursor of wrong) expect((await office.call("GET", `/v1/customers?query=joa&cursor=${cursor}`)).status).toBe(422);
    const middle = await office.call("GET", "/v1/customers?query=rossa3");
    expect(middle.body.items).toMatchObject([{ familyName: "Brossa3" }]);
    const two = await office.call("GET", `/v1/customers?query=${encodeURIComponent("bro joa")}&limit=3`);
    expect([two.body.items.length, two.body.nextCursor !== null]).toEqual([3, true]);
  });
});

describe("what a customer may ask of their own data", () => {
  it("is shown, changed as a new version, given out and erased; another customer's is not", async () => {
    const contact = mail();
    const { browser, body } = await signIn(contact);
    const other = await signIn(mail());
    expect((await at(browser, "GET", `/v1/customers/${other.body.customer.customerId}`)).status).toBe(404);
    const changed = await at(browser, "PATCH", "/v1/customers/me", { birthDate: "1990-02-03" });
    expect(changed.body).toMatchObject({ birthDate: "1990-02-03", records: [{ version: 2 }] });
    const held = await at(browser, "GET", "/v1/customers/me/export");
    expect(held.body.customer).toMatchObject({ email: contact });
    const opened = await at(browser, "POST", "/v1/carts", {});
    expect(opened.status).toBe(201);
    expect((await at(browser, "DELETE", "/v1/customers/me")).status).toBe(204);
    await hub.settled();
    expect((await at(browser, "GET", "/v1/me")).status).toBe(403); // the key of the shop alone
    expect((await office.call("GET", `/v1/customers/${body.customer.customerId}`)).status).toBe(404);
    expect((await office.call("GET", `/v1/customers?query=${encodeURIComponent(contact)}`)).body.items).toEqual([]);
    const back = await signIn(contact);
    expect(back.body.customer.recordId).not.toBe(body.customer.recordId);
  });

  it("holds its invariants after all of this", async () => {
    const found = await Promise.all(customerInvariants.map(async ({ name, sql }) => ((await hub.rows(sql)).length > 0 ? [name] : [])));
    expect(found.flat()).toEqual([]);
  });
});
