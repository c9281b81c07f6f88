import { strict as assert } from "node:assert";
import type { Locator, Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { lyonsBoard } from "../lib/boards.ts";
import { annasOffice, chooseBellecour, claimAtTill, codeOnPhone, jordisTill, leasPhone, RUN, strangersPhone } from "../lib/people.ts";
import { story } from "../story.ts";

/** Time to open nothing and look at everything before it begins. */
const SOON_MS = 4000;
const LASTS_MS = 10_000;

type Goods = { readonly id: string; readonly name: { readonly en: string } };
type Found = { readonly items: readonly Goods[] };

async function bellecourOf(office: Page): Promise<string> {
  const { places } = (await askInOffice(office, "GET", "/v1/places")) as { places: { id: string; name: string }[] }; // by the contract, as below
  const found = places.find(({ name }) => name.includes("Bellecour"));
  if (!found) throw new Error("the chain has no store in Lyon");
  return found.id;
}

async function goodsNamed(office: Page, name: string): Promise<Goods> {
  const { items } = (await askInOffice(office, "GET", `/v1/products?query=${encodeURIComponent(name)}&limit=10`)) as Found;
  const found = items.find((one) => one.name.en === name);
  if (!found) throw new Error(`${name} is not found`);
  return found;
}

/** Sees that every screen looks as it should from a moment on, and not before. */
async function inTime(moment: Date, screens: Readonly<Record<string, Locator>>, state: "visible" | "hidden"): Promise<void> {
  const late = Object.entries(screens).map(async ([screen, look]) => {
    await look.first().waitFor({ state, timeout: moment.getTime() - Date.now() + 20_000 });
    return [screen, Date.now() - moment.getTime()] as const;
  });
  for (const [screen, ms] of await Promise.all(late)) assert.ok(ms >= 0, `${screen} is ${-ms} ms too early`);
}

story(
  "Promotions: a happy hour begins, and shop, till and wall show it at once; when it ends, they show the usual price",
  async (stage) => {
    const office = await annasOffice(stage);
    const placeId = await bellecourOf(office);
    const phone = await strangersPhone(stage);
    await chooseBellecour(phone);
    const till = await jordisTill(stage);
    const board = await lyonsBoard(stage, "/board/menu", `Menu ${RUN}`);
    const line = board.getByRole("listitem").first();
    await line.waitFor();
    const name = await line.locator("span").first().innerText();
    const { id } = await goodsNamed(office, name);
    // It begins again with its first page.
    await board.reload();
    await line.waitFor();

    const begins = new Date(Date.now() + SOON_MS);
    const ends = new Date(begins.getTime() + LASTS_MS);
    await askInOffice(office, "POST", "/v1/promotions", {
      name: { en: `Story hour ${RUN}` },
      benefit: { kind: "percentage", rate: { numerator: 50, denominator: 100 } },
      goods: { productIds: [id] },
      placeIds: [placeId],
      validFrom: begins.toISOString(),
      validTo: ends.toISOString(),
    });
    const screens = {
      shop: phone.getByRole("listitem").filter({ hasText: `Story hour ${RUN}` }),
      till: till.getByRole("button", { name: new RegExp(`^${name}`) }).filter({ has: till.locator("del") }),
      wall: board
        .getByRole("listitem")
        .filter({ hasText: name })
        .filter({ has: board.locator("del") }),
    };
    await inTime(begins, screens, "visible");
    // The wall turns its pages: what is gone from it may be on another one.
    await inTime(ends, { shop: screens.shop, till: screens.till }, "hidden");
  },
);

story(
  "Promotions: a code typed in the shop takes its promotion off there, and still does when the cart goes on at the till",
  async (stage) => {
    const office = await annasOffice(stage);
    const { id } = await goodsNamed(office, "House granola");
    const promotion = (await askInOffice(office, "POST", "/v1/promotions", {
      name: { en: `Granola for friends ${RUN}` },
      benefit: { kind: "fixed_price", money: { amount: 500, currency: "EUR" } },
      goods: { productIds: [id] },
      needsCode: true,
    })) as { id: string };
    const code = `FRIENDS-${RUN.toUpperCase()}`;
    await askInOffice(office, "POST", `/v1/promotions/${promotion.id}/codes`, { kind: "chosen", code });
    const phone = await strangersPhone(stage);
    await chooseBellecour(phone);
    await phone.goto("/shop/?q=House+granola");
    const card = phone.getByRole("listitem").filter({ hasText: "House granola" });
    await card.getByRole("button", { name: /^Add/ }).click();
    assert.equal(await card.locator("del").count(), 0, "what needs a code is nobody's price");
    await phone.getByRole("link", { name: /^Cart/ }).click();
    await phone.getByText("Have a discount code?").click();
    await phone.getByLabel("Code", { exact: true }).fill(code);
    await phone.getByRole("button", { name: "Apply" }).click();
    await phone.getByText(`Granola for friends ${RUN}`).first().waitFor();
    await phone.getByText("€5.00").first().waitFor();
    await phone.getByText("Why this price?").click();
    await phone
      .getByRole("definition")
      .filter({ hasText: `Granola for friends ${RUN}: −€2.90` })
      .waitFor();
    const till = await jordisTill(stage);
    await claimAtTill(till, await codeOnPhone(phone, "take"));
    await till.getByText(`Granola for friends ${RUN}`).first().waitFor();
    await till.getByRole("button", { name: /House granola/, expanded: false }).click();
    await till.getByRole("list", { name: "Why this price?" }).getByText("VAT included").waitFor();
    await till.getByRole("button", { name: /^Pay/ }).filter({ hasText: "€5.00" }).waitFor();
  },
);

story("Promotions: what members pay is told to everybody, and is the price of whoever is known as one", async (stage) => {
  const muffinOn = async (phone: Page): Promise<Locator> => {
    await chooseBellecour(phone);
    await phone.goto("/shop/?q=Blueberry+muffin");
    const card = phone.getByRole("listitem").filter({ hasText: "Blueberry muffin" }).first();
    await card.waitFor();
    return card;
  };
  const strangers = await muffinOn(await strangersPhone(stage));
  await strangers.getByText("for members").waitFor();
  assert.equal(await strangers.locator("del").count(), 0, "a stranger pays the price of everybody");
  const leas = await muffinOn(await leasPhone(stage));
  await leas.locator("del").waitFor();
  await leas.getByText("Members’ muffin").waitFor();
});
