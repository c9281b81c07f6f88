import type { Page } from "playwright-core";
import { scan } from "../lib/scan.ts";
import { checkDigit } from "../../hub/src/modules/catalog/domain/gtin.ts";
import { openSettings, pairDevices } from "./till-devices.ts";
import { start, type } from "./till-steps.ts";
import type { Words } from "./words.ts";

/** Of the demo. */
const SKU = "LOOSE-BEANS";
const withCheck = (twelve: string): string => `${twelve}${checkDigit(twelve)}`;
/** What a scale would print for 450 g, and for 2.46. */
export const WEIGHT_LABEL = withCheck("210004200450");
export const PRICE_LABEL = withCheck("220004200246");

/** The sheet that asks for a weight, where no scale is set up. */
export async function askForWeight(page: Page): Promise<void> {
  await start(page);
  await type(page, SKU);
  await page.getByRole("dialog").locator("output").waitFor();
}

/** The same with the scale of the demo, and what lies on it at rest. */
export async function weighOnScale(page: Page, say: Words): Promise<void> {
  await openSettings(page, say);
  await pairDevices(page, say);
  await page.getByLabel(say("till.weigh.own")).selectOption({ index: 1 });
  await page.keyboard.press("Escape");
  await askForWeight(page);
  await page.getByText(say("till.weigh.stable")).waitFor();
}

/** What was weighed, and what two labels say, each a line of its own. */
export async function weighed(page: Page): Promise<void> {
  await page.getByRole("dialog").locator("footer button").click();
  for (const label of [WEIGHT_LABEL, PRICE_LABEL]) await scan(page, label);
  await page.locator("output[data-settled]").getByText(/\d/).waitFor();
}
