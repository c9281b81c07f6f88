import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { scan } from "../lib/scan.ts";
import { checkDigit } from "../../hub/src/modules/catalog/domain/gtin.ts";
import { asAnna } from "./offers.ts";
import { openSettings, pairDevices } from "./till-devices.ts";
import { start, type } from "./till-steps.ts";
import type { Words } from "./words.ts";

const SKU = "LOOSE-BEANS";
const PER_KILO = 2890;
const withCheck = (twelve: string): string => `${twelve}${checkDigit(twelve)}`;
/** What a scale would print for 450 g, and for 2.46. */
export const WEIGHT_LABEL = withCheck("210004200450");
export const PRICE_LABEL = withCheck("220004200246");

type Listed = { readonly items: readonly { readonly id: string; readonly currency: string }[] };

/** Beans by weight are in the catalog, with the codes of their labels. Once is enough. */
export async function sellByWeight(page: Page): Promise<void> {
  await asAnna(page, "POST", "/v1/demo-sessions", { persona: "anna" });
  const found = await asAnna<{ items: object[] }>(page, "GET", `/v1/office/products?query=${SKU}&limit=1`);
  if (found.items.length > 0) return;
  const { categories, taxClasses } = await asAnna<{ categories: { id: string; code: string }[]; taxClasses: string[] }>(
    page,
    "GET",
    "/v1/office/catalog",
  );
  const none = { en: "", fr: "", de: "", ca: "" };
  await asAnna(page, "PUT", `/v1/office/products/${randomUUID()}`, {
    slug: "loose-beans",
    name: { en: "House beans, loose", fr: "Grains maison en vrac", de: "Hausbohnen, lose", ca: "Grans de la casa a granel" },
    description: none,
    categoryId: (categories.find(({ code }) => code.includes("bean")) ?? categories[0])?.id,
    pictures: [],
    allergens: [],
    taxClass: taxClasses.find((one) => one.includes("food")) ?? taxClasses[0],
    prepSeconds: 0,
    unit: "gram",
    tracked: false,
    shippable: false,
    active: true,
    soldEverywhere: true,
    notOnChannelIds: [],
    variants: [{ id: randomUUID(), sku: SKU, name: none, barcodes: [withCheck("210004200000"), withCheck("220004200000")], active: true }],
    optionGroupIds: [],
  });
  const { items } = await asAnna<Listed>(page, "GET", "/v1/price-lists");
  const unitPrice = { amount: PER_KILO, perQuantity: 1000 };
  for (const { id } of items.filter(({ currency }) => currency === "EUR"))
    await asAnna(page, "POST", `/v1/price-lists/${id}/prices`, { prices: [{ sku: SKU, unitPrice }] });
}

/** The sheet that asks for a weight, where no scale is set up. */
export async function askForWeight(page: Page): Promise<void> {
  await sellByWeight(page);
  await start(page);
  await type(page, SKU);
  await page.getByRole("dialog").locator("output").waitFor();
}

/** The same with the scale of the demo, and what lies on it at rest. */
export async function weighOnScale(page: Page, say: Words): Promise<void> {
  await sellByWeight(page);
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
