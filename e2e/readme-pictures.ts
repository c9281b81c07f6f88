// node e2e/readme-pictures.ts [WORD…]: takes the pictures of the README again, into docs/pictures: the film strip of the tour, one picture of
// its second scene per link level; and one of each app in use. `--url URL` for a hub of the demo that runs already.
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { startBrowser } from "./browser.ts";
import { startHubs } from "./hubs.ts";
import { play, visit, type Level } from "./lib/tour.ts";
import { VIEWPORTS } from "./story.ts";

const FOLDER = join(import.meta.dirname, "../docs/pictures");
const TAPS: Readonly<Record<Level, number>> = { Multi: 3, Cross: 3, Omni: 4 };
/** The measure follows by half a second, and what changed has glowed. */
const CALM_MS = 3000;
const PATIENCE_MS = 30_000;
/** As high as the till beside it. */
const PHONE = { width: 390, height: 780 };

type Picture = { readonly name: string; readonly size: { width: number; height: number }; readonly open: (page: Page) => Promise<unknown> };

const PICTURES: readonly Picture[] = [
  ...(["Multi", "Cross", "Omni"] as const).map((level) => ({
    name: `tour-${level.toLowerCase()}`,
    size: { width: 1280, height: 730 },
    open: async (page: Page) => {
      await visit(page, level);
      await play(page, /2 · Cart/, TAPS[level]);
      await page.locator("li[data-state=carried], li[data-state=lost]").first().waitFor();
    },
  })),
  { name: "shop", size: PHONE, open: (page) => enter(page, /Léa/, "/shop/") },
  { name: "hand-over", size: PHONE, open: offerHandOver },
  { name: "till", size: VIEWPORTS.till, open: takeOver },
  { name: "office", size: VIEWPORTS.desk, open: openCustomer },
];

const { values, positionals } = parseArgs({ options: { url: { type: "string" } }, allowPositionals: true });
const hubs = values.url === undefined ? await startHubs(1) : { urls: [values.url], stop: async () => {} };
const browser = await startBrowser();
try {
  for (const picture of PICTURES)
    if (positionals.length === 0 || positionals.some((word) => picture.name.includes(word))) await take(browser, picture);
} finally {
  await browser.close();
  await hubs.stop();
}

async function take(on: Browser, { name, size, open }: Picture): Promise<void> {
  const context = await on.newContext({ baseURL: hubs.urls[0] ?? "", locale: "en", viewport: size, reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  await open(page);
  await page.waitForTimeout(CALM_MS);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), scale: "css", animations: "disabled" });
  await context.close();
  console.log(name);
}

async function enter(page: Page, person: RegExp, path: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: person }).click();
  await page.waitForURL(/\/(shop|till|office)\//);
  await page.goto(path);
  await page.locator("h1").first().waitFor();
}

/** Léa's cart with a coffee and something with it. */
async function fillCart(page: Page): Promise<void> {
  await enter(page, /Léa/, "/shop/");
  for (const product of ["flat-white", "butter-croissant"]) {
    await page.goto(`/shop/p/${product}`);
    const added = page.waitForResponse(
      (answer) => answer.request().method() === "POST" && answer.url().includes("/v1/carts") && answer.ok(),
    );
    await page.getByRole("button", { name: /^Add · / }).click();
    await added;
  }
}

async function offerHandOver(page: Page): Promise<void> {
  await fillCart(page);
  await page.goto("/shop/cart");
  await page.getByRole("button", { name: /^Continue at the till/ }).click();
  await page.getByRole("img", { name: /code/i }).waitFor();
}

/** Jordi has found her, and takes over what she began on the phone. */
async function takeOver(page: Page): Promise<void> {
  await fillCart(page);
  await enter(page, /Jordi/, "/till/");
  const open = page.getByRole("button", { name: /^Open with/ });
  const find = page.getByRole("button", { name: "Find customer" });
  await open.or(find).first().waitFor();
  if (await open.isVisible()) await open.click();
  await find.click();
  await page.getByLabel(/Card, phone, e-mail or name/).fill("Fontaine");
  await page.getByRole("button", { name: /Léa/ }).first().click();
  await page.locator('[data-tour="take-over"]').click();
  await page.getByText("Butter croissant").nth(1).waitFor();
}

async function openCustomer(page: Page): Promise<void> {
  await enter(page, /Anna/, "/office/customers?query=Fontaine");
  await page.getByRole("link", { name: /Léa/ }).first().click();
  await page.waitForURL(/\/office\/customers\/./);
  await page.getByRole("heading", { name: /Léa/ }).first().waitFor();
}
