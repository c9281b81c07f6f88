import { newId, ok, type RecordId } from "@weft/kernel";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LYON, MUG, saleHub, type SaleHub } from "../../../../test/sale-hub.ts";
import { ANONYMOUS, dbOn, openEdge, serveRoutes, SYSTEM, type Actor, type Ctx, type JobContext } from "../../../platform/index.ts";
import { enroll } from "../commands/index.ts";
import { eraseMemberships } from "../erase.ts";
import { ripePasses, touchPasses } from "./passes.ts";
import { walletRoutes, walletTellers, type PassId, type WalletCard, type Wallets } from "./index.ts";

/** Wallets as the world outside: they keep what they were told. */
const pushed: string[] = [];
const updated: WalletCard[] = [];
const ended: PassId[] = [];
let isAway = false;
const wallets: Wallets = {
  apple: {
    passTypeId: "pass.example.card",
    sign: async (card, token) => Buffer.from(JSON.stringify({ ...card, token })),
    push: async (token) => {
      if (isAway) throw new Error("Apple does not answer");
      pushed.push(token);
      return token === "gone" ? "gone" : "told";
    },
  },
  google: {
    saveLink: async ({ passId }) => `https://pay.google.com/gp/v/save/${passId}`,
    update: async (card) => void updated.push(card),
    end: async (id) => void ended.push(id),
  },
};

let hub: SaleHub;
let app: FastifyInstance;
let caller: Actor = ANONYMOUS;
beforeAll(async () => {
  hub = await saleHub();
  app = await serve(wallets);
}, 30_000);
afterAll(async () => {
  await app.close();
  await hub.close();
});
beforeEach(async () => {
  caller = ANONYMOUS;
  isAway = false;
  for (const list of [pushed, updated, ended]) list.length = 0;
  await hub.stock(MUG, LYON, 100);
});

async function serve(offered: Wallets): Promise<FastifyInstance> {
  const { pool, log, snapshots } = hub.around;
  const ports = {
    authenticate: async () => caller,
    mayCall: () => ({ allowed: true as const }),
    audit: async () => undefined,
    shown: () => undefined,
    allowsOrigin: async () => true,
  };
  const edge = await openEdge(ports, { log, publicUrl: undefined, rateLimit: 0, trustProxy: false });
  const deps = { signer: hub.signer, vault: hub.vault, wallets: offered, publicUrl: "https://hub.example" };
  serveRoutes(edge, { pool, snapshots, log, ports, vault: hub.vault, checksAnswers: true, secureCookies: false }, walletRoutes(deps));
  await edge.ready();
  return edge;
}

const APPLE = "/wallet/apple/v1";
const TYPE = "pass.example.card";
type Method = "GET" | "POST" | "DELETE";
const call = (method: Method, url: string, given: { body?: object; token?: string; headers?: Record<string, string> } = {}) =>
  app.inject({
    method,
    url,
    ...(given.body && { payload: given.body }),
    headers: { ...given.headers, ...(given.token !== undefined && { authorization: `ApplePass ${given.token}` }) },
  });

async function add(wallet: "apple" | "google") {
  const customer = await hub.customer();
  await hub.must(async (ctx) => ok(await enroll(ctx, [customer.customer.recordId])));
  caller = customer;
  const headers = { "idempotency-key": newId<PassId>() };
  const answer = await call("POST", "/v1/customers/me/loyalty/wallet-passes", { body: { wallet }, headers });
  caller = ANONYMOUS;
  return { customer, answer };
}

async function applePass() {
  const { customer, answer } = await add("apple");
  const { pathname } = new URL(answer.json().url);
  const pass: WalletCard & { token: string } = (await call("GET", pathname)).json();
  return { customer, recordId: customer.customer.recordId, ...pass, url: `${APPLE}/passes/${TYPE}/${pass.passId}` };
}

const registration = (device: string, passId: string) => `${APPLE}/devices/${device}/registrations/${TYPE}/${passId}`;

