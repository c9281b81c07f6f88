import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  becomeTill,
  BERLIN,
  LYON,
  PASSWORD,
  peopleHub,
  PINS,
  PUBLISHABLE,
  SECRET,
  signedInAs,
  staffId,
  TILLS_FR,
  OFFICE,
  type PeopleHub,
} from "../../../test/people-hub.ts";
import { offerOwnership } from "./index.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub();
});
afterAll(() => hub.close());

const signIn = (email: string, password = PASSWORD) => ({ email, password });

describe("staff sign in by e-mail and password", () => {
  it("sets a cookie that scripts cannot read and other sites do not send, and answers who it is", async () => {
    const browser = hub.browser("weft_office");
    const { status, body, headers } = await browser.call("POST", "/v1/staff-sessions", signIn("Manager@example.com"));
    expect(status).toBe(201);
    expect(body).toMatchObject({ kind: "staff", channelId: OFFICE, staff: { name: "The manager", roles: ["manager"], hasPin: true } });
    expect(headers["set-cookie"]).toMatch(/^weft_office=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await browser.call("GET", "/v1/session")).body).toMatchObject({ kind: "staff", staff: { id: staffId("manager") } });
  });

  it("[ACC-9] a cookie that no header names is no credential", async () => {
    const browser = await signedInAs(hub, "owner");
    const bare = hub.browser(null);
    for (const [name, value] of browser.cookies) bare.cookies.set(name, value);
    expect((await bare.call("GET", "/v1/staff")).status).toBe(401);
    const other = hub.browser("weft_till");
    for (const value of browser.cookies.values()) other.cookies.set("weft_till", value);
    expect((await other.call("GET", "/v1/staff")).status).toBe(401);
    expect((await browser.call("GET", "/v1/staff")).status).toBe(200);
  });

  it("needs the name of the session that it is for", async () => {
    const { status, body } = await hub.browser(null).call("POST", "/v1/staff-sessions", signIn("owner@example.com"));
    expect([status, body.code]).toEqual([400, "access.session_unnamed"]);
  });

  it("[ACC-11] an unknown address, a wrong password and a suspended person are told alike", async () => {
    await hub.pool.query("update access.staff set state = 'suspended' where email = 'marketer@example.com'");
    const answers = [];
    for (const credentials of [
      signIn("nobody@example.com"),
      signIn("read_only@example.com", "wrong horse battery"),
      signIn("marketer@example.com"),
    ])
      answers.push(await hub.browser("weft_office").call("POST", "/v1/staff-sessions", credentials));
    expect([...new Set(answers.map(({ status, body }) => `${status} ${body.code}`))]).toEqual(["401 access.sign_in_refused"]);
    await hub.pool.query("update access.staff set state = 'active'");
  });

  it("[ACC-5] twelve wrong tries at once are counted one by one, and then the right one waits, too", async () => {
    const tries = await Promise.all(
      Array.from({ length: 12 }, () =>
        hub.browser("weft_office").call("POST", "/v1/staff-sessions", signIn("privacy_officer@example.com", "wrong horse battery")),
      ),
    );
    const heard = tries.filter(({ status }) => status === 401).length;
    expect(heard).toBeGreaterThan(0);
    expect(heard).toBeLessThanOrEqual(5);
    // The rest were told to wait; on a slow machine some gave up at the lock.
    expect(tries.every(({ status }) => [401, 409, 429].includes(status))).toBe(true);
    for (let i = heard; i < 5; i++)
      await hub.browser("weft_office").call("POST", "/v1/staff-sessions", signIn("privacy_officer@example.com", "wrong horse battery"));
    const right = await hub.browser("weft_office").call("POST", "/v1/staff-sessions", signIn("privacy_officer@example.com"));
    expect([right.status, right.body.code]).toEqual([429, "access.too_many_tries"]);
    expect(right.body.retryAfterSeconds).toBeGreaterThan(0);
    expect(right.body.retryAfterSeconds).toBeLessThanOrEqual(30);
    const [row] = await hub.rows<{ subject: string }>("select subject from access.attempt where failures >= 5");
    expect(row?.subject).not.toContain("privacy_officer");
  });

  it("the next person at the same app ends the session before, and signing out ends it for every node", async () => {
    const browser = await signedInAs(hub, "owner");
    const first = browser.cookies.get("weft_office") ?? "";
    await browser.call("POST", "/v1/staff-sessions", signIn("agent@example.com"));
    await hub.settled();
    const old = hub.browser("weft_office");
    old.cookies.set("weft_office", first);
    expect((await old.call("GET", "/v1/session")).body.kind).toBe("anonymous");
    expect((await browser.call("DELETE", "/v1/session")).status).toBe(204);
    expect(browser.cookies.has("weft_office")).toBe(false);
    expect(await hub.rows("select id from access.session where staff_id = $1", [staffId("agent")])).toEqual([]);
  });
});

