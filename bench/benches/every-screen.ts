import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { Cast, startBrowser } from "../../e2e/browser.ts";
import { startHubs } from "../../e2e/hubs.ts";
import { askInOffice } from "../../e2e/lib/api.ts";
import { lyonsBoard } from "../../e2e/lib/boards.ts";
import { annasOffice, chooseBellecour, findAtTill, jordisTill, leasPhone, strangersPhone } from "../../e2e/lib/people.ts";
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
      // A wall shows one part of the menu after the other: this one stays at its first.
      await board.addInitScript("const every = setInterval; globalThis.setInterval = (act, ms) => (ms >= 10_000 ? 0 : every(act, ms));");
      await board.reload();
      // Somebody without a history: what customers buy as usual stands above the menu.
      const phone = await strangersPhone(cast);
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
  // What is sold out may stand elsewhere in a list, or not at all: all that says the name is watched.
  const goods = { shop: at(phone, "li", name), till: at(till, "main li", name), board: at(board, "li", name) };
  const points = { shop: at(card, "main output"), till: at(till, "section small") };
  const change = await changesOf(office, name);
  const soldOut = await timed("sold_out", goods, change.soldOut, seconds);
  // What is sold out shows no price on a wall.
  await change.backAgain();
  return [...soldOut, ...(await timed("price", goods, change.price, seconds)), ...(await timed("balance", points, change.points, seconds))];
}

/** A place on a screen: all elements of a selector that say something. */
type Place = { readonly page: Page; readonly selector: string; readonly says: string };

const at = (page: Page, selector: string, says = ""): Place => ({ page, selector, says });

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
  // A list of this store wins over those of the country.
  const terms = { name: "Bench", currency: "EUR", taxIncluded: true, placeIds: [placeId] };
  const list = (await askInOffice(office, "POST", "/v1/price-lists", terms)) as { id: string };
  const customers = (await askInOffice(office, "GET", "/v1/customers?query=Fontaine&limit=5")) as {
    items: { id: string; givenName: string | null }[];
  };
  const lea = customers.items.find(({ givenName }) => givenName === "Léa")?.id;
  const soldOut = `/v1/places/${placeId}/variants/${variant.id}/sold-out`;
  let isSoldOut = false;
  let amount = 300;
  return {
    soldOut: () => askInOffice(office, "PUT", soldOut, { soldOut: (isSoldOut = !isSoldOut) }),
    backAgain: () => askInOffice(office, "PUT", soldOut, { soldOut: false }),
    price: () =>
      askInOffice(office, "POST", `/v1/price-lists/${list.id}/prices`, { prices: [{ sku: variant.sku, unitPrice: { amount: ++amount } }] }),
    points: () => askInOffice(office, "POST", `/v1/customers/${lea}/loyalty/grants`, { id: randomUUID(), points: 1, reason: "goodwill" }),
  };
}

/** Changes again and again; the slowest screen of each change counts as the change, and each screen by itself is told beside it. */
async function timed(
  what: string,
  screens: Readonly<Record<string, Place>>,
  change: () => Promise<unknown>,
  seconds: number,
): Promise<Figure[]> {
  const times: Record<string, number[]> = { every: [] };
  let until = Infinity;
  for (let n = 0; n < WARM_UP + LEAST || performance.now() < until; n++) {
    if (n === WARM_UP) until = performance.now() + seconds * 1000;
    const seen = await Promise.all(
      Object.entries(screens).map(async ([screen, place]) => [screen, await whenChanged(place, `${what} on ${screen}`)] as const),
    );
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
async function whenChanged({ page, selector, says }: Place, what: string): Promise<{ readonly at: Promise<number> }> {
  const mark = randomUUID();
  await page.evaluate(`(${WATCH})(${JSON.stringify({ mark, selector, says })})`);
  const at = within(page.evaluate<number>(`globalThis.whenChanged[${JSON.stringify(mark)}]`), what);
  at.catch(() => undefined); // told where it is waited for
  return { at };
}

/** It watches once this has run. */
const WATCH = `({ mark, selector, says }) => {
  const shown = () => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent).filter((text) => text.includes(says)).join();
  const before = shown();
  const changed = Promise.withResolvers();
  (globalThis.whenChanged ??= {})[mark] = changed.promise;
  const watcher = new MutationObserver(() => {
    if (shown() === before) return;
    watcher.disconnect();
    changed.resolve(performance.timeOrigin + performance.now());
  });
  watcher.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}`;

async function within<T>(promise: Promise<T>, what: string): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${what}: nothing changed within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}
