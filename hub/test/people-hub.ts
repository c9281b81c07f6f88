import type { ChannelId, EntityId, GroupId, PlaceId, RecordId, RegisterId, StaffId } from "@weft/kernel";
import { PATHS, ROLES, type OperationId, type Role } from "@weft/contracts";
import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { testId } from "./goods-hub.ts";
import { openTestHub, type TestHub } from "./hub.ts";
import {
  auditWrite,
  accessRoutes,
  createAuditLane,
  createAuthenticator,
  credentialsIn,
  hashPassword,
  keyHashIn,
  mayActAt,
  mayCall,
  upsertStaff,
  type DemoPersona,
} from "../src/modules/access/index.ts";
import { addKeys, allowsOrigin, channelAt, channelForApp, channelsRoutes, findKey, upsertChannels } from "../src/modules/channels/index.ts";
import { placesRoutes, placesSnapshot, upsertEntities, upsertGroups, upsertPlaces, type NewPlace } from "../src/modules/places/index.ts";
import { openEdge, openVault, raw, serveRoutes, startEventLog, type Route, type Vault } from "../src/platform/index.ts";
import { storesRoutes } from "../src/views/stores/index.ts";

export const PASSWORD = "correct horse battery";
export const FRANCE: EntityId = testId("entity", 1);
export const GERMANY: EntityId = testId("entity", 2);
export const LYON: PlaceId = testId("place", 1);
export const PARIS: PlaceId = testId("place", 2);
export const BERLIN: PlaceId = testId("place", 3);
export const DEPOT: PlaceId = testId("place", 4);
export const CHAIN: GroupId = testId("group", 1);
export const FRENCH: GroupId = testId("group", 2);
export const SHOP: ChannelId = testId("channel", 1);
export const TILLS_FR: ChannelId = testId("channel", 2);
export const TILLS_DE: ChannelId = testId("channel", 3);
export const OFFICE: ChannelId = testId("channel", 4);
export const LEA: RecordId = testId("record", 1);
export const REGISTER: RegisterId = testId("register", 1);
export const PUBLISHABLE = "pk_test_shop_of_the_tests";
export const SECRET = "sk_test_server_of_the_tests";
export const staffId = (role: Role): StaffId => testId("staff", ROLES.indexOf(role) + 1);

/** Staff of every role: e-mail `<role>@example.com`; cashier and barista work in Lyon, the manager in Lyon and Paris. */
const PLACES_OF: Partial<Record<Role, readonly PlaceId[]>> = { cashier: [LYON], barista: [LYON], manager: [LYON, PARIS] };
export const PINS: Partial<Record<Role, string>> = { cashier: "1234", barista: "2345", manager: "3456", owner: "9876" };

export type Answer = {
  readonly status: number;
  // Answers of any route: the tests say what they expect of them.
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
};

