import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { annasOffice, RUN, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

const SKU = `SAME-${RUN.toUpperCase()}`;
const NAME = `Bobbin ${RUN}`;

/** Goods of this story alone on a price list of their own that holds everywhere; answers the list. */
async function makePricedGoods(office: Page): Promise<string> {
  await visit(office, "/office/catalog/new");
  await office.getByRole("textbox", { name: /^English/ }).fill(NAME);
  await office.getByRole("textbox", { name: "SKU" }).fill(SKU);
  await office.getByRole("button", { name: "Save" }).click();
  await office.waitForURL(/\/office\/catalog\/[0-9a-f-]{36}/);
  const terms = { name: `Bobbins ${RUN}`, currency: "EUR", taxIncluded: true, priority: 0 };
  const list = (await askInOffice(office, "POST", "/v1/price-lists", terms)) as { id: string }; // by the contract
  await askInOffice(office, "POST", `/v1/price-lists/${list.id}/prices`, { prices: [{ sku: SKU, unitPrice: { amount: 1200 } }] });
  return list.id;
}

/** The channel whose feed strangers read, which everybody may know. */
async function shopOf(office: Page): Promise<{ readonly id: string; readonly code: string }> {
  const { channels } = (await askInOffice(office, "GET", "/v1/channels")) as { channels: { id: string; code: string; kind: string }[] }; // by the contract
  const shop = channels.find(({ kind }) => kind === "web");
  if (!shop) throw new Error("the chain has no shop");
  return shop;
}

async function checkNow(office: Page, body: object): Promise<void> {
  const { id } = (await askInOffice(office, "POST", "/v1/parity/checks", body)) as { id: string }; // by the contract, as below
  await untilChecked(office, id);
}

async function untilChecked(office: Page, id: string): Promise<void> {
  await office.evaluate(async (one) => {
    for (;;) {
      const answer = await fetch(`/v1/parity/checks/${one}`, { headers: { "weft-session": "weft_office" } });
      if (((await answer.json()) as { state: string }).state === "done") return; // by the contract
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }, id);
}

story("a price that is changed in the office is late in the feed that others read, until the office has it made anew", async (stage) => {
  const office = await annasOffice(stage);
  const listId = await makePricedGoods(office);
  const { id: channelId, code } = await shopOf(office);
  const reader = await strangersPhone(stage);
  const priceInFeed = async (): Promise<string | undefined> => {
    const feed = await (await reader.request.get(`/v1/feeds/${code}/products.xml`)).text();
    return new RegExp(`<g:id>${SKU}</g:id>[\\s\\S]*?<g:price>([^<]*)</g:price>`).exec(feed)?.[1];
  };
  // Others may have read the feed a minute ago: then it does not know these goods yet.
  await reader.request.get(`/v1/feeds/${code}/products.xml`);
  await checkNow(office, { placeId: null, renewFeedsOf: channelId });
  assert.equal(await priceInFeed(), "12.00 EUR");

  await visit(office, `/office/price-lists?open=${listId}`);
  await office.getByRole("button", { name: "Change" }).click();
  await office.getByRole("textbox", { name: "Price" }).fill("14");
  await office.getByRole("button", { name: "Save" }).last().click();
  await office.getByText("€14.00").first().waitFor();

  await visit(office, `/office/same-everywhere?sku=${SKU}&attribute=price`);
  await office.getByText("No difference of this kind").waitFor();
  await office.getByRole("button", { name: "Check now" }).click();
  const late = office.getByRole("row", { name: new RegExp(`${SKU}.*Late.*Product feed`) }).first();
  await late.waitFor({ timeout: 120_000 });
  assert.match(await late.innerText(), /12\.00 EUR/);
  assert.match(await late.innerText(), /14\.00 EUR/);
  assert.equal(await priceInFeed(), "12.00 EUR");

  await late.getByRole("button", { name: "Make the feed anew" }).click();
  await late.waitFor({ state: "detached", timeout: 120_000 });
  await office.getByText("No difference of this kind").waitFor();
  assert.equal(await priceInFeed(), "14.00 EUR");
});
