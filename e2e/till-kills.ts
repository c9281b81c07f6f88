// npm run prove -- till-kills: kills the page of a till at random moments of paying, a thousand times, every second time without a network.
import { strict as assert } from "node:assert";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { BrowserContext } from "playwright-core";
import { randomFrom } from "../scripts/random.ts";
import { recordProof } from "../scripts/record-proof.ts";
import { Cast, startBrowser, startKept } from "./browser.ts";
import { startHubs } from "./hubs.ts";
import { leave } from "./lib/api.ts";
import { annasOffice, jordisTill } from "./lib/people.ts";
import { countedAtHub, sellAndKill } from "./lib/till-kills.ts";
import { VIEWPORTS } from "./story.ts";

/** Then the whole browser ends too, and its next start finds what the till has kept; what so many pages left in memory would slow it down. */
const KILLS_OF_A_BROWSER = 50;

const { values } = parseArgs({ options: { kills: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } } });
const kills = Number(values.kills);
const seed = Number(values.seed);
const chance = randomFrom(seed);
const begun = performance.now();
const hubs = await startHubs(1);
const browser = await startBrowser();
const disk = await mkdtemp(join(tmpdir(), "weft-killed-till-"));
const startTill = () => startKept(disk, { ...(hubs.urls[0] && { baseURL: hubs.urls[0] }), viewport: VIEWPORTS.till, locale: "en" });
try {
  const cast = new Cast(browser, hubs);
  // A cake for each sale; the demo's counter has some thirty.
  await leave(await annasOffice(cast), "CAK-CAR", kills + 100);
  let context = await startTill();
  const till = await jordisTill({ hubs: hubs.urls, databaseUrl: hubs.databaseUrl, device: () => context.newPage() });
  await till.evaluate("navigator.serviceWorker.ready");
  await till.close();
  const before = await countedAtHub(context);
  let early = 0;
  for (let done = 0; done < kills; done += KILLS_OF_A_BROWSER) {
    const killed = await sellAndKill(context, Math.min(KILLS_OF_A_BROWSER, kills - done), chance).catch(async (error: unknown) => {
      console.error(`after some ${done} kills the till shows: ${await shownBy(context)}`);
      throw error;
    });
    early += killed.early;
    await context.close();
    context = await startTill();
  }
  const after = await countedAtHub(context);
  await context.close();
  assert.deepEqual({ sales: after.sales - before.sales, total: after.total - before.total }, { sales: kills, total: kills * 450 });
  await recordProof("till-kills", seed, [
    `${kills} kills of a till's page at random moments of paying, every second one without a network, in ${((performance.now() - begun) / 1000).toFixed(0)} s; its browser ended after every ${KILLS_OF_A_BROWSER}`,
    `${early} came before the sale was on the disk, and the ticket was still there to be paid; ${kills - early} after it, and it was not there any more`,
    `${kills} sales at the hub, each once, to the cent`,
  ]);
} finally {
  await browser.close();
  await hubs.stop();
  await rm(disk, { recursive: true, force: true });
}

/** What stands on the till's pages when it could not go on, with a picture of each. */
async function shownBy(context: BrowserContext): Promise<string> {
  const said = context.pages().map(async (page, index) => {
    await page.screenshot({ path: `.screenshots/till-kills-${index}.png` });
    return `${page.url()}\n${await page.locator("body").innerText()}`;
  });
  return (await Promise.all(said)).join("\n\n");
}
