// npm run prove -- till-kills: kills the page of a till at random moments of paying, a thousand times, every second time without a network.
import { strict as assert } from "node:assert";
import { parseArgs } from "node:util";
import { randomFrom } from "../scripts/random.ts";
import { recordProof } from "../scripts/record-proof.ts";
import { Cast, startBrowser } from "./browser.ts";
import { startHubs } from "./hubs.ts";
import { leave } from "./lib/api.ts";
import { annasOffice, jordisTill } from "./lib/people.ts";
import { countedAtHub, sellAndKill } from "./lib/till-kills.ts";

const { values } = parseArgs({ options: { kills: { type: "string", default: "1000" }, seed: { type: "string", default: "1" } } });
const kills = Number(values.kills);
const seed = Number(values.seed);
const begun = performance.now();
const hubs = await startHubs(1);
const browser = await startBrowser();
try {
  const cast = new Cast(browser, hubs);
  // A cake for each sale; the demo's counter has some thirty.
  await leave(await annasOffice(cast), "CAK-CAR", kills + 100);
  const till = await jordisTill(cast);
  await till.evaluate("navigator.serviceWorker.ready");
  const context = till.context();
  await till.close();
  const before = await countedAtHub(context);
  const { early } = await sellAndKill(context, kills, randomFrom(seed));
  const after = await countedAtHub(context);
  assert.deepEqual({ sales: after.sales - before.sales, total: after.total - before.total }, { sales: kills, total: kills * 450 });
  await recordProof("till-kills", seed, [
    `${kills} kills of a till's page at random moments of paying, every second one without a network, in ${((performance.now() - begun) / 1000).toFixed(0)} s`,
    `${early} came before the sale was on the disk, and the ticket was still there to be paid; ${kills - early} after it, and it was not there any more`,
    `${kills} sales at the hub, each once, to the cent`,
  ]);
} finally {
  await browser.close();
  await hubs.stop();
}