/** A browser with one app in it: keeps cookies, names its session. */
export type Browser = {
  call(method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE", url: string, body?: object, headers?: Record<string, string>): Promise<Answer>;
  readonly cookies: Map<string, string>;
};

export type PeopleHub = TestHub & {
  readonly app: FastifyInstance;
  readonly vault: Vault;
  browser(session: string | null): Browser;
  /** Until every node has heard of every fact. */
  settled(): Promise<void>;
};

export type PeopleHubOptions = {
  readonly isDemo?: boolean;
  /** Answers the operations of all other modules, too, with nothing: to see who is let in. */
  readonly withProbes?: boolean;
  /** Routes of further modules. */
  readonly more?: (parts: { readonly vault: Vault; readonly pool: pg.Pool }) => Promise<readonly Route[]>;
};

/** Access, places, channels and the store list over HTTP, on a database of their own with a small chain in it. */
export async function peopleHub({ isDemo = false, withProbes = false, more }: PeopleHubOptions = {}): Promise<PeopleHub> {
  const base = await openTestHub();
  const { pool, around } = base;
  const { log, snapshots } = around;
  const vault = openVault("a secret of the tests, 32 letters long");
  const eventLog = await startEventLog({ pool, log });
  const authenticator = createAuthenticator({
    pool,
    findKey: (hash) => findKey(snapshots, hash, { isDemo }),
    channelAt: (placeId) => channelAt(snapshots, placeId),
  });
  eventLog.onEvents((events) => {
    snapshots.onEvents(events);
    authenticator.onEvents(events);
  });
  const lane = createAuditLane(pool);
  const ports = {
    authenticate: (request: Parameters<typeof credentialsIn>[0]) => authenticator.authenticate(credentialsIn(request)),
    mayCall,
    audit: lane.record,
    shown: () => {},
    allowsOrigin: (origin: string, authorization: string | undefined) => allowsOrigin(snapshots, origin, keyHashIn(authorization)),
  };
  const app = await openEdge(ports, { log, publicUrl: undefined, rateLimit: 0, trustProxy: false });
  const own: readonly Route[] = [
    ...accessRoutes({
      vault,
      greet: async (_ctx, recordId) =>
        recordId === LEA ? { customerId: testId("customer", 1), givenName: "Léa", locale: "fr" as const, isProfiled: true } : undefined,
      place: async (ctx, placeId) => (await ctx.snapshots.current(placesSnapshot)).places.get(placeId),
      isTraining: async () => false,
      registerPlace: async () => undefined,
      channelFor: (_ctx, sessionName, placeId) => channelForApp(snapshots, sessionName, placeId),
      adoptCart: async () => undefined,
      demoPersonas: isDemo ? PERSONAS : null,
    }),
    ...placesRoutes({ mayActAt, audit: auditWrite }),
    ...channelsRoutes({ brand: { name: "Test", logoUrl: null }, isDemo, version: "0" }),
    ...storesRoutes,
    ...((await more?.({ vault, pool })) ?? []),
  ];
  serveRoutes(
    app,
    { pool, snapshots, log, ports, vault, checksAnswers: true, secureCookies: false },
    withProbes ? [...own, ...probes(own)] : own,
  );
  await app.ready();
  const hub: PeopleHub = {
    ...base,
    app,
    vault,
    browser: (session) => openBrowser(app, session),
    async settled() {
      for (;;) {
        const { rows } = await pool.query(
          "select count(*)::int as waiting, (select position from platform.log_head) as head from platform.outbox",
        );
        if (rows[0].waiting === 0 && eventLog.position() >= rows[0].head) break;
        eventLog.wake();
        await new Promise((resolve) => setImmediate(resolve));
      }
      snapshots.invalidate();
    },
    async close() {
      await app.close();
      await eventLog.stop();
      await base.close();
    },
  };
  await fill(hub);
  return hub;
}

/** A route for each operation that `served` has none for. */
function probes(served: readonly Route[]): Route[] {
  const known = new Set(served.map(({ operation }) => operation));
  return OPERATIONS.filter((operation) => !known.has(operation)).map((operation) =>
    raw(operation, async ({ reply }) => reply.code(204).send()),
  );
}

// The keys of the table are the operations.
export const OPERATIONS = Object.keys(PATHS) as OperationId[];

const PERSONAS: Record<"lea" | "jordi" | "anna", DemoPersona> = {
  lea: { kind: "customer", recordId: LEA },
  jordi: { kind: "staff", staffId: staffId("cashier"), till: { placeId: LYON, registerId: REGISTER, name: "Till 1" } },
  anna: { kind: "staff", staffId: staffId("manager"), till: null },
};

function openBrowser(app: FastifyInstance, session: string | null): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async call(method, url, body, headers = {}) {
      const reply = await app.inject({
        method,
        url,
        ...(body && { payload: body }),
        headers: { ...(session !== null && { "weft-session": session }), ...headers },
        cookies: Object.fromEntries(cookies),
      });
      for (const { name, value, maxAge } of reply.cookies)
        if (maxAge === 0 || value === "") cookies.delete(name);
        else cookies.set(name, value);
      return { status: reply.statusCode, body: reply.body === "" ? null : JSON.parse(reply.body), headers: reply.headers };
    },
  };
}

const NINE_TO_SIX = { weekly: Array.from({ length: 7 }, () => [{ from: 540, until: 1080 }]), exceptions: [] };

function place(id: PlaceId, code: string, name: string, city: string, latitude: number, longitude: number): NewPlace {
  const isGerman = city === "Berlin";
  return {
    id,
    entityId: isGerman ? GERMANY : FRANCE,
    groupId: isGerman ? CHAIN : FRENCH,
    kind: code === "depot" ? "warehouse" : "store",
    name,
    code,
    address: { line1: "1 Example Street", postcode: isGerman ? "10178" : "69002", city, country: isGerman ? "DE" : "FR" },
    latitude,
    longitude,
    timeZone: isGerman ? "Europe/Berlin" : "Europe/Paris",
    dayEnd: code === "lyon" ? 120 : 0,
    phone: null,
    hours: NINE_TO_SIX,
    services: ["wifi"],
    settings: {},
  };
}

