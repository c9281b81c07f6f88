import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { asAnna } from "./offers.ts";

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
  const { items } = await asAnna<{ items: Level[] }>(page, "GET", `/v1/stock?query=${sku}&placeId=${placeId}&limit=20`);
  const level = items.find((one) => one.sku === sku && one.placeId === placeId);
  if (level && level.onHand > 0) {
    const counted = { kind: "count", placeId, sku, counted: 0, changeFromQuantity: level.onHand, reason: `counted ${randomUUID()}` };
    await asAnna(page, "POST", "/v1/stock/movements", counted);
  }
  const comesOn = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  await asAnna(page, "PUT", "/v1/stock/ahead", { placeId, sku, kind, most: 5, comesOn });
}
