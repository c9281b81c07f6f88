import type { Page } from "playwright-core";
import { storeSays } from "./house.ts";
import { said, visit } from "./room.ts";
import { payExact, sell, type } from "./till-steps.ts";
import type { Words } from "./words.ts";

/** Goods without any proof, where the store takes them back. */
export async function takeUnproven(page: Page, say: Words): Promise<void> {
  await storeSays(page, { unprovenMost: 5000 });
  await page.goto("/till/returns");
  await page.getByRole("button", { name: say("till.unproven.start") }).click();
  await page
    .getByText(say("till.unproven.nobody"))
    .or(page.getByText(say("till.unproven.scan")))
    .first()
    .waitFor();
}

const RECEIPT_NUMBER = /^[A-Z]+\d+-\d{6}$/;

/** What was just paid comes back, all of it. */
export async function bringBack(page: Page, say: Words): Promise<void> {
  await sell(page);
  await payExact(page, say);
  // The sale is paid before the hub has numbered it.
  await bringAll(page, say, await page.getByText(RECEIPT_NUMBER).first().innerText());
}

/** The same, and more than that is on the ticket to go out for it: its difference is paid in cash or by a card. */
export async function exchangeForMore(page: Page, say: Words): Promise<void> {
  await sell(page);
  await payExact(page, say);
  const number = await page.getByText(RECEIPT_NUMBER).first().innerText();
  await sell(page);
  await type(page, "CAK-CAR");
  await page.locator("output[data-settled]").getByText(/\d/).waitFor();
  await bringAll(page, say, number);
  await page.getByRole("button", { name: said(say("till.pay.card_pay")) }).waitFor();
}

async function bringAll(page: Page, say: Words, number: string): Promise<void> {
  await visit(page, "/till/returns");
  await page.getByLabel(say("till.returns.number")).fill(number);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: say("till.returns.all") }).click();
  await page.getByRole("combobox").first().waitFor();
}

export async function giveBack(page: Page, say: Words): Promise<void> {
  await bringBack(page, say);
  await page.locator("section button").last().click();
  await page.getByText(say("till.returns.hand_over")).waitFor();
}

export async function openReturnPaper(page: Page, say: Words): Promise<void> {
  await giveBack(page, say);
  await page.getByRole("link", { name: say("till.paid.paper") }).click();
  await page.getByRole("article").waitFor();
}
