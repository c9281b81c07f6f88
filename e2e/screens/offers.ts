import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { visit } from "./room.ts";

type Cart = { readonly id: string; readonly lines: readonly { readonly id: string }[] };
type Made = { readonly cartId: string; readonly url: string | null };

/** Asks the hub as Anna at her desk, beside whoever this browser is in the shop. */
export async function asAnna<Answer>(page: Page, method: "GET" | "POST" | "PATCH" | "PUT", path: string, data?: object): Promise<Answer> {
  const headers = { "weft-session": "weft_office", "idempotency-key": randomUUID() };
  const answer = await page.request.fetch(path, { method, headers, ...(data && { data }) });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`);
  return answer.json() as Promise<Answer>; // as the contract says
}

const GOODS = "PAN-HON";

/** A cart with a lower price that the desk made for nobody known. */
async function cartOfDesk(page: Page): Promise<string> {
  await asAnna(page, "POST", "/v1/demo-sessions", { persona: "anna" });
  const { places } = await asAnna<{ places: { id: string; name: string }[] }>(page, "GET", "/v1/places");
  const placeId = places.find(({ name }) => name.includes("Bellecour"))?.id;
  const { id } = await asAnna<Cart>(page, "POST", "/v1/customer-carts", { customerId: null, placeId });
  const operate = (operations: readonly object[]) =>
    asAnna<{ cart: Cart }>(page, "POST", `/v1/carts/${id}/operations`, {
      operations: operations.map((one) => ({ id: randomUUID(), ...one })),
    });
  await asAnna(page, "POST", "/v1/stock/movements", { kind: "receipt", placeId, sku: GOODS, quantity: 2, reason: "delivery" });
  const { cart } = await operate([{ kind: "add", sku: GOODS, quantity: 2 }]);
  await operate([{ kind: "setPrice", lineId: cart.lines[0]?.id, unitAmount: 800, reason: "Two for the price of a friend" }]);
  return id;
}

async function offer(page: Page, kind: "link" | "quote", mayChange: boolean): Promise<Made> {
  const id = await cartOfDesk(page);
  const validUntil = new Date(Date.now() + 5 * 86_400_000).toISOString();
  const note = "As we said on the phone: both jars, and you collect them when it suits you.";
  return asAnna<Made>(page, "POST", `/v1/carts/${id}/offers`, { kind, validUntil, mayChange, holdsStock: true, note });
}

/** The page at the desk, while the cart is filled. */
export async function openDeskCart(page: Page): Promise<void> {
  await visit(page, `/office/offers/${await cartOfDesk(page)}`);
  await page.locator("main").getByRole("combobox").first().waitFor();
}

/** The page at the desk, while its customer decides. */
export async function openDeskOffer(page: Page): Promise<void> {
  const { cartId } = await offer(page, "quote", false);
  await visit(page, `/office/offers/${cartId}`);
  await page.locator("main input[readonly]").first().waitFor();
}

/** What the link opens: to be paid as it is, or changed. */
export const openLink =
  (kind: "link" | "quote", mayChange: boolean) =>
  async (page: Page): Promise<void> => {
    const { url } = await offer(page, kind, mayChange);
    await visit(page, new URL(url ?? "", "http://hub").pathname);
    await page.locator("main blockquote").waitFor();
  };

type Preview = { readonly difference: { readonly amount: number; readonly currency: string } };

/** What the link of a change opens: the desk adds a croissant to the order that stands on the page. */
export async function openChangeLink(page: Page): Promise<void> {
  const id = /\/shop\/orders\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  await asAnna(page, "POST", "/v1/demo-sessions", { persona: "anna" });
  const wish = { add: [{ sku: "PAS-CRO", quantity: 1 }] };
  const { difference } = await asAnna<Preview>(page, "POST", `/v1/orders/${id}/change-previews`, wish);
  const validUntil = new Date(Date.now() + 86_400_000).toISOString();
  const offered = { ...wish, expectedDifference: difference, validUntil };
  const { url } = await asAnna<Made>(page, "POST", `/v1/orders/${id}/change-links`, offered);
  await visit(page, new URL(url ?? "", "http://hub").pathname);
  await page.locator("main select").first().waitFor();
}
