import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { annasOffice, RUN, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

const NAME = `Weaver's tray ${RUN}`;
const SKU = `TRAY-${RUN.toUpperCase()}`;

/** Says the least of a product that it needs, with a picture, and saves it. */
async function makeProduct(office: Page): Promise<void> {
  await visit(office, "/office/catalog/new");
  await office.getByRole("textbox", { name: /^English/ }).fill(NAME);
  await office.getByRole("textbox", { name: /^Deutsch/ }).fill(`Webertablett ${RUN}`);
  await office.getByRole("textbox", { name: "SKU" }).fill(SKU);
  await office
    .locator("input[type=file]")
    .setInputFiles({ name: "tray.jpg", mimeType: "image/jpeg", buffer: await office.screenshot({ type: "jpeg" }) });
  await office
    .getByRole("textbox", { name: /^What it shows/ })
    .first()
    .fill("A black tray");
  await office.getByRole("button", { name: "Save" }).click();
  await office.waitForURL(/\/office\/catalog\/[0-9a-f-]{36}/);
  await office.getByRole("heading", { level: 1, name: NAME }).waitFor();
}

story(
  "a product made in the office is found in the shop at once, in every language, with its picture, and by whoever reads no script",
  async (stage) => {
    const office = await annasOffice(stage);
    await makeProduct(office);
    const id = /[0-9a-f-]{36}/.exec(office.url())?.[0] ?? "";
    const entry = (await askInOffice(office, "GET", `/v1/office/products/${id}`)) as { version: number; product: { slug: string } }; // by the contract
    assert.equal(entry.version, 1);

    const phone = await strangersPhone(stage);
    await phone.goto(`/shop/?q=webertablett+${RUN}`);
    await phone.getByRole("link", { name: new RegExp(NAME) }).waitFor();
    const page = await (await phone.request.get(`/shop/p/${entry.product.slug}`)).text();
    assert.match(page, /"@type":"Product"/);
    assert.ok(page.includes(NAME), "the page names the product without a script");
    const [, preview = ""] = /property="og:image" content="([^"]+)"/.exec(page) ?? [];
    assert.equal((await phone.request.get(new URL(preview).pathname)).headers()["content-type"], "image/jpeg");
    await phone.goto(`/shop/p/${entry.product.slug}`);
    await phone.getByRole("img", { name: "A black tray" }).and(phone.locator("[src$='/medium.webp']")).waitFor();

    // Another keeper saves first: who comes later is told, and nothing of the first is lost.
    const other = await annasOffice(stage, `/office/catalog/${id}`);
    await other.getByRole("textbox", { name: /^English/ }).fill(`${NAME} large`);
    await office.getByRole("textbox", { name: /^English/ }).fill(`${NAME} small`);
    await other.getByRole("button", { name: "Save" }).click();
    await other.getByRole("heading", { level: 1, name: `${NAME} large` }).waitFor();
    await office.getByRole("button", { name: "Save" }).click();
    await office.getByText("Somebody has changed this meanwhile").first().waitFor();
    await office.getByRole("button", { name: "Show what is there now" }).click();
    await office.getByRole("heading", { level: 1, name: `${NAME} large` }).waitFor();
  },
);
