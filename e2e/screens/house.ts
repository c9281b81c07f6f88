import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { asAnna } from "./offers.ts";
import { enterAs, visit } from "./room.ts";
import type { Words } from "./words.ts";

type Place = { readonly id: string; readonly name: string };
type Level = { readonly sku: string; readonly onHand: number; readonly placeId: string };

/** The store at which all of this happens. */
async function bellecour(page: Page): Promise<string> {
  await asAnna(page, "POST", "/v1/demo-sessions", { persona: "anna" });
  const { places } = await asAnna<{ places: Place[] }>(page, "GET", "/v1/places");
  const id = places.find(({ name }) => name.includes("Bellecour"))?.id;
  if (id === undefined) throw new Error("there is no store at Bellecour");
  return id;
}

/** The store says something else than its country: tips, goods without a receipt. */
export async function storeSays(page: Page, settings: Readonly<Record<string, unknown>>): Promise<void> {
  await asAnna(page, "PATCH", `/v1/places/${await bellecour(page)}`, { settings });
}

/** Nothing of it is left at the store, and it is sold until so many come in a week. */
export async function sellAhead(page: Page, sku: string, kind: "backorder" | "preorder"): Promise<void> {
  const placeId = await bellecour(page);
  const left = await onHand(page, placeId, sku);
  if (left > 0) {
    const counted = { kind: "count", placeId, sku, counted: 0, changeFromQuantity: left, reason: `counted ${randomUUID()}` };
    await asAnna(page, "POST", "/v1/stock/movements", counted);
  }
  const comesOn = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await asAnna(page, "PUT", "/v1/stock/ahead", { placeId, sku, kind, most: 5, comesOn });
}

/** The level of goods that Bellecour sells before they are there, as the office finds it. */
export async function soldAhead(page: Page, sku: string): Promise<string> {
  await sellAhead(page, sku, "preorder");
  return `/office/stock?query=${sku}&place=${await bellecour(page)}`;
}

/** Léa orders by card to collect; asked with her session, so that the page of the office stays where it is. */
const ORDER = `(async ([placeId, sku]) => {
  const ask = async (url, body) => {
    const headers = { "content-type": "application/json", "weft-session": "weft_shop", "idempotency-key": crypto.randomUUID() };
    const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(url + " answered " + (await answer.text()));
    return answer.json();
  };
  const operations = [{ id: crypto.randomUUID(), kind: "add", sku, quantity: 1 }];
  const { cart } = await ask("/v1/carts", { placeId, fulfillment: "collect", operations });
  await ask("/v1/carts/" + cart.id + "/completion", {
    fulfillment: { kind: "collect", placeId, dining: "take_away", dueAt: null },
    tenders: [{ kind: "card", token: "sandbox_approve" }],
    expectedTotal: cart.totals.total,
  });
})`;

/** What is promised at the store to somebody breaks: a conflict, and at once a task. One that stands is enough. */
export async function promiseWhatIsGone(page: Page, sku: string): Promise<void> {
  const placeId = await bellecour(page);
  const isTask = async (): Promise<boolean> =>
    (await asAnna<{ items: unknown[] }>(page, "GET", "/v1/tasks?kind=stock_conflict&limit=1")).items.length > 0;
  if (await isTask()) return;
  await asAnna(page, "POST", "/v1/stock/movements", { kind: "receipt", placeId, sku, quantity: 3, reason: "delivery" });
  const shop = await page.context().newPage();
  await enterAs(shop, /Léa/);
  await shop.evaluate(`${ORDER}(${JSON.stringify([placeId, sku])})`);
  await shop.close();
  const quantity = await onHand(page, placeId, sku);
  await asAnna(page, "POST", "/v1/stock/waste", { placeId, reason: "broken", note: "The shelf fell", lines: [{ sku, quantity }] });
  // A list that stands open asks for new tasks only now and then.
  while (!(await isTask())) await page.waitForTimeout(100);
}

async function onHand(page: Page, placeId: string, sku: string): Promise<number> {
  const { items } = await asAnna<{ items: Level[] }>(page, "GET", `/v1/stock?query=${sku}&placeId=${placeId}&limit=20`);
  return items.find((one) => one.sku === sku && one.placeId === placeId)?.onHand ?? 0;
}

/** The badge of somebody at a till, shown this once. */
export async function makeBadge(page: Page, say: Words): Promise<void> {
  await visit(page, "/office/staff?query=Jordi");
  await page.getByRole("link", { name: /^Jordi/ }).click();
  const make = page.getByRole("button", { name: say("office.staff.badge_make") });
  await make.or(page.getByRole("button", { name: say("office.staff.badge_another") })).click();
  await page.getByRole("img", { name: say("office.staff.badge"), exact: true }).waitFor();
}
