import type { Page } from "playwright-core";

/** Puts something on the ticket by its SKU, as a scanner types it. */
export async function typeAtTill(till: Page, sku: string): Promise<void> {
  await till.locator("main input[type=search]").fill(sku);
  await till.keyboard.press("Enter");
}

/** Sells a gift card of 25.00 for cash and answers its code, which stands on the paper. */
export async function sellGiftCard(till: Page): Promise<string> {
  await typeAtTill(till, "GIF-25");
  const sheet = till.getByRole("dialog", { name: "Gift card" });
  await sheet.getByText("€25", { exact: true }).click();
  await sheet.getByRole("button", { name: "Add €25.00" }).click();
  await till.getByRole("button", { name: /^Pay/ }).getByText("25.00").waitFor();
  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.getByRole("button", { name: /^Exact/ }).click();
  await till.getByRole("link", { name: /^Print the gift card/ }).click();
  const paper = till.getByRole("article").getByRole("region", { name: "Gift card of €25.00" });
  await paper.getByText(/^Valid until/).waitFor();
  return paper.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/).innerText();
}
