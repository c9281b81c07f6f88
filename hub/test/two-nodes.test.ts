import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, request as openRequest, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createClient, type AnswerOf, type CallInput, type Client, type OperationId } from "@weft/contracts/client";
import { newId, type Id } from "@weft/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildHub } from "../../scripts/build-hub.ts";
import { COMPILE_CACHE } from "./compile-cache.ts";
import { emptyDatabase } from "./database.ts";
import { hasNatsServer, startNatsServer, type NatsServer } from "./nats-server.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const BUNDLE = join(ROOT, "node_modules/.cache/weft-two-nodes/hub");
const KEY = { authorization: "Bearer pk_bench_publishable_0000000000" };
const PATIENCE = { timeout: 30_000 };
const READY_LIMIT_MS = 60_000;

type Node = { readonly port: number; readonly child: ChildProcess; readonly output: () => string };
type Shopper = { readonly cartId: string; readonly token: string };

describe.runIf(hasNatsServer)("two nodes of the bundle behind a proxy, on one database, with NATS", () => {
  let nats: NatsServer;
  let home: string;
  let env: NodeJS.ProcessEnv;
  let nodes: Node[] = [];
  let proxy: Proxy;
  let shop: Client;
  const streams: Follower[] = [];

  beforeAll(async () => {
    await buildHub(BUNDLE);
    nats = await startNatsServer();
    home = await mkdtemp(join(tmpdir(), "weft-two-nodes-"));
    const { connectionString } = await emptyDatabase();
    proxy = await startProxy(() => nodes.map(({ port }) => port));
    env = {
      ...COMPILE_CACHE,
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      npm_lifecycle_event: "test",
      DATABASE_URL: connectionString,
      WEFT_HOME: home,
      WEFT_SECRET: "a secret that only this test knows, of forty",
      WEFT_PUBLIC_URL: proxy.url,
      WEFT_RATE_LIMIT: "0",
      NATS_URL: nats.url,
      LOG_LEVEL: "info",
      PORT: "0",
    };
    await runCommand(["hub/src/cli/bench-data.ts", "products=20", "customers=10", "places=1"]);
    nodes = await Promise.all([startNode(), startNode()]);
    shop = createClient({ baseUrl: proxy.url, headers: () => KEY });
  }, 120_000);
  afterAll(async () => {
    for (const stream of streams) stream.close();
    await Promise.all(nodes.map(({ child }) => end(child, "SIGTERM")));
    proxy?.close();
    await nats?.stop();
    await rm(home, { recursive: true, force: true });
  }, 60_000);

  async function startNode(): Promise<Node> {
    const child = spawn(process.execPath, [join(BUNDLE, "serve.mjs")], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const until = performance.now() + READY_LIMIT_MS;
    while (performance.now() < until && child.exitCode === null) {
      const port = Number(/is ready: http:\/\/[^:]+:(\d+)/.exec(output)?.[1]);
      if (port > 0) return { port, child, output: () => output };
      await new Promise((done) => setTimeout(done, 25));
    }
    throw new Error(`the node did not start:\n${output}`);
  }

  async function runCommand(args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const [code] = await once(child, "close");
    if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${output}`);
    return output;
  }

  async function ask<Op extends OperationId>(operation: Op, input: CallInput<Op>): Promise<AnswerOf<Op>> {
    const answer = await shop.call(operation, input);
    if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.problem)}`);
    return answer.value;
  }

  async function openCart(): Promise<Shopper> {
    const stores = await ask("stores.list", { query: { limit: 1 } });
    const { cart, token } = await ask("carts.open", {
      body: { placeId: stores.items[0]?.id ?? "", fulfillment: "collect", operations: [], ticket: false },
    });
    return { cartId: cart.id, token };
  }

  const add = ({ cartId, token }: Shopper) =>
    ask("carts.operate", {
      params: { id: cartId },
      headers: { "weft-cart": token },
      body: { operations: [{ id: newId<Id<"operation">>(), kind: "add", sku: "SKU-1", quantity: 1, options: [] }] },
    });

  /** A screen on each node, asked past the proxy. */
  async function followOnBoth(shopper: Shopper): Promise<Follower[]> {
    const both = await Promise.all(nodes.map(({ port }) => follow(port, shopper)));
    streams.push(...both);
    return both;
  }

  it("spread requests over both, and what one node writes shows on the other's screens", async () => {
    await expect.poll(() => nodes.map(({ output }) => output().includes("follows the log by NATS")), PATIENCE).toEqual([true, true]);
    const shopper = await openCart();
    const screens = await followOnBoth(shopper);
    for (let n = 0; n < 10; n++) await add(shopper);
    expect(Math.min(...proxy.served())).toBeGreaterThan(2);
    const { cart } = await add(shopper);
    for (const screen of screens) await expect.poll(() => screen.version(), PATIENCE).toBe(cart.version);
  });

  it("a killed NATS is not noticed at the screens", async () => {
    const shopper = await openCart();
    const screens = await followOnBoth(shopper);
    await nats.kill();
    let version = 0;
    for (let n = 0; n < 5; n++) version = (await add(shopper)).cart.version;
    for (const screen of screens) await expect.poll(() => screen.version(), PATIENCE).toBe(version);
    await nats.start();
  });

  it("a killed node is gone around: the other answers, and takes over the log", async () => {
    const [gone, left] = nodes;
    if (!gone || !left) throw new Error("there are two nodes");
    const shopper = await openCart();
    const screen = await follow(left.port, shopper);
    streams.push(screen);
    await end(gone.child, "SIGKILL");
    const { cart } = await add(shopper);
    await expect.poll(() => screen.version(), PATIENCE).toBe(cart.version);
  });

  it("the commands of the bundle work beside them", async () => {
    const file = join(home, "bundle.backup");
    expect(await runCommand([join(BUNDLE, "operate.mjs"), "backup", file])).toContain("SHA-256");
    const { connectionString } = await emptyDatabase();
    env = { ...env, DATABASE_URL: connectionString };
    expect(await runCommand([join(BUNDLE, "operate.mjs"), "restore", file])).toContain("Epoch 2");
    expect(await runCommand([join(BUNDLE, "operate.mjs"), "check-invariants"])).toMatch(/(\d+) of \1 invariants hold/);
  }, 60_000);
});