describe("staff sign in by PIN at a till", () => {
  it("[ACC-3] the PIN says who of the place it is; the session acts on the place's channel", async () => {
    const till = await signedInAs(hub, "cashier", LYON);
    const { body } = await till.call("GET", "/v1/session");
    expect(body).toMatchObject({
      kind: "staff",
      channelId: TILLS_FR,
      staff: { name: "The cashier" },
      device: { kind: "till", placeId: LYON, placeName: "Lyon Bellecour", timeZone: "Europe/Paris" },
    });
  });

  it("[ACC-2] the PIN of someone who does not work at the till's place is a wrong one; without a till there is none", async () => {
    const till = hub.browser("weft_till");
    await becomeTill(hub, till, BERLIN);
    expect((await till.call("POST", "/v1/pin-sessions", { pin: PINS.cashier })).status).toBe(401);
    expect((await till.call("POST", "/v1/pin-sessions", { pin: PINS.owner })).status).toBe(201);
    expect((await hub.browser("weft_till").call("POST", "/v1/pin-sessions", { pin: PINS.owner })).status).toBe(401);
  });

  it("[ACC-5] wrong PINs close the till for a while, and only that till", async () => {
    const till = hub.browser("weft_till");
    await becomeTill(hub, till, LYON);
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await till.call("POST", "/v1/pin-sessions", { pin: "0000" })).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    expect((await till.call("POST", "/v1/pin-sessions", { pin: PINS.cashier })).status).toBe(429);
    const neighbor = hub.browser("weft_till");
    await becomeTill(hub, neighbor, LYON);
    expect((await neighbor.call("POST", "/v1/pin-sessions", { pin: PINS.cashier })).status).toBe(201);
  });

  it("[ACC-20] a badge signs its holder in where their PIN would, in place of whoever stands there; another one ends it", async () => {
    const owner = await signedInAs(hub, "owner");
    const makeBadge = async (): Promise<string> => (await owner.call("POST", `/v1/staff/${staffId("barista")}/badge`)).body.badge;
    const badge = await makeBadge();
    const till = await signedInAs(hub, "cashier", LYON);
    const { status, body } = await till.call("POST", "/v1/badge-sessions", { badge });
    expect([status, body]).toMatchObject([201, { kind: "staff", channelId: TILLS_FR, staff: { name: "The barista", hasBadge: true } }]);
    const far = hub.browser("weft_till");
    await becomeTill(hub, far, BERLIN);
    expect((await far.call("POST", "/v1/badge-sessions", { badge })).status).toBe(401);
    expect((await hub.browser("weft_till").call("POST", "/v1/badge-sessions", { badge })).status).toBe(401);
    const next = await makeBadge();
    expect((await till.call("POST", "/v1/badge-sessions", { badge })).status).toBe(401);
    expect((await till.call("POST", "/v1/badge-sessions", { badge: next })).status).toBe(201);
    expect((await owner.call("DELETE", `/v1/staff/${staffId("barista")}/badge`)).body.hasBadge).toBe(false);
    expect((await till.call("POST", "/v1/badge-sessions", { badge: next })).status).toBe(401);
  });

  it("[ACC-20] what is shown of a badge is shown once, its hash alone is kept, and who cannot change somebody makes none for them", async () => {
    const manager = await signedInAs(hub, "manager");
    const made = await manager.call("POST", `/v1/staff/${staffId("cashier")}/badge`, undefined, {
      "idempotency-key": "badge-of-the-cashier",
    });
    const again = await manager.call("POST", `/v1/staff/${staffId("cashier")}/badge`, undefined, {
      "idempotency-key": "badge-of-the-cashier",
    });
    expect([made.body.badge, again.body.badge]).toEqual([expect.stringMatching(/^SB[A-Z0-9]{24}$/), ""]);
    const [kept] = await hub.rows<{ badge_hash: Buffer }>("select badge_hash from access.badge where staff_id = $1", [staffId("cashier")]);
    expect(kept?.badge_hash.toString("latin1")).not.toContain(made.body.badge);
    expect((await manager.call("POST", `/v1/staff/${staffId("owner")}/badge`)).body.code).toBe("access.staff_beyond_reach");
  });

  it("[ACC-8] a PIN session does not work without its till's device", async () => {
    const till = await signedInAs(hub, "cashier", LYON);
    const elsewhere = hub.browser("weft_till");
    elsewhere.cookies.set("weft_till", till.cookies.get("weft_till") ?? "");
    expect((await elsewhere.call("GET", "/v1/session")).body.kind).toBe("anonymous");
  });
});

