import type { Page } from "playwright-core";

/** What stands in the drawer when a shift is opened, in minor units. */
export const FLOAT = 10_000;

/** Closes the shift, in which other stories may have sold, and opens one of the story's own. */
export async function freshShift(till: Page): Promise<void> {
  await till.getByRole("link", { name: /^Shift since/ }).click();
  await till.getByRole("button", { name: "Close with this count" }).click();
  await till.getByRole("button", { name: "Done" }).click();
  await till.getByRole("button", { name: /^Open with/ }).click();
  await till.getByRole("link", { name: "Sell" }).click();
  await till.getByRole("button", { name: "Find customer" }).waitFor();
}
