import { randomUUID } from "node:crypto";
import { request as openRequest, Agent as HttpAgent } from "node:http";
import { startBenchHub, type BenchHub } from "../lib/hub.ts";
import { clientOf, percentiles, type Call } from "../lib/load.ts";
import { costOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench, type Figure } from "../lib/report.ts";
import { openCart, openShop, type OpenCart } from "../lib/shopper.ts";

const SCREENS = 1000;
const FOLLOWERS = 10;
const CHANGES_PER_S = 100;

type Screen = { readonly cart: OpenCart; onVersion(listener: (version: number) => void): void; close(): void };

export const live: Bench = {
  name: "live",
  about:
    "1,000 screens connected: 100 changes/s with 10 followers each, and one change that all 1,000 follow; from sending the request to the last screen that shows it",
  async run({ seconds }) {
    const hub = await startBenchHub({ products: 1000, customers: 1000 });
    try {
      return await measureLive(hub, hub.url, seconds);
    } finally {
      await hub.stop();
    }
  },
};

/** Writes go to `hub`, screens look at `screensUrl`: the same node, or another one. */
export async function measureLive(hub: BenchHub, screensUrl: string, seconds: number): Promise<readonly Figure[]> {
  const { call, close } = clientOf(hub.url);
  const screens: Screen[] = [];
  try {
    const shop = await openShop(call, () => "SKU-1");
    const carts: OpenCart[] = [];
    for (let n = 0; n < SCREENS / FOLLOWERS; n++) carts.push(await mustOpen(call, shop));
    for (const cart of carts) screens.push(...(await Promise.all(Array.from({ length: FOLLOWERS }, () => follow(screensUrl, cart)))));
    const { result: times, cost } = await costOf(hub, () => changeMany(call, carts, screens, seconds));
    screens.splice(0).forEach((screen) => screen.close());
    const one = await mustOpen(call, shop);
    for (let n = 0; n < SCREENS; n += 50) screens.push(...(await Promise.all(Array.from({ length: 50 }, () => follow(screensUrl, one)))));
    const all = await changeOne(call, one, screens);
    const { p50, p95, p99 } = percentiles(times);
    return [
      figure("p50_ms", p50, "ms", times.length),
      figure("p95_ms", p95, "ms"),
      figure("p99_ms", p99, "ms"),
      figure("all_screens_ms", all, "ms", SCREENS),
      ...(await surroundings(hub, cost)),
    ];
  } finally {
    screens.forEach((screen) => screen.close());
    await close();
  }
}

async function mustOpen(call: Call, shop: Parameters<typeof openCart>[1]): Promise<OpenCart> {
  const cart = await openCart(call, shop);
  if (typeof cart === "string") throw new Error(cart);
  return cart;
}

/** One screen: a stream of its own that follows a cart. Ready when the cart's present state has arrived. */
function follow(url: string, cart: OpenCart): Promise<Screen> {
  return new Promise((ready, failed) => {
    const listeners: ((version: number) => void)[] = [];
    const target = new URL(`/v1/live?cart=${cart.id}`, url);
    const request = openRequest(
      target,
      { agent: new HttpAgent({ keepAlive: false }), headers: { ...cart.headers, accept: "text/event-stream" } },
      (response) => {
        let pending = "";
        let isReady = false;
        response.setEncoding("utf8").on("data", (chunk: string) => {
          const parts = (pending + chunk).split("\n\n");
          pending = parts.pop() ?? "";
          for (const part of parts) {
            const version = /"version":(\d+)/.exec(part);
            if (!part.includes(`cart/${cart.id}`) || !version) continue;
            if (!isReady) ready({ cart, onVersion: (listener) => listeners.push(listener), close: () => request.destroy() });
            isReady = true;
            for (const listener of listeners) listener(Number(version[1]));
          }
        });
      },
    );
    request.on("error", failed).end();
  });
}

async function change(call: Call, cart: OpenCart): Promise<number> {
  const { json } = await call("POST", `/v1/carts/${cart.id}/operations`, {
    body: {
      operations: [
        { id: randomUUID(), kind: "applyCode", code: `C${Math.floor(Math.random() * 5)}` },
        { id: randomUUID(), kind: "removeCode", code: "C0" },
      ],
    },
    headers: cart.headers,
  });
  return json.cart?.version ?? 0;
}

/** Changes at a steady rate; the time of each is until the last of its followers has shown that version or a later one. */
async function changeMany(call: Call, carts: readonly OpenCart[], screens: readonly Screen[], seconds: number): Promise<number[]> {
  const times: number[] = [];
  const waiting = new Map<string, { sent: number; version: number; left: Set<Screen> }[]>();
  for (const screen of screens) {
    screen.onVersion((version) => {
      for (const entry of waiting.get(screen.cart.id) ?? []) {
        if (version < entry.version || !entry.left.delete(screen)) continue;
        if (entry.left.size === 0) times.push(performance.now() - entry.sent);
      }
    });
  }
  const versions = new Map<string, number>();
  const from = performance.now();
  const running: Promise<unknown>[] = [];
  for (let n = 0; n < CHANGES_PER_S * seconds; n++) {
    const wait = from + (n * 1000) / CHANGES_PER_S - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const cart = carts[n % carts.length];
    if (!cart) continue;
    const entry = {
      sent: performance.now(),
      version: (versions.get(cart.id) ?? 1) + 1,
      left: new Set(screens.filter((screen) => screen.cart === cart)),
    };
    versions.set(cart.id, entry.version);
    waiting.set(cart.id, [...(waiting.get(cart.id) ?? []).filter(({ left }) => left.size > 0), entry]);
    running.push(change(call, cart));
  }
  await Promise.all(running);
  await new Promise((done) => setTimeout(done, 500));
  return times;
}

async function changeOne(call: Call, cart: OpenCart, screens: readonly Screen[]): Promise<number> {
  const started = performance.now();
  const shown = screens.map((screen) => new Promise<void>((done) => screen.onVersion((version) => version > 1 && done())));
  await change(call, cart);
  await Promise.all(shown);
  return performance.now() - started;
}
