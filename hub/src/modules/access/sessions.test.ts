import { ok } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  LEA,
  LYON,
  peopleHub,
  PUBLISHABLE,
  REGISTER,
  SHOP,
  signedInAs,
  staffId,
  TILLS_FR,
  type Browser,
  type PeopleHub,
} from "../../../test/people-hub.ts";
import { statementsWith } from "../../../test/statements-of.ts";
import { createAuditLane, createCustomerSession, eraseAccess } from "./index.ts";
import { tidyUp } from "./jobs.ts";
import { ANONYMOUS } from "../../platform/index.ts";

let hub: PeopleHub;
beforeAll(async () => {
  hub = await peopleHub({ isDemo: true });
});
afterAll(() => hub.close());

async function lea(): Promise<Browser> {
  const browser = hub.browser("weft_shop_left");
  const { token } = await hub.must(async (ctx) =>
    ok(await createCustomerSession(ctx, { recordId: LEA, app: "weft_shop_left", channelId: SHOP })),
  );
  browser.cookies.set("weft_shop_left", token);
  return browser;
}

describe("sessions", () => {
  it("a customer's session says who they are, on the channel where they signed in", async () => {
    const { body } = await (await lea()).call("GET", "/v1/session");
    expect(body).toMatchObject({
      kind: "customer",
      channelId: SHOP,
      customer: { recordId: LEA, givenName: "Léa", locale: "fr" },
      staff: null,
    });
  });

  it("is renewed while it is used, and ends when it is not", async () => {
    const browser = await lea();
    const before = (await browser.call("GET", "/v1/session")).body.expiresAt;
    await hub.pool.query("update access.session set renewed_at = now() - interval '10 days', expires_at = now() + interval '80 days'");
    const other = await lea();
    const afterUse = (await other.call("GET", "/v1/session")).body.expiresAt;
    expect(Date.parse(afterUse)).toBeGreaterThan(Date.parse(before) - 86_400_000);
    const idle = await lea();
    await hub.pool.query("update access.session set expires_at = now() - interval '1 second'");
    expect((await idle.call("GET", "/v1/session")).body.kind).toBe("anonymous");
  });

  it("costs a busy caller no statement more: a hundred requests ask the database once", async () => {
    const browser = await lea();
    const lookUps = await statementsWith("from access.session s left join access.staff", async () => {
      for (let i = 0; i < 100; i++) await browser.call("GET", "/v1/apps/shop");
    });
    expect(lookUps).toBe(1);
  });

  it("at erasure the sessions of the records end", async () => {
    const browser = await lea();
    expect((await browser.call("GET", "/v1/session")).body.kind).toBe("customer");
    await hub.must(async (ctx) => ok(await eraseAccess(ctx, [LEA])));
    await hub.settled();
    expect((await browser.call("GET", "/v1/session")).body.kind).toBe("anonymous");
    expect(await hub.rows("select id from access.session where record_id = $1", [LEA])).toEqual([]);
  });
});

describe("the demo's front door", () => {
  it("Léa is signed in at the shop", async () => {
    const browser = hub.browser("weft_shop");
    const { status, body } = await browser.call(
      "POST",
      "/v1/demo-sessions",
      { persona: "lea" },
      { authorization: `Bearer ${PUBLISHABLE}` },
    );
    expect([status, body]).toMatchObject([201, { kind: "customer", channelId: SHOP, customer: { givenName: "Léa" } }]);
    expect((await browser.call("GET", "/v1/session")).body.kind).toBe("customer");
  });

  it("Jordi stands at a till that was made for him, and finds it again", async () => {
    const browser = hub.browser("weft_till");
    const { body } = await browser.call("POST", "/v1/demo-sessions", { persona: "jordi" });
    expect(body).toMatchObject({
      kind: "staff",
      channelId: TILLS_FR,
      staff: { id: staffId("cashier") },
      device: { kind: "till", placeId: LYON, registerId: REGISTER },
    });
    const again = await browser.call("POST", "/v1/demo-sessions", { persona: "jordi" });
    expect(again.body.device.id).toBe(body.device.id);
    expect((await browser.call("GET", "/v1/session")).body.device.id).toBe(body.device.id);
  });

  it("does not exist outside the demo", async () => {
    const other = await peopleHub();
    const { status, body } = await other.browser("weft_shop").call("POST", "/v1/demo-sessions", { persona: "lea" });
    await other.close();
    expect([status, body.code]).toEqual([404, "access.not_demo"]);
  });
});

describe("[ACC-10] the audit", () => {
  it("entries that come together share inserts, and each is durable when its answer leaves", async () => {
    const lane = createAuditLane(hub.pool);
    const actor = { ...ANONYMOUS, kind: "staff" as const };
    const recordAll = () =>
      Promise.all(
        Array.from({ length: 200 }, async (_, n) => {
          await lane.record({ actor, action: "customers.read", subject: `customer/${n}`, outcome: "allowed", requestId: "together" });
          const rows = await hub.rows("select 1 from access.audit_entry where subject = $1 and request_id = 'together'", [`customer/${n}`]);
          expect(rows).toHaveLength(1);
        }),
      );
    const inserts = await statementsWith("insert into access.audit_entry", recordAll);
    expect(inserts).toBeGreaterThan(0);
    expect(inserts).toBeLessThan(20);
  });

  it("one bad batch fails for those in it, not for those after", async () => {
    const lane = createAuditLane(hub.pool);
    const act = { actor: ANONYMOUS, action: "a", outcome: "allowed" as const, requestId: "bad" };
    await expect(lane.record({ ...act, subject: "nul \u0000" })).rejects.toThrow("unsupported Unicode escape sequence");
    await lane.record({ ...act, subject: "fine" });
    expect(await hub.rows("select subject from access.audit_entry where request_id = 'bad'")).toEqual([{ subject: "fine" }]);
  });

  it("is listed newest first, page by page, with names looked up now", async () => {
    await hub.pool.query("delete from access.audit_entry");
    const barista = await signedInAs(hub, "barista");
    for (let i = 0; i < 5; i++) await barista.call("GET", "/v1/audit");
    const officer = await signedInAs(hub, "privacy_officer");
    const first = (await officer.call("GET", "/v1/audit?limit=3")).body;
    const second = (await officer.call("GET", `/v1/audit?limit=3&cursor=${first.nextCursor}`)).body;
    const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toEqual(ids.toSorted().toReversed());
    expect(second.nextCursor).toBeNull();
    expect(first.items[0]).toMatchObject({ actorKind: "staff", actorName: "The barista", action: "access.listAudit", outcome: "denied" });
    expect((await officer.call("GET", "/v1/audit?subject=/v1/none")).body.items).toEqual([]);
  });

  it("lives in months that are made ahead and dropped after three years", async () => {
    await hub.pool.query(
      "create table access.audit_entry_2019_01 partition of access.audit_entry for values from ('2019-01-01Z') to ('2019-02-01Z')",
    );
    await hub.must(async (ctx) => ok(await tidyUp(ctx)));
    const names = (
      await hub.rows<{ name: string }>(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'access.audit_entry'::regclass",
      )
    ).map(({ name }) => name);
    expect(names).not.toContain("access.audit_entry_2019_01");
    expect(names.length).toBeGreaterThanOrEqual(5);
    expect(await hub.rows("select 1 from access.audit_entry_default")).toEqual([]);
  });
});
