import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { PUBLISHABLE, SECRET, startBenchHub } from "../lib/hub.ts";
import { clientOf, percentiles, type Call } from "../lib/load.ts";
import { catalogBytes } from "../lib/catalog-bytes.ts";
import { calibrate } from "../lib/calibrate.ts";
import { figure, type Bench, type Figure } from "../lib/report.ts";
import { signInOwner } from "../lib/staff.ts";
import { openTill, type TillDevice } from "../lib/till-device.ts";

const PRODUCTS = 10_000;
const PROMOTIONS = 100;
/** Every product has two promotions, of which the best is to be found. */
const OF_EACH = PRODUCTS / PROMOTIONS;
const LINES = 3;
const WARM_UP = 10;
/** Tickets from which a percentile means something, however slow the machine is. */
const LEAST = 20;
const COLD_STARTS = 9;

export const till: Bench = {
  name: "till",
  about:
    "the till in Chromium with 10,000 products and 100 promotions, signing its journal: a tap or a scan until its line shows, paying until it says paid, with and without the hub; and its start without the hub; what it fetches of the catalog",
  async run({ seconds }) {
    const hub = await startBenchHub({ products: PRODUCTS, customers: 1000 });
    const { call, close } = clientOf(hub.url, 4);
    let device: TillDevice | undefined;
    try {
      const owner = await signInOwner(hub.url);
      const placeId = await firstStore(call);
      await addPromotions(call, owner, placeId);
      device = await openTill(hub.url, call, owner, placeId);
      const figures = [
        figure("products", PRODUCTS, "products"),
        figure("promotions", PROMOTIONS, "promotions"),
        ...(await catalogBytes(call, owner, placeId)),
        ...(await sell(device.page, "with_hub", seconds)),
      ];
      await device.page.context().setOffline(true);
      figures.push(...(await sell(device.page, "without_hub", seconds)));
      return [...figures, ...(await startCold(device)), ...(await calibrate(hub.home))];
    } finally {
      await device?.close();
      await close();
      await hub.stop();
    }
  },
};

async function firstStore(call: Call): Promise<string> {
  const { json } = await call("GET", "/v1/stores?limit=1", { headers: PUBLISHABLE });
  return json.items[0].id;
}

async function addPromotions(call: Call, owner: Record<string, string>, placeId: string): Promise<void> {
  const { json } = await call("GET", `/v1/catalog?placeId=${placeId}`, { headers: SECRET });
  const ids: readonly string[] = json.products.map(({ id }: { readonly id: string }) => id);
  for (let n = 0; n < PROMOTIONS; n++) {
    const from = n * OF_EACH;
    const productIds = [...ids, ...ids].slice(from, from + 2 * OF_EACH);
    const benefit = BENEFITS[n % BENEFITS.length];
    const { status, json: said } = await call("POST", "/v1/promotions", {
      body: { name: { en: `Promotion ${n}` }, goods: { categoryIds: [], productIds }, benefit, priority: n % 3 },
      headers: { ...owner, "idempotency-key": randomUUID() },
    });
    if (status !== 201) throw new Error(`promotion ${n}: ${JSON.stringify(said)}`);
  }
}

const euros = (amount: number) => ({ amount, currency: "EUR" });

const BENEFITS = [
  { kind: "percentage", rate: { numerator: 5, denominator: 100 } },
  { kind: "amount", money: euros(10), per: "piece" },
  { kind: "buy_get", buy: 2, get: 1, rate: { numerator: 1, denominator: 2 } },
  { kind: "cheapest_free", of: 3 },
  { kind: "fixed_price", money: euros(90) },
] as const;

/** Sells ticket after ticket of three lines for cash: two by a tap, one by a scan of any of the products. */
async function sell(page: Page, name: string, seconds: number): Promise<Figure[]> {
  const times: Record<"tap" | "scan" | "pay", number[]> = { tap: [], scan: [], pay: [] };
  for (let n = 0; n < WARM_UP; n++) await sellOnce(page);
  const until = performance.now() + seconds * 1000;
  for (let n = 0; n < LEAST || performance.now() < until; n++) {
    const timed = await sellOnce(page);
    times.tap.push(...timed.taps);
    times.scan.push(timed.scan);
    times.pay.push(timed.pay);
  }
  const told = { tap: "add_line_by_tap", scan: "add_line_by_scan", pay: "pay_and_commit" } as const;
  return (["tap", "scan", "pay"] as const).flatMap((what) => {
    const { p50, p95, p99 } = percentiles(times[what]);
    const metric = `${told[what]}_${name}`;
    return [
      figure(`${metric}_p50_ms`, p50, "ms", times[what].length),
      figure(`${metric}_p95_ms`, p95, "ms"),
      figure(`${metric}_p99_ms`, p99, "ms"),
    ];
  });
}

type Timed = { readonly taps: readonly number[]; readonly scan: number; readonly pay: number };

async function sellOnce(page: Page): Promise<Timed> {
  const taps: number[] = [];
  await page.locator("main li button").first().waitFor();
  for (let line = 1; line < LINES; line++) {
    const tile = Math.floor(Math.random() * 18);
    taps.push(await timed(page, `document.querySelectorAll("main li button")[${tile}].click()`, LINE_CAME));
  }
  const keys = JSON.stringify([...`SKU-${Math.floor(Math.random() * PRODUCTS)}`, "Enter"]);
  const scan = await timed(
    page,
    `for (const key of ${keys}) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))`,
    LINE_CAME,
  );
  await page.locator("output[data-settled]").getByText(/\d/).waitFor();
  await page.getByRole("button", { name: /^Pay/ }).click();
  await page.getByRole("button", { name: /^Exact/ }).waitFor();
  const pay = await timed(
    page,
    `[...document.querySelectorAll("button")].find((one) => one.textContent.startsWith("Exact")).click()`,
    `document.querySelector("#paid-title") !== null`,
  );
  await page.getByRole("button", { name: "Next customer" }).click();
  return { taps, scan, pay };
}

/** The ticket says more than before: another line, or more of one. */
const LINE_CAME = `document.querySelector("aside ul")?.innerText !== before`;

/** Milliseconds in the page from an act until what it is to show is there and laid out; the next frame draws it. */
async function timed(page: Page, act: string, isShown: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const before = document.querySelector("aside ul")?.innerText;
    const from = performance.now();
    ${act};
    if (!(${isShown})) await new Promise((done) => {
      const watcher = new MutationObserver(() => {
        if (!(${isShown})) return;
        watcher.disconnect();
        done();
      });
      watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    document.body.getBoundingClientRect();
    return performance.now() - from;
  })()`);
}

/** Switched off and on again without a network: from asking a new process of the browser for the page until goods can be sold. */
async function startCold(device: TillDevice): Promise<Figure[]> {
  const times: number[] = [];
  for (let start = 0; start < COLD_STARTS; start++) {
    const page = await device.restartOffline();
    const at = performance.now();
    await page.goto("/till/", { waitUntil: "commit" });
    await page.locator("main li button").first().waitFor();
    times.push(performance.now() - at);
  }
  const { p50 } = percentiles(times);
  return [
    figure("cold_start_without_hub_p50_ms", p50, "ms", COLD_STARTS),
    figure("cold_start_without_hub_most_ms", Math.max(...times), "ms"),
  ];
}