describe("adding the card to a wallet", () => {
  it("[LOY-23] gives the customer an address of their own pass, the same pass however often, and the card says what they have", async () => {
    const { customer, answer } = await add("apple");
    expect(answer.statusCode).toBe(201);
    const served = await call("GET", new URL(answer.json().url).pathname);
    expect(served.headers["content-type"]).toBe("application/vnd.apple.pkpass");
    expect(served.json()).toMatchObject({ programName: expect.any(String), points: 0, stores: expect.any(Array) });
    caller = customer;
    const again = await call("POST", "/v1/customers/me/loyalty/wallet-passes", {
      body: { wallet: "apple" },
      headers: { "idempotency-key": newId<PassId>() },
    });
    expect((await call("GET", new URL(again.json().url).pathname)).json().passId).toBe(served.json().passId);
    expect((await call("GET", "/wallet/passes/nonsense")).statusCode).toBe(404);
    expect((await add("google")).answer.json().url).toMatch(/^https:\/\/pay\.google\.com/);
  });

  it("[LOY-23] is offered only where the wallet is set up", async () => {
    const bare = await serve({ apple: null, google: null });
    caller = await hub.customer();
    const answer = await bare.inject({
      method: "POST",
      url: "/v1/customers/me/loyalty/wallet-passes",
      payload: { wallet: "apple" },
      headers: { "idempotency-key": newId<PassId>() },
    });
    expect([answer.statusCode, answer.json().code]).toEqual([409, "loyalty.wallet_not_offered"]);
    expect((await bare.inject({ method: "GET", url: `${APPLE}/passes/${TYPE}/${newId<PassId>()}` })).statusCode).toBe(404);
    expect(walletTellers({ apple: null, google: null })).toEqual({ subscribers: [], jobs: [] });
    await bare.close();
  });
});

describe("the service for passes in Apple Wallet", () => {
  it("[LOY-24] registers a phone by the token that the pass holds alone, tells what changed, and gives the pass of now", async () => {
    const { passId, token, url, recordId } = await applePass();
    const phone = registration("phone-1", passId);
    expect((await call("POST", phone, { body: { pushToken: "here" } })).statusCode).toBe(401);
    expect((await call("POST", phone, { body: { pushToken: "here" }, token: `${token}x` })).statusCode).toBe(401);
    expect((await call("POST", phone, { body: { pushToken: "here" }, token })).statusCode).toBe(201);
    expect((await call("POST", phone, { body: { pushToken: "here" }, token })).statusCode).toBe(200);
    const list = `${APPLE}/devices/phone-1/registrations/${TYPE}`;
    const { serialNumbers, lastUpdated } = (await call("GET", list)).json();
    expect(serialNumbers).toEqual([passId]);
    expect((await call("GET", `${list}?passesUpdatedSince=${lastUpdated}`)).statusCode).toBe(204);
    const served = await call("GET", url, { token });
    const since = { "if-modified-since": String(served.headers["last-modified"]) };
    expect((await call("GET", url, { token, headers: since })).statusCode).toBe(304);
    // Twice within one second: neither the list nor the pass misses a change.
    for (let n = 0; n < 2; n++) await hub.must(async (ctx) => ok(await touchPasses(ctx, [recordId])));
    expect((await call("GET", `${list}?passesUpdatedSince=${lastUpdated}`)).json().serialNumbers).toEqual([passId]);
    expect((await call("GET", url, { token, headers: since })).statusCode).toBe(200);
    expect((await call("GET", url, { token: "another" })).statusCode).toBe(401);
    expect((await call("DELETE", phone, { token })).statusCode).toBe(200);
    expect((await call("GET", list)).statusCode).toBe(204);
    expect((await call("POST", `${APPLE}/log`, { body: { logs: ["the pass could not be read"] } })).statusCode).toBe(200);
  });
});

