import type { Page } from "playwright-core";
import { enterAs, said, visit } from "./room.ts";
import type { Words } from "./words.ts";

/** Jordi's till, with its shift open. */
export async function openTill(page: Page, say: Words): Promise<void> {
  await page.context().setOffline(false);
  await enterAs(page, /Jordi/);
  const open = page.getByRole("button", { name: said(say("till.open.open")) });
  const isOpen = page.getByRole("link", { name: say("till.strip.sell") });
  await open.or(isOpen).first().waitFor();
  if (await open.isVisible()) await open.click();
  await isOpen.waitFor();
}

export async function start(page: Page): Promise<void> {
  await visit(page, "/till/");
  await page.locator("main li button").first().waitFor();
}

/** Typed like a scanned code, because a SKU is the same in every language. */
export async function type(page: Page, sku: string): Promise<void> {
  await page.locator("main input[type=search]").fill(sku);
  await page.keyboard.press("Enter");
}

/** A ticket with one thing on it. */
export async function sell(page: Page, sku = "CAK-CAR"): Promise<void> {
  await start(page);
  await type(page, sku);
  await page.locator("output[data-settled]").getByText(/\d/).waitFor();
}

export async function pay(page: Page): Promise<void> {
  await visit(page, "/till/pay");
  await page.locator("h1").first().waitFor();
}

export async function payExact(page: Page, say: Words): Promise<void> {
  await pay(page);
  await page.getByRole("button", { name: said(say("till.pay.exact")) }).click();
  await page.getByRole("button", { name: say("till.paid.next") }).waitFor();
}

export async function openReceipt(page: Page, say: Words): Promise<void> {
  await page
    .getByRole("link", { name: say("till.paid.paper") })
    .or(page.getByRole("button", { name: say("till.paid.paper") }))
    .click();
}
