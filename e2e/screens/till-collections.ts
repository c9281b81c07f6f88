import type { Page } from "playwright-core";
import { enterAs, visit } from "./room.ts";
import type { Words } from "./words.ts";

/** Léa orders at the till's store what waits there then. Through the API: what this table looks at are the till's screens. */
const ORDER = `(async () => {
  const ask = async (session, url, body) => {
    const headers = { "content-type": "application/json", "weft-session": session, "idempotency-key": crypto.randomUUID() };
    const answer = await fetch(url, { method: body ? "POST" : "GET", headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(url + " answered " + (await answer.text()));
    return answer.json();
  };
  const { device: { placeId } } = await ask("weft_till", "/v1/session");
  const operations = [{ id: crypto.randomUUID(), kind: "add", sku: "MUG-WEA-MOS", quantity: 1 }];
  const { cart } = await ask("weft_shop", "/v1/carts", { placeId, fulfillment: "collect", operations });
  await ask("weft_shop", "/v1/carts/" + cart.id + "/completion", {
    fulfillment: { kind: "collect", placeId, dining: "take_away", dueAt: null },
    tenders: [{ kind: "card", token: "sandbox_approve" }],
    expectedTotal: cart.totals.total,
  });
})()`;

async function orderForHere(page: Page): Promise<void> {
  const shop = await page.context().newPage();
  await enterAs(shop, /Léa/);
  await shop.evaluate(ORDER);
  await shop.close();
}

export async function openWaiting(page: Page): Promise<void> {
  await orderForHere(page);
  await visit(page, "/till/collections");
  await page.locator("main li button").first().waitFor();
}

export async function openHandOver(page: Page, say: Words): Promise<void> {
  await visit(page, "/till/collections");
  await page
    .getByRole("button", { name: say("till.collections.hand_over") })
    .first()
    .click();
  await page.getByRole("dialog").waitFor();
}

export async function openTrouble(page: Page, say: Words): Promise<void> {
  await visit(page, "/till/collections");
  await page
    .getByRole("button", { name: say("till.collections.more"), exact: true })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("combobox").first().waitFor();
}

export async function openUnknownOrder(page: Page): Promise<void> {
  await visit(page, "/till/collections?code=W-1");
  await page.getByRole("dialog").waitFor();
}
