import { PATHS, ROLES, type OperationId, type Role } from "@weft/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  becomeTill,
  BERLIN,
  LEA,
  LYON,
  OPERATIONS,
  peopleHub,
  PUBLISHABLE,
  SECRET,
  signedInAs,
  type Browser,
  type PeopleHub,
} from "../../../test/people-hub.ts";
import { callersOf, createCustomerSession, RIGHTS } from "./index.ts";

let hub: PeopleHub;
/** A browser per kind of caller, each with that credential only. */
const callers = new Map<string, { browser: Browser; headers: Record<string, string> }>();

beforeAll(async () => {
  hub = await peopleHub({ withProbes: true });
  const bare = (headers: Record<string, string>) => ({ browser: hub.browser(null), headers });
  callers.set("anonymous", bare({}));
  callers.set("publishable key", bare({ authorization: `Bearer ${PUBLISHABLE}` }));
  callers.set("secret key: its channel", bare({ authorization: `Basic ${Buffer.from(`${SECRET}:`).toString("base64")}` }));
  callers.set("cart token", bare({ "weft-cart": "a token that carts would compare" }));
  callers.set("customer: own", { browser: await customer(), headers: {} });
  const till = hub.browser("weft_till");
  await becomeTill(hub, till, LYON);
  callers.set("device: till at its place", { browser: till, headers: {} });
  for (const role of ROLES) callers.set(`staff: ${role}`, { browser: await signedInAs(hub, role), headers: {} });
});
afterAll(() => hub.close());

async function customer(): Promise<Browser> {
  const browser = hub.browser("weft_shop");
  const { token } = await hub.must(async (ctx) => ({
    ok: true as const,
    value: await createCustomerSession(ctx, { recordId: LEA, app: "weft_shop", channelId: null }),
  }));
  browser.cookies.set("weft_shop", token);
  return browser;
}

const ANY_ID = "01900000-0000-7000-8000-000000000000";

/** Asks without a body or query: who is let in gets any answer but 401 and 403. */
async function isLetIn(operation: OperationId, { browser, headers }: { browser: Browser; headers: Record<string, string> }) {
  const [method = "GET", path = "/"] = PATHS[operation].split(" ");
  const url = path.replaceAll(/\{\w+\}/g, ANY_ID);
  const { status, body } = await browser.call(method as "GET", url, undefined, headers); // one of the methods of PATHS
  return { isIn: status !== 401 && status !== 403, status, code: body?.code };
}

// Signing out, or in as another, would end the sessions that the next operations are asked with.
const ENDING: ReadonlySet<OperationId> = new Set([
  "access.signOut",
  "access.demoSignIn",
  "access.claimOwner",
  "access.staffSignIn",
  "access.pinSignIn",
  "access.badgeSignIn",
]);

describe("[ACC-1] every operation, asked over HTTP by every kind of caller", () => {
  it.each(OPERATIONS.filter((operation) => !ENDING.has(operation)))("%s lets in whom its row names, and nobody else", async (operation) => {
    const open = callersOf(operation);
    for (const [name, caller] of callers) {
      const { isIn, status, code } = await isLetIn(operation, caller);
      const isNamed = open.includes("anonymous") || open.includes(name);
      expect({ operation, name, isIn }).toEqual({ operation, name, isIn: isNamed });
      if (!isIn) expect([status, code]).toEqual(name === "anonymous" ? [401, "access.unauthenticated"] : [403, "access.forbidden"]);
    }
  });

  it("has a row for every operation, and no row that lets nobody in", () => {
    expect(Object.keys(RIGHTS).toSorted()).toEqual(OPERATIONS.toSorted());
    expect(OPERATIONS.filter((operation) => callersOf(operation).length === 0)).toEqual([]);
  });

  it("what staff may do at a till only, they may do there", async () => {
    const atTill = { browser: await signedInAs(hub, "cashier", LYON), headers: {} };
    for (const operation of ["customers.findAtTill", "customers.openAtTill", "customers.createAtTill", "carts.takeOver"] as const) {
      const away = await isLetIn(operation, callers.get("staff: cashier") ?? never());
      const there = await isLetIn(operation, atTill);
      expect({ operation, away: away.isIn, there: there.isIn }).toEqual({ operation, away: false, there: true });
    }
  });

  it("a refused try of somebody known is in the audit; one of nobody is not", async () => {
    await hub.pool.query("delete from access.audit_entry");
    await isLetIn("customers.export", callers.get("staff: barista") ?? never());
    await isLetIn("customers.export", callers.get("anonymous") ?? never());
    const rows = await hub.rows("select actor_kind, action, subject, outcome from access.audit_entry");
    expect(rows).toEqual([
      { actor_kind: "staff", action: "customers.export", subject: `/v1/customers/${ANY_ID}/export`, outcome: "denied" },
    ]);
  });

  it("a weaker credential beside a stronger one still counts", async () => {
    const shopper = callers.get("customer: own") ?? never();
    const both = { ...shopper, headers: { authorization: `Bearer ${PUBLISHABLE}` } };
    expect((await isLetIn("customers.me", both)).isIn).toBe(true);
    expect((await isLetIn("touchpoints.track", both)).isIn).toBe(true);
  });
});