describe("a balance that changes", () => {
  it("[LOY-24] reaches the wallets: the phone is told and fetches the new points, Google is asked to change; what failed is tried again", async () => {
    const { customer, passId, token, url } = await applePass();
    await call("POST", registration("phone-2", passId), { body: { pushToken: "here" }, token });
    await call("POST", registration("phone-3", passId), { body: { pushToken: "gone" }, token });
    caller = customer;
    await call("POST", "/v1/customers/me/loyalty/wallet-passes", {
      body: { wallet: "google" },
      headers: { "idempotency-key": newId<PassId>() },
    });
    await hub.complete(await hub.cart([[MUG, 1]], { actor: customer }), [{ kind: "card", token: "inline" }]);
    const told = await toTell(customer.customer.recordId);
    isAway = true;
    await expect(Promise.all(told.map(tell))).rejects.toThrow("did not take a push");
    isAway = false;
    await Promise.all(told.map(tell));
    expect(pushed.toSorted()).toEqual(["gone", "here"]);
    expect(updated.at(-1)).toMatchObject({ points: 14 });
    expect((await call("GET", url, { token })).json()).toMatchObject({ points: 14 });
    pushed.length = 0;
    await Promise.all(told.map(tell));
    expect(pushed).toEqual(["here"]);
  });

  it("[LOY-24] reaches the wallets by the clock alone, once, when points that waited can be used", async () => {
    const { customer, recordId } = await applePass();
    await hub.complete(await hub.cart([[MUG, 1]], { actor: customer }), [{ kind: "card", token: "inline" }]);
    const ripe = async () => (await ripePasses({ db: hub.db, now: new Date() })).includes(recordId);
    const lots = "where account_id in (select account_id from loyalty.membership where record_id = $1)";
    await hub.rows("update loyalty.wallet_pass set changed_at = date_trunc('second', now() - interval '2 hours') where record_id = $1", [
      recordId,
    ]);
    await hub.rows(`update ledger.lot set usable_at = earned_at + interval '1 hour' ${lots}`, [recordId]);
    expect(await ripe()).toBe(false);
    await hub.rows(`update ledger.lot set earned_at = earned_at - interval '2 hours', usable_at = now() - interval '1 hour' ${lots}`, [
      recordId,
    ]);
    expect(await ripe()).toBe(true);
    await toTell(recordId);
    expect(await ripe()).toBe(false);
  });

  it("[LOY-25] ends with its person: the phone gets no pass and no push, and Google is told to empty what it has", async () => {
    const { customer, passId, token, url } = await applePass();
    await call("POST", registration("phone-4", passId), { body: { pushToken: "here" }, token });
    caller = customer;
    await call("POST", "/v1/customers/me/loyalty/wallet-passes", {
      body: { wallet: "google" },
      headers: { "idempotency-key": newId<PassId>() },
    });
    await hub.must(async (ctx) => ok(await eraseMemberships(ctx, [customer.customer.recordId])));
    expect((await call("GET", url, { token })).statusCode).toBe(401);
    expect(await toTell(customer.customer.recordId)).toEqual([]);
    await runJob("loyalty.end_passes");
    expect(ended).toHaveLength(1);
    await runJob("loyalty.end_passes");
    expect(ended).toHaveLength(1);
    expect(await hub.broken()).toEqual([]);
  });
});

/** The passes that a fact about somebody has told, as the subscriber does it. */
const toTell = (recordId: RecordId) => hub.must(async (ctx: Ctx) => ok((await touchPasses(ctx, [recordId])).map(({ id }) => id)));

const tell = (passId: PassId) => runJob("loyalty.tell_wallet", { passId });

async function runJob(name: string, payload: object = {}): Promise<void> {
  const found = walletTellers(wallets).jobs.find((job) => job.name === name);
  if (!found) throw new Error(`there is no job ${name}`);
  const desk: JobContext = {
    read: { ...hub.around, actor: SYSTEM, db: dbOn(hub.pool), now: new Date() },
    write: (work) => hub.must(async (ctx) => ok(await work(ctx))),
    signal: new AbortController().signal,
  };
  // The payload is that of the job's own kind.
  await (found.handle as (ctx: JobContext, payload: object) => Promise<void>)(desk, payload);
}
