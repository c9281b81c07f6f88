import { setTimeout as pause } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { startBrowser } from "../../e2e/browser.ts";
import { buildWebClient } from "../../scripts/build-web-client.ts";
import {
  eventOf,
  jitsuNode,
  openWebsite,
  posthogNode,
  rudderNode,
  segmentBrowser,
  segmentNode,
  weftBrowser,
  type EventClient,
} from "./event-clients.ts";
import { startKillableHub, type KillableHub } from "./killable-hub.ts";
import { randomFrom } from "../../scripts/random.ts";
import { proofRun, recordProof } from "../../scripts/record-proof.ts";

const KEY = "pk_demo_online_7hT2mQ9xW4cRb8Lz";
const MOST_LATE_MS = 60;
const MOST_WAIT_MS = 90_000;
const { isProof, size, seed } = proofRun("intake", {
  part: { events: 170, kills: 1 },
  short: { events: 1000, kills: 4 },
  full: { events: 5000, kills: 40 },
});
const { events, kills } = size;

let hub: KillableHub;
let browser: Browser;
let website: Awaited<ReturnType<typeof openWebsite>>;
beforeAll(async () => {
  // Clients print every attempt that failed: here that is what they are killed for.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await buildWebClient();
  [hub, browser, website] = await Promise.all([startKillableHub(), startBrowser(), openWebsite()]);
}, 120_000);
afterAll(async () => {
  vi.restoreAllMocks();
  website.close();
  await browser.close();
  await hub.stop();
}, 60_000);

it(
  `[TCH-1] six real clients send ${events} events each while the hub is killed ${kills} times: each is there once, and nothing that was answered is lost`,
  async () => {
    const begun = performance.now();
    const clients = await openClients();
    const restarts = await sendAndKill(clients, randomFrom(seed));
    await Promise.all(clients.map((client) => client.finish()));

    const all = Array.from({ length: events }, (_, n) => n);
    const counts: string[] = [];
    for (const { name, answered } of clients) {
      // A client that met no hub for long asks again only after a while.
      await expect
        .poll(async () => (await numbersOf(name)).length, { timeout: MOST_WAIT_MS, message: `${name}: not all are there` })
        .toBeGreaterThanOrEqual(answered?.size ?? events);
      const stored = await numbersOf(name);
      expect(new Set(stored).size, `${name}: some event is there twice`).toBe(stored.length);
      const wanted = answered ? [...answered] : all;
      expect(
        wanted.filter((n) => !stored.includes(n)),
        `${name}: lost`,
      ).toEqual([]);
      counts.push(
        answered
          ? `${name}: ${answered.size} of ${events} answered, all of them there once`
          : `${name}: ${stored.length} of ${events}, once each`,
      );
    }
    const jitsu = clients.find(({ answered }) => answered)?.answered?.size ?? 0;
    expect(jitsu).toBeGreaterThan(0);

    if (!isProof) return;
    await recordProof("intake", seed, [
      `${kills} kills of the hub's process (SIGKILL), ${Math.floor(kills / 2)} of them together with its database, while six clients sent ${events} events each, in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
      ...counts,
      `slowest restart until ready: ${(Math.max(...restarts) / 1000).toFixed(1)} s`,
    ]);
  },
  isProof ? 3_600_000 : 150_000,
);

async function openClients(): Promise<readonly EventClient[]> {
  const pages = await Promise.all([browser.newPage(), browser.newPage()]);
  const [segmentPage, weftPage] = pages;
  if (!segmentPage || !weftPage) throw new Error("no page was opened");
  return [
    segmentNode(hub.url, KEY),
    rudderNode(hub.url, KEY),
    posthogNode(hub.url, KEY),
    jitsuNode(hub.url, KEY),
    await segmentBrowser(segmentPage, website.url, hub.url, KEY),
    await weftBrowser(weftPage, website.url, hub.url, KEY),
  ];
}

/** In as many parts as there are kills and one: each kill comes a few random milliseconds after a part has begun, into the middle of it. */
async function sendAndKill(clients: readonly EventClient[], random: () => number): Promise<number[]> {
  const restarts: number[] = [];
  const part = Math.ceil(events / (kills + 1));
  for (let n = 0; n <= kills; n++) {
    const numbers = Array.from({ length: Math.min(part, events - n * part) }, (_, k) => n * part + k);
    const sending = clients.map((client) => client.send(numbers));
    if (n < kills) {
      await pause(random() * MOST_LATE_MS);
      restarts.push(await hub.killAndRestart(n % 2 === 1));
    }
    await Promise.all(sending);
  }
  return restarts;
}

async function numbersOf(client: string): Promise<number[]> {
  const rows = await hub.rows<{ n: number }>(
    "select (payload -> 'properties' ->> 'n')::int as n from touchpoints.touchpoint where name = $1 order by 1",
    [eventOf(client)],
  );
  return rows.map(({ n }) => n);
}