function never(): never {
  throw new Error("every kind of caller was made above");
}

/** What the retailer is promised, apart from the table: who can never be let in to what. */
const NEVER: readonly [string, readonly Role[], readonly OperationId[]][] = [
  [
    "a cashier does not leaf through people",
    ["cashier", "barista"],
    ["customers.find", "customers.read", "customers.timeline", "customers.matches", "orders.ofCustomer"],
  ],
  [
    "only the privacy officer and the owner erase and export",
    ["manager", "cashier", "barista", "agent", "marketer", "read_only"],
    ["customers.erase", "customers.export"],
  ],
  [
    "read only reads",
    ["read_only"],
    // What was read is followed, or its trace is kept; a trial of a promotion changes nothing.
    OPERATIONS.filter(
      (operation) =>
        !PATHS[operation].startsWith("GET ") &&
        !callersOf(operation).includes("anonymous") &&
        operation !== "live.ticket" &&
        operation !== "exports.list" &&
        operation !== "promotions.tryOut",
    ),
  ],
  ["keys are the owner's", ROLES.filter((role) => role !== "owner"), ["channels.createKey", "channels.revokeKey", "channels.create"]],
  ["the audit is for owner and privacy officer", ["manager", "cashier", "barista", "agent", "marketer", "read_only"], ["access.listAudit"]],
  [
    "a marketer sees no person",
    ["marketer"],
    ["customers.find", "customers.read", "customers.timeline", "messages.list", "quarantine.list"],
  ],
];

describe("promises about roles", () => {
  it.each(NEVER)("%s", (_promise, roles, operations) => {
    const broken = operations.flatMap((operation) =>
      roles
        .filter((role) => callersOf(operation).some((caller) => caller.startsWith(`staff: ${role}`)))
        .map((role) => `${role} ${operation}`),
    );
    expect(broken).toEqual([]);
  });

  it("a publishable key opens the shop window, a cart, the intake and sign-in, and nothing that shows people", () => {
    const open = OPERATIONS.filter((operation) => callersOf(operation).includes("publishable key"));
    expect(open.filter((operation) => /^(customers|orders|loyalty|stock|messages|access|fulfillments|till)\./.test(operation))).toEqual([
      "access.requestSignInCode",
      "access.customerSignIn",
      "customers.create",
      "customers.confirmContact",
      "customers.claim",
    ]);
  });
});

describe("[ACC-2] roles hold at places", () => {
  it("a manager changes a store of theirs, not another's, and no group", async () => {
    const { browser } = callers.get("staff: manager") ?? never();
    expect((await browser.call("PATCH", `/v1/places/${LYON}`, { phone: "+33 0 00" })).status).toBe(200);
    const other = await browser.call("PATCH", `/v1/places/${BERLIN}`, { phone: "+49 0 00" });
    expect([other.status, other.body.code]).toEqual([403, "places.out_of_reach"]);
    expect((await browser.call("POST", "/v1/devices", { kind: "till", placeId: BERLIN, name: "Till" })).body.code).toBe(
      "access.out_of_reach",
    );
  });
});
