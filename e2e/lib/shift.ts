import type { Page } from "playwright-core";

/** What stands in the drawer when a shift is opened, in minor units. */
export const FLOAT = 10_000;

/** Closes the shift, in which other stories may have sold, and opens one of the story's own. */
export async function freshShift(till: Page): Promise<void> {
  await till.getByRole("link", { name: /^Shift since/ }).click();
  await till.getByRole("button", { name: "Close with this count" }).click();
  const [done, open] = [till.getByRole("button", { name: "Done" }), till.getByRole("button", { name: /^Open with/ })];
  // A till that was opened within this second may still hear of that, and begins the next shift at once.
  await done.or(open).first().waitFor();
  if (await done.isVisible()) await done.click();
  await open.click();
  await till.getByRole("link", { name: "Sell" }).click();
  await till.getByRole("button", { name: "Find customer" }).waitFor();
}
