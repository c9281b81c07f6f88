// node e2e/tour-pictures.ts: the film strip of the README, one picture of the tour's second scene per link level, into docs/pictures.
import { join } from "node:path";
import { startBrowser } from "./browser.ts";
import { startHubs } from "./hubs.ts";
import { play, visit, type Level } from "./lib/tour.ts";

const FOLDER = join(import.meta.dirname, "../docs/pictures");
const TAPS: Readonly<Record<Level, number>> = { Multi: 3, Cross: 3, Omni: 4 };
/** The measure follows by half a second, and what changed has glowed. */
const CALM_MS = 3000;

const hubs = await startHubs(1);
const browser = await startBrowser();
try {
  for (const level of ["Multi", "Cross", "Omni"] as const) {
    const page = await browser.newPage({
      baseURL: hubs.urls[0] ?? "",
      locale: "en",
      viewport: { width: 1440, height: 900 },
      reducedMotion: "reduce",
    });
    await visit(page, level);
    await play(page, /2 · Cart/, TAPS[level]);
    await page.waitForTimeout(CALM_MS);
    await page.screenshot({ path: join(FOLDER, `tour-${level.toLowerCase()}.png`), scale: "css", animations: "disabled" });
    await page.close();
  }
} finally {
  await browser.close();
  await hubs.stop();
}
