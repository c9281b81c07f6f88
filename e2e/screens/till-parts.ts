import type { Page } from "playwright-core";
import { said } from "./room.ts";
import { pay, sell } from "./till-steps.ts";
import type { Words } from "./words.ts";

/** What of a ticket is paid now. */
export async function openSplit(page: Page, say: Words): Promise<void> {
  await sell(page);
  await pay(page);
  await page.getByRole("button", { name: say("till.split.open_it") }).click();
  await page.getByRole("heading", { name: say("till.split.title") }).waitFor();
}

/** Two of three people have paid: one in cash, with change, and one by card. */
export async function payParts(page: Page, say: Words): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: /^3/ }).click();
  await page.getByRole("button", { name: said(say("till.pay.exact")) }).waitFor();
  await page
    .getByRole("region", { name: say("till.pay.cash"), exact: true })
    .getByRole("button")
    .nth(1)
    .click();
  await page
    .getByRole("region", { name: say("till.pay.card"), exact: true })
    .getByRole("button")
    .first()
    .click();
  // Charged at once where a terminal stands beside the till, else with the last payment.
  await page
    .getByRole("region", { name: say("till.parts.taken") })
    .getByRole("listitem")
    .nth(1)
    .waitFor();
}
