import type { Page } from "playwright-core";
import { payExact, sell, start, type } from "./till-steps.ts";
import type { Words } from "./words.ts";

const RECEIPT_NUMBER = /^[A-Z]+\d+-\d{6}$/;

/** A lower price by hand that a manager has to stand behind. */
export async function givePrice(page: Page, say: Words): Promise<void> {
  await sell(page);
  await page.locator("aside li button").first().click();
  await page
    .locator("aside")
    .getByRole("button", { name: say("till.price.open"), exact: true })
    .click();
  await page.locator("dialog fieldset button").nth(2).click();
  await page.getByRole("button", { name: say("till.price.reason.near_expiry") }).click();
  await page.getByLabel(say("till.unproven.pin")).waitFor();
}

/** Sold by the till itself, whatever the hub would have said, and away from it again once it has the hub's number, which is answered. */
async function soldBefore(page: Page, say: Words): Promise<string> {
  await sellAlone(page);
  await payExact(page, say);
  await page.context().setOffline(false);
  const number = await page.getByText(RECEIPT_NUMBER).first().innerText();
  await page.context().setOffline(true);
  return number;
}

/** A ticket with one thing on it, while the hub cannot be reached: priced at the till. */
export async function sellAlone(page: Page): Promise<void> {
  await start(page);
  // Only what the worker serves is there without a network.
  await page.evaluate("navigator.serviceWorker.ready.then(() => undefined)");
  await page.context().setOffline(true);
  await type(page, "CAK-CAR");
  await page.locator("output[data-settled]").getByText(/\d/).waitFor();
}

/** Sold and brought back without the hub. */
export async function bringBackAlone(page: Page, say: Words): Promise<void> {
  await bringAll(page, say, await soldBefore(page, say));
}

async function bringAll(page: Page, say: Words, number: string): Promise<void> {
  await page.getByRole("link", { name: say("till.strip.returns") }).click();
  await page.getByLabel(say("till.returns.number")).fill(number);
  await page.keyboard.press("Enter");
  await page.getByText(say("till.own_return.cash")).waitFor();
  await page.getByRole("button", { name: say("till.returns.all") }).click();
  await page.getByRole("combobox").first().waitFor();
}

/** Sold, and to be exchanged, without the hub, for what is on the ticket. */
export async function bringToExchange(page: Page, say: Words): Promise<void> {
  const number = await soldBefore(page, say);
  await sell(page);
  await type(page, "CAK-CAR");
  await page.locator("output[data-settled]").getByText(/\d/).waitFor();
  await bringAll(page, say, number);
  await page.locator("#exchange-title").waitFor();
}

/** Exchanged without the hub. */
export async function exchangeAlone(page: Page, say: Words): Promise<void> {
  await page.locator("#exchange-title ~ button").first().click();
  await page.getByText(say("till.exchange.done")).waitFor();
}

/** The same, on paper. */
export async function paperAlone(page: Page, say: Words): Promise<void> {
  await page.getByRole("link", { name: say("till.paid.paper") }).click();
  await page.getByText(say("till.exchange.difference")).waitFor();
}

/** Brought back weeks later: a manager has to stand behind it. */
export async function bringBackLate(page: Page, say: Words): Promise<void> {
  await bringBackAlone(page, say);
  await page.clock.setSystemTime(Date.now() + 60 * 86_400_000);
  await page.getByRole("combobox").first().selectOption({ index: 1 });
  await page.getByLabel(say("till.own_return.late_reason")).waitFor();
}

/** Given back without the hub. */
export async function giveBackAlone(page: Page, say: Words): Promise<void> {
  await page.locator("section button").last().click();
  await page.getByText(say("till.returns.hand_over")).waitFor();
}
