import { strict as assert } from "node:assert";
import { askInOffice, openAllHours } from "../lib/api.ts";
import { annasOffice, chooseStore, clarasOffice, fillCartOnPhone, jordisTill, leasPhone, RUN, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story, type Stage } from "../story.ts";

/** A stranger orders for collection at a store; answers the number. */
async function orderForCollection(stage: Stage, store: string): Promise<string> {
  const phone = await strangersPhone(stage);
  await chooseStore(phone, store);
  await fillCartOnPhone(phone, "Butter croissant");
  await visit(phone, "/shop/checkout");
  await phone.getByLabel("Name", { exact: true }).fill("Odile");
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  const number = /W-\d+/.exec(await phone.getByText(/^Order W-\d+/).innerText())?.[0];
  assert.ok(number, "the order shows its number");
  return number;
}

story(
  "Today: an order of the phone is what must be done now, without touching the office's first page, and leads to itself",
  async (stage) => {
    const office = await annasOffice(stage);
    // Of a store that is closed by now an order is for tomorrow, and not on this page.
    const store = `Lyon All Hours ${RUN}`;
    const placeId = await openAllHours(office, store, { sku: "PAS-CRO", quantity: 10 });
    await office.goto("/office/"); // the office keeps the places that it has seen
    await office.getByRole("heading", { name: "Today" }).waitFor();
    const choice = office.getByLabel("Part of the chain");
    await choice.selectOption({ label: store });
    await office.waitForURL(/place=/);
    await office.getByRole("heading", { name: /^Sales on/ }).waitFor();
    const number = await orderForCollection(stage, store);
    const now = office.getByRole("list", { name: "What must I do now?" });
    await now.getByRole("link", { name: "1 order to prepare" }).waitFor();
    const row = office.getByRole("list", { name: "Collections" }).getByRole("link", { name: number });
    await row.waitFor();
    await now.getByRole("link", { name: "1 order to prepare" }).click();
    await office.waitForURL(/\/office\/orders\?.*open=/);
    await office.getByRole("complementary").getByText(number).first().waitFor();
    await askInOffice(office, "PATCH", `/v1/places/${placeId}`, { status: "closed" });
  },
);

story("Today: a till that is open says so, with who stands there, and its shifts are a tap away", async (stage) => {
  await jordisTill(stage);
  const office = await annasOffice(stage);
  const tills = office.getByRole("list", { name: "Tills" });
  await tills
    .getByText(/since \d\d:\d\d/)
    .first()
    .waitFor();
  await office.getByRole("link", { name: "All shifts" }).click();
  await office.getByRole("table", { name: "Tills" }).getByText("Lyon Bellecour").first().waitFor();
});

story("Office: an address is left alone with a reason, and lifted again with another", async (stage) => {
  const office = await clarasOffice(stage, "/office/terms");
  await office.getByRole("button", { name: "Leave an address alone" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel("Address or number").fill(`leave.me.${RUN}@example.com`);
  await dialog.getByLabel("Note").fill("Said so in a letter");
  await dialog.getByRole("button", { name: "Leave an address alone" }).click();
  await dialog.waitFor({ state: "detached" });
  const row = office.getByRole("row").filter({ hasText: "wants nothing" }).first();
  await row.getByText("Clara").waitFor();
  await row.getByRole("button", { name: "Lift" }).click();
  await dialog.getByLabel("Why").fill("They wrote again");
  await dialog.getByRole("button", { name: "Lift" }).click();
  await dialog.waitFor({ state: "detached" });
  await office.getByLabel("State").selectOption({ label: "Lifted" });
  await office.getByRole("row").filter({ hasText: "wants nothing" }).first().waitFor();
});

story("Office: labels of a store have its language and a code that opens the product at that store", async (stage) => {
  const office = await annasOffice(stage, "/office/labels");
  await office.getByLabel("Place").selectOption({ label: "Berlin Mitte" });
  const sheet = office.locator('main ul[lang="de"]');
  const link = (await sheet.getByRole("img").first().getAttribute("alt")) ?? "";
  assert.match(link, /\/01\/\d{14}\?store=/);
  const phone = await strangersPhone(stage);
  await phone.goto(new URL(link).pathname + new URL(link).search);
  await phone
    .getByText(/Berlin Mitte/)
    .first()
    .waitFor();
});

story("Office: what a customer said, with its wording, and who opened their file, stand on their page", async (stage) => {
  const phone = await leasPhone(stage);
  await phone.goto("/shop/me");
  const office = await clarasOffice(stage, "/office/customers?query=Fontaine");
  await office.getByRole("link", { name: /Léa/ }).first().click();
  await office.getByRole("button", { name: "What was said, and when" }).click();
  await office
    .getByText(/wording|Nothing was ever said/)
    .first()
    .waitFor();
  await office.getByRole("button", { name: "More actions" }).click();
  await office.getByRole("menuitem", { name: /opened/ }).click();
  await office.waitForURL(/\/office\/audit\?.*subject=/);
  await office.getByRole("table").getByText("Clara").first().waitFor();
});
