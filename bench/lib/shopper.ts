import { randomUUID } from "node:crypto";
import type { Call } from "./load.ts";
import { PUBLISHABLE } from "./hub.ts";

export type Shop = { readonly places: readonly string[]; sku(): string };

export async function openShop(call: Call, sku: () => string): Promise<Shop> {
  const { json } = await call("GET", "/v1/stores?limit=50", { headers: PUBLISHABLE });
  const stores: { readonly id: string }[] = json.items;
  return { places: stores.map(({ id }) => id), sku };
}

export type OpenCart = { readonly id: string; readonly placeId: string; readonly headers: Record<string, string> };

/** Opens a cart at a store drawn at random. */
export async function openCart(call: Call, shop: Shop): Promise<OpenCart | string> {
  const placeId = shop.places[Math.floor(Math.random() * shop.places.length)] ?? "";
  const { status, json } = await call("POST", "/v1/carts", { body: { placeId, fulfillment: "collect" }, headers: PUBLISHABLE });
  return status === 201 ? { id: json.cart.id, placeId, headers: { ...PUBLISHABLE, "weft-cart": json.token } } : `open: ${json.code}`;
}

/** Adds lines in one call and answers the total, or why not. */
export async function addLines(
  call: Call,
  cart: OpenCart,
  skus: readonly string[],
  code?: string,
): Promise<{ readonly total: unknown } | string> {
  const operations: object[] = skus.map((sku) => ({ id: randomUUID(), kind: "add", sku, quantity: 1 }));
  if (code) operations.push({ id: randomUUID(), kind: "applyCode", code });
  const { status, json } = await call("POST", `/v1/carts/${cart.id}/operations`, { body: { operations }, headers: cart.headers });
  if (status !== 200) return `add: ${json.code}`;
  const refused: { readonly code: string } | undefined = json.results.find(
    ({ outcome }: { readonly outcome: string }) => outcome === "refused",
  );
  return refused ? `add: ${refused.code}` : { total: json.cart.totals.total };
}

/** Completes the cart, paid by a card that the provider approves at once. */
export async function complete(call: Call, cart: OpenCart, total: unknown): Promise<string | null> {
  const { status, json } = await call("POST", `/v1/carts/${cart.id}/completion`, {
    body: {
      fulfillment: { kind: "collect", placeId: cart.placeId },
      tenders: [{ kind: "card", token: "sandbox_approve" }],
      expectedTotal: total,
    },
    headers: { ...cart.headers, "idempotency-key": randomUUID() },
  });
  return status === 201 ? null : `complete: ${json.code} ${unmetIn(json)}`.trimEnd();
}

/** What a refused completion lacks, each by its code. */
function unmetIn({ requirements = [] }: { readonly requirements?: readonly { readonly code: string }[] }): string {
  return [...new Set(requirements.map(({ code }) => code))].join(" ");
}

/** The whole flow: open the cart, three lines in one call with the promotion, completion. */
export async function buy(call: Call, shop: Shop): Promise<string | null> {
  const cart = await openCart(call, shop);
  if (typeof cart === "string") return cart;
  const added = await addLines(call, cart, [shop.sku(), shop.sku(), shop.sku()], "BENCH10");
  return typeof added === "string" ? added : complete(call, cart, added.total);
}
