import { randomUUID } from "node:crypto";
import type { Locator, Page } from "playwright-core";
import { Cast, startBrowser } from "../../e2e/browser.ts";
import { startHubs } from "../../e2e/hubs.ts";
import { askInOffice } from "../../e2e/lib/api.ts";
import { lyonsBoard } from "../../e2e/lib/boards.ts";
import { annasOffice, chooseBellecour, findAtTill, jordisTill, leasPhone } from "../../e2e/lib/people.ts";
import { percentiles } from "../lib/load.ts";
import { figure, type Bench, type Figure } from "../lib/report.ts";

/** Between two changes, so that each is seen alone. */
const PAUSE_MS = 200;
const PATIENCE_MS = 15_000;
const WARM_UP = 3;
/** Changes from which a percentile means something, however slow the machine is. */
const LEAST = 20;

export const everyScreen: Bench = {
  name: "every-screen",
  about:
    "a product sold out, its price, and a customer's points: from asking the hub for the change until shop, till and board show it in Chromium; the demo chain, one change after the other",
  async run({ seconds }) {
    const hubs = await startHubs(1);
    const browser = await startBrowser();
    try {
      const cast = new Cast(browser, hubs);
      const office = await annasOffice(cast);
      const board = await lyonsBoard(cast, "/board/menu");
      const phone = await leasPhone(cast);
      await chooseBellecour(phone);
      const card = await leasPhone(cast, "card");
      await card.goto("/shop/card");
      const till = await jordisTill(cast);
      await findAtTill(till, "Fontaine", /Léa/);
      return await measure({ office, board, phone, card, till }, seconds);
    } finally {
      await browser.close();
      await hubs.stop();
    }
  },
};

type Screens = Readonly<Record<"office" | "board" | "phone" | "card" | "till", Page>>;

async function measure({ office, board, phone, card, till }: Screens, seconds: number): Promise<Figure[]> {
  const name = await soldOnBoth(board, till);
  const goods = {
    shop: phone.getByRole("listitem").filter({ hasText: name }).first(),
    till: till.getByRole("main").getByRole("listitem").filter({ hasText: name }).first(),
    board: board.getByRole("listitem").filter({ hasText: name }).first(),
  };
  const points = {
    shop: card.locator("main output").first(),
    till: till.getByRole("region", { name: "Customer" }).locator("small").first(),
  };
  const change = await changesOf(office, name);
  return [
    ...(await timed("sold_out", goods, change.soldOut, seconds)),
    ...(await timed("price", goods, change.price, seconds)),
    ...(await timed("balance", points, change.points, seconds)),
  ];
}

type Found = {
  readonly items: readonly {
    readonly name: { readonly en: string };
    readonly variants: readonly { readonly id: string; readonly sku: string }[];
  }[];
};

/** The first on the board that has a tile on the till's first page too. */
async function soldOnBoth(board: Page, till: Page): Promise<string> {
  await board.getByRole("listitem").first().waitFor();
  const tiles = await till.getByRole("main").getByRole("listitem").allInnerTexts();
  for (const line of await board.getByRole("listitem").all()) {
    const name = await line.locator("span").first().innerText();
    if (tiles.some((tile) => tile.includes(name))) return name;
  }
  throw new Error("the board and the first page of the till have nothing in common");
}

/** Three ways to change what screens show, each time to something else. */
async function changesOf(office: Page, name: string) {
  const { places } = (await askInOffice(office, "GET", "/v1/places")) as { places: { id: string; name: string }[] }; // by the contract, as all below
  const placeId = places.find((place) => place.name.includes("Bellecour"))?.id;
  const { items } = (await askInOffice(office, "GET", `/v1/office/products?query=${encodeURIComponent(name)}&limit=10`)) as Found;
  const [variant] = items.find((one) => one.name.en === name)?.variants ?? [];
  if (placeId === undefined || variant === undefined) throw new Error(`${name} is not sold at Bellecour`);
  const terms = { name: "Bench", currency: "EUR", taxIncluded: true, priority: 900 };
  const list = (await askInOffice(office, "POST", "/v1/price-lists", terms)) as { id: string };
  const customers = (await askInOffice(office, "GET", "/v1/customers?query=Fontaine&limit=5")) as {
    items: { id: string; givenName: string | null }[];
  };
  const lea = customers.items.find(({ givenName }) => givenName === "Léa")?.id;
  const soldOut = `/v1/places/${placeId}/variants/${variant.id}/sold-out`;
  let isSoldOut = false;
  await askInOffice(office, "PUT", soldOut, { soldOut: isSoldOut });
  let amount = 300;
  return {
    soldOut: () => askInOffice(office, "PUT", soldOut, { soldOut: (isSoldOut = !isSoldOut) }),
    price: () =>
      askInOffice(office, "POST", `/v1/price-lists/${list.id}/prices`, { prices: [{ sku: variant.sku, unitPrice: { amount: ++amount } }] }),
    points: () => askInOffice(office, "POST", `/v1/customers/${lea}/loyalty/grants`, { id: randomUUID(), points: 1, reason: "goodwill" }),
  };
}

/** Changes again and again; the slowest screen of each change counts as the change, and each screen by itself is told beside it. */
async function timed(
  what: string,
  screens: Readonly<Record<string, Locator>>,
  change: () => Promise<unknown>,
  seconds: number,
): Promise<Figure[]> {
  const times: Record<string, number[]> = { every: [] };
  let until = Infinity;
  for (let n = 0; n < WARM_UP + LEAST || performance.now() < until; n++) {
    if (n === WARM_UP) until = performance.now() + seconds * 1000;
    const seen = await Promise.all(Object.entries(screens).map(async ([screen, shown]) => [screen, await whenChanged(shown)] as const));
    const asked = performance.timeOrigin + performance.now();
    await change();
    const took = await Promise.all(seen.map(async ([screen, { at }]) => [screen, (await at) - asked] as const));
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    if (n < WARM_UP) continue;
    for (const [screen, ms] of took) (times[screen] ??= []).push(ms);
    times["every"]?.push(Math.max(...took.map(([, ms]) => ms)));
  }
  return Object.entries(times).flatMap(([screen, all]) => {
    const { p50, p95 } = percentiles(all);
    return [figure(`${what}_on_${screen}_p50_ms`, p50, "ms", all.length), figure(`${what}_on_${screen}_p95_ms`, p95, "ms")];
  });
}

/** Watches a place on a screen; `at` is when its text was another one, in milliseconds since 1970, by the clock that all processes of this machine share. */
async function whenChanged(shown: Locator): Promise<{ readonly at: Promise<number> }> {
  const page = shown.page();
  const mark = randomUUID();
  await shown.evaluate((element, name) => element.setAttribute("data-watched", name), mark);
  await page.evaluate(`(${WATCH})(${JSON.stringify(mark)})`);
  const at = within(page.evaluate<number>(`globalThis.whenChanged[${JSON.stringify(mark)}]`), PATIENCE_MS);
  at.catch(() => undefined); // told where it is waited for
  return { at };
}

/** It watches once this has run. React may put another element in its place: then the whole of it is gone. */
const WATCH = `(mark) => {
  const element = document.querySelector('[data-watched="' + mark + '"]');
  const before = element.textContent;
  const changed = Promise.withResolvers();
  (globalThis.whenChanged ??= {})[mark] = changed.promise;
  const watcher = new MutationObserver(() => {
    if (element.isConnected && element.textContent === before) return;
    watcher.disconnect();
    changed.resolve(performance.timeOrigin + performance.now());
  });
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
}`;

async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`a screen did not show it within ${ms} ms`)), ms);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}