type Follower = { version(): number; close(): void };

/** One live stream of a node that follows a cart. Ready when the cart's present state is there. */
function follow(port: number, { cartId, token }: Shopper): Promise<Follower> {
  return new Promise((ready, failed) => {
    let version = 0;
    const headers = { ...KEY, "weft-cart": token, accept: "text/event-stream" };
    const request = openRequest(`http://127.0.0.1:${port}/v1/live?cart=${cartId}`, { headers, agent: false }, (response) => {
      response.on("error", () => undefined); // a killed node ends its streams
      response.setEncoding("utf8").on("data", (text: string) => {
        for (const [, number] of text.matchAll(/"version":(\d+)/g)) version = Math.max(version, Number(number));
        if (version > 0) ready({ version: () => version, close: () => request.destroy() });
      });
    });
    request.on("error", failed).end();
  });
}

type Proxy = { readonly url: string; served(): number[]; close(): void };

/** In turn to each node, and on to the next when one does not take the connection: what a proxy with a passive health check does. */
async function startProxy(ports: () => readonly number[]): Promise<Proxy> {
  const served = new Map<number, number>();
  let turn = 0;
  const pass = (request: IncomingMessage, response: ServerResponse, body: Buffer, tries: number): void => {
    const all = ports();
    const port = all[turn++ % all.length] ?? 0;
    const { method, url, headers } = request;
    const forwarded = openRequest({ port, host: "127.0.0.1", method, path: url, headers, agent: false }, (answer) => {
      served.set(port, (served.get(port) ?? 0) + 1);
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    forwarded.on("error", () => (tries > 0 ? pass(request, response, body, tries - 1) : response.writeHead(502).end()));
    forwarded.end(body);
  };
  const server: Server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part)).on("end", () => pass(request, response, Buffer.concat(parts), ports().length));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port
  return { url: `http://127.0.0.1:${port}`, served: () => [...served.values()], close: () => server.close() };
}

async function end(child: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
}
