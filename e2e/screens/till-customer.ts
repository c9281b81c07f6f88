import type { Page } from "playwright-core";
import { sell, start } from "./till-steps.ts";
import type { Words } from "./words.ts";

export async function findCustomer(page: Page, say: Words): Promise<void> {
  await start(page);
  await page.getByRole("button", { name: say("till.customer.find") }).click();
  await page.getByLabel(say("till.customer.search")).fill("Fontaine");
  await page.getByRole("button", { name: /Léa/ }).first().waitFor();
}

export async function newCustomer(page: Page, say: Words): Promise<void> {
  await start(page);
  await page.getByRole("button", { name: say("till.customer.find") }).click();
  await page.getByRole("button", { name: say("till.customer.new") }).click();
  await page.getByLabel(say("till.customer.given_name")).waitFor();
}

export async function proveNewCustomer(page: Page, say: Words): Promise<void> {
  await newCustomer(page, say);
  await page.getByLabel(say("till.customer.given_name")).fill("Maximiliane-Alexandrina");
  await page.getByLabel(say("till.customer.contact")).fill("maximiliane@example.com");
  await page.getByRole("button", { name: say("till.customer.create") }).click();
  await page.getByLabel(say("till.customer.code")).waitFor();
}

export async function openLea(page: Page, say: Words): Promise<void> {
  await leaveCustomer(page, say);
  await findCustomer(page, say);
  await page.getByRole("button", { name: /Léa/ }).first().click();
  await page.getByRole("button", { name: say("till.customer.leave") }).waitFor();
}

/** What is opened from the line of the customer on the ticket. */
export async function besideLea(page: Page, say: Words, what: string): Promise<void> {
  await openLea(page, say);
  await page.getByRole("button", { name: say(what) }).click();
  await page.getByRole("dialog").getByRole("button").nth(2).waitFor();
}

export async function openBookings(page: Page, say: Words): Promise<void> {
  await openLea(page, say);
  await page.getByRole("button", { name: say("till.bookings.open") }).click();
  await page.getByRole("button", { name: say("till.bookings.book") }).waitFor();
}

/** Léa's ticket, about to be proposed to her. */
export async function openProposal(page: Page, say: Words): Promise<void> {
  await openLea(page, say);
  await page
    .getByRole("button", { name: /Carrot cake|Karottenkuchen/ })
    .first()
    .click();
  await page.getByRole("button", { name: /^Propose this ticket|^Bon vorschlagen/ }).click();
  await page.getByLabel(say("till.proposal.note")).waitFor();
}

/** What is known of Léa and what to suggest, with something on the ticket. */
export async function openAdvice(page: Page, say: Words): Promise<void> {
  await sell(page);
  await openLea(page, say);
  await page.getByRole("button", { name: say("till.advice.open", { name: "Léa F." }) }).click();
  await page.locator("main section section").first().waitFor();
}

export async function searchAdvised(page: Page, say: Words): Promise<void> {
  await page.locator("main input[type=search]").fill("Ordit");
  await page.getByRole("region", { name: say("till.advice.found") }).waitFor();
}

async function leaveCustomer(page: Page, say: Words): Promise<void> {
  await start(page);
  const leave = page.getByRole("button", { name: say("till.customer.leave") });
  if (await leave.isVisible()) await leave.click();
}