describe("suspension and passwords", () => {
  it("who is suspended loses every session at once", async () => {
    const agent = await signedInAs(hub, "agent");
    const owner = await signedInAs(hub, "owner");
    expect((await agent.call("GET", "/v1/places")).status).toBe(200);
    expect((await owner.call("PATCH", `/v1/staff/${staffId("agent")}`, { state: "suspended" })).status).toBe(200);
    await hub.settled();
    expect((await agent.call("GET", "/v1/places")).status).toBe(401);
    expect((await owner.call("PATCH", `/v1/staff/${staffId("agent")}`, { state: "active" })).body.state).toBe("active");
  });

  it("a new role counts at once, without signing in again", async () => {
    const agent = await signedInAs(hub, "agent");
    const owner = await signedInAs(hub, "owner");
    expect((await agent.call("GET", "/v1/audit")).status).toBe(403);
    await owner.call("PATCH", `/v1/staff/${staffId("agent")}`, { roles: ["agent", "privacy_officer"] });
    await hub.settled();
    expect((await agent.call("GET", "/v1/audit")).status).toBe(200);
    await owner.call("PATCH", `/v1/staff/${staffId("agent")}`, { roles: ["agent"] });
    await hub.settled();
    expect((await agent.call("GET", "/v1/audit")).status).toBe(403);
  });
});

describe("[ACC-7] what is kept of secrets", () => {
  it("no token, password, PIN or secret key stands in the database", async () => {
    const browser = await signedInAs(hub, "owner");
    const token = browser.cookies.get("weft_office") ?? "";
    const tables = [
      "access.session",
      "access.staff",
      "access.pin",
      "access.device",
      "access.attempt",
      "channels.key",
      "platform.event_log",
    ];
    for (const table of tables) {
      const text = JSON.stringify(await hub.rows(`select to_jsonb(t) as row from ${table} t`));
      for (const secret of [token, PASSWORD, `"${PINS.cashier}"`, SECRET]) expect(text).not.toContain(secret);
      if (table === "channels.key") expect(text).toContain(PUBLISHABLE);
    }
  });
});

describe("the first owner", () => {
  it("no link is offered while there is an owner, and a claim is refused", async () => {
    expect(await hub.must(async (ctx) => ({ ok: true as const, value: await offerOwnership(ctx) }))).toBeNull();
    const { status, body } = await hub
      .browser("weft_office")
      .call("POST", "/v1/owner-claims", { token: "x", name: "Mallory", email: "m@example.com", password: PASSWORD });
    expect([status, body.code]).toEqual([403, "access.claim_refused"]);
  });

  it("the link of a new installation makes one owner, once", async () => {
    await hub.pool.query("delete from access.staff_role where role = 'owner'");
    const offer = () => hub.must(async (ctx) => ({ ok: true as const, value: await offerOwnership(ctx) }));
    const outdated = await offer();
    const token = await offer();
    const claim = (text: string | null, email: string) =>
      hub.browser("weft_office").call("POST", "/v1/owner-claims", { token: text, name: "First", email, password: PASSWORD });
    expect((await claim(outdated, "first@example.com")).status).toBe(403);
    const [a, b] = await Promise.all([claim(token, "first@example.com"), claim(token, "second@example.com")]);
    expect(new Set([a.status, b.status])).toEqual(new Set([201, 403]));
    await hub.pool.query("insert into access.staff_role values ($1, 'owner')", [staffId("owner")]);
  });
});