async function fill(hub: PeopleHub): Promise<void> {
  const entity = (id: EntityId, name: string, country: string) => ({
    id,
    name,
    country,
    vatId: null,
    currency: "EUR",
    timeZone: country === "FR" ? "Europe/Paris" : "Europe/Berlin",
  });
  const channel = (id: ChannelId, kind: "web" | "store" | "office", code: string, entityId: EntityId) => ({
    id,
    kind,
    code,
    entityId,
    name: code,
    placeId: null,
    vouches: false,
    allowedOrigins: kind === "web" ? ["https://shop.example"] : [],
    app: kind === "web" ? ("shop" as const) : kind === "office" ? ("office" as const) : null,
  });
  const passwordHash = await hashPassword(PASSWORD);
  await hub.must(async (ctx) => {
    await upsertEntities(ctx, [entity(FRANCE, "Trama France", "FR"), entity(GERMANY, "Trama Deutschland", "DE")]);
    await upsertGroups(ctx, [
      { id: CHAIN, parentId: null, name: "Trama", code: "chain", settings: { receiptFooter: "See you" } },
      { id: FRENCH, parentId: CHAIN, name: "France", code: "fr", settings: { receiptFooter: "À bientôt" } },
    ]);
    await upsertPlaces(ctx, [
      place(LYON, "lyon", "Lyon Bellecour", "Lyon", 45.7578, 4.832),
      place(PARIS, "paris", "Paris Canal", "Paris", 48.8686, 2.3622),
      place(BERLIN, "berlin", "Berlin Mitte", "Berlin", 52.5208, 13.4094),
      place(DEPOT, "depot", "Dépôt de Lyon", "Lyon", 45.75, 4.85),
    ]);
    await upsertChannels(ctx, [
      channel(SHOP, "web", "shop", FRANCE),
      channel(TILLS_FR, "store", "tills-fr", FRANCE),
      channel(TILLS_DE, "store", "tills-de", GERMANY),
      channel(OFFICE, "office", "office", FRANCE),
    ]);
    await addKeys(ctx, [
      { channelId: SHOP, kind: "publishable", value: PUBLISHABLE },
      { channelId: SHOP, kind: "secret", value: SECRET },
    ]);
    return upsertStaff(
      ctx,
      hub.vault,
      ROLES.map((role) => ({
        id: staffId(role),
        name: `The ${role}`,
        email: `${role}@example.com`,
        roles: [role],
        passwordHash,
        placeIds: PLACES_OF[role] ?? [],
        pin: PINS[role] ?? null,
        locale: "en" as const,
      })),
    );
  });
  await hub.settled();
}

/** A browser in which staff of a role are signed in; with `at`, at a till that was enrolled there. */
export async function signedInAs(hub: PeopleHub, role: Role, at?: PlaceId): Promise<Browser> {
  const browser = hub.browser(at ? "weft_till" : "weft_office");
  if (!at) {
    await expectStatus(201, browser.call("POST", "/v1/staff-sessions", { email: `${role}@example.com`, password: PASSWORD }));
    return browser;
  }
  await becomeTill(hub, browser, at);
  await expectStatus(201, browser.call("POST", "/v1/pin-sessions", { pin: PINS[role] }));
  return browser;
}

/** Enrolls a browser as a till, as an owner does it. */
export async function becomeTill(hub: PeopleHub, browser: Browser, at: PlaceId): Promise<void> {
  await expectStatus(201, browser.call("POST", "/v1/staff-sessions", { email: "owner@example.com", password: PASSWORD }));
  await expectStatus(201, browser.call("POST", "/v1/devices", { kind: "till", placeId: at, name: "Till", registerId: REGISTER }));
  await expectStatus(204, browser.call("DELETE", "/v1/session"));
  await hub.settled();
}

async function expectStatus(status: number, answer: Promise<Answer>): Promise<void> {
  const { status: actual, body } = await answer;
  if (actual !== status) throw new Error(`expected ${status}, got ${actual}: ${JSON.stringify(body)}`);
}
