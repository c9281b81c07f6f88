import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { annasOffice, clarasOffice, jordisTill, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { story } from "../story.ts";

const DEMO_PASSWORD = "trama-demo-2026";

story("Office: Ctrl-K and a part of a name lead from any page to the customer and everything that happened", async (stage) => {
  const office = await annasOffice(stage);
  await office.goto("/office/stock");
  await findAnything(office, "Fontaine", /Léa Fontaine/);
  await office.getByRole("heading", { name: "Léa Fontaine" }).waitFor();
  await office
    .getByText(/Bought in the store|Ordered/)
    .first()
    .waitFor();
});

story("Office: two people are merged with a reason, and undone they are as they were", async (stage) => {
  const first = await strangersPhone(stage, "first-phone");
  await signInOnPhone(stage, first, "greta.holm@example.com", "Greta");
  const second = await strangersPhone(stage, "second-phone");
  await signInOnPhone(stage, second, "greta.holm.work@example.com", "Margareta");
  const office = await annasOffice(stage);
  await findAnything(office, "greta.holm@example.com", /Greta/);
  await office.getByRole("heading", { name: "Greta" }).waitFor();
  const before = await office.locator("main").getByText("greta.holm.work@example.com").count();
  await office.getByRole("button", { name: "Merge" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel("The other customer").first().fill("greta.holm.work@example.com");
  await dialog.getByRole("radio", { name: /Margareta/ }).check();
  await dialog.getByLabel("Reason").fill("She says so at the counter");
  await dialog.getByRole("button", { name: "Merge them" }).click();
  await office.locator("main").getByText("greta.holm.work@example.com").first().waitFor();
  await office.getByRole("button", { name: "Undo", exact: true }).click();
  await office.locator("main").getByText("greta.holm.work@example.com").first().waitFor({ state: "detached" });
  assert.equal(before, 0);
});

story("Office: what is switched to sold out is sold out on a phone that looks at the menu, without touching it", async (stage) => {
  const phone = await strangersPhone(stage);
  await phone.goto("/shop/");
  await phone.getByRole("button", { name: /Your store\?|Change/ }).click();
  await phone
    .getByRole("dialog")
    .getByRole("button", { name: /Bellecour/ })
    .click();
  await phone.goto("/shop/p/cinnamon-roll");
  await phone.getByRole("button", { name: /^Add · / }).waitFor();
  const office = await annasOffice(stage);
  await office.goto("/office/catalog?query=cinnamon");
  await office
    .getByRole("link", { name: /Cinnamon roll/i })
    .first()
    .click();
  await office.locator("aside select").first().selectOption({ label: "Lyon Bellecour" });
  const soldOut = office.locator("aside").getByRole("switch", { name: "Sold out" }).first();
  await soldOut.click({ force: true });
  await phone.getByText("Sold out").first().waitFor();
  await soldOut.click({ force: true });
  await phone.getByText("Sold out").first().waitFor({ state: "detached" });
});

story("Office: goods are booked in with a reason, stand in the movements, and are taken back by the opposite booking", async (stage) => {
  const office = await annasOffice(stage);
  await office.goto("/office/stock?query=woven");
  await office.locator("main").getByRole("link").first().click();
  const beside = office.locator("aside").last();
  await beside.getByLabel("Units", { exact: true }).fill("7");
  await beside.getByLabel("Reason").fill("Delivery of the morning");
  await beside.getByRole("button", { name: "Book", exact: true }).click();
  await beside.getByText("Delivery of the morning").first().waitFor();
  await office.getByRole("button", { name: "Undo", exact: true }).click();
  await beside.getByText("Undone right after booking").first().waitFor();
});

story("Office: what a group sets is seen at its stores as coming from there, and a day of its own closes one store", async (stage) => {
  const office = await annasOffice(stage);
  await office.goto("/office/stores");
  await office.getByRole("link", { name: "France" }).first().click();
  const holds = office.locator("aside").getByLabel(/Carts hold units for/);
  await holds.fill("17");
  await holds.press("Enter");
  await office.getByText("Saved.").first().waitFor();
  await office
    .locator("main")
    .getByRole("link", { name: /Lyon Bellecour/ })
    .first()
    .click();
  const row = office.locator("aside li").filter({ hasText: "Carts hold units for" });
  await row.getByText("France").waitFor();
  assert.equal(await row.getByRole("spinbutton").inputValue(), "17");
  await office.locator("aside").getByLabel("Date").fill("2030-12-24");
  await office.locator("aside").getByLabel("Why").fill("Inventory");
  await office.locator("aside").getByRole("button", { name: "Add", exact: true }).click();
  await office.locator("aside").getByText("Inventory").first().waitFor();
});

story("Office: the owner adds a channel, makes it a key that is shown once, and revokes it", async (stage) => {
  const office = await clarasOffice(stage);
  await office.goto("/office/channels");
  await office.getByRole("button", { name: "Add a channel" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Market stall site");
  await dialog.getByLabel("Code").fill("market-stall");
  await dialog.getByRole("button", { name: "Add a channel" }).click();
  const beside = office.locator("aside").last();
  await beside.getByText("No key yet.").waitFor();
  await beside.getByRole("button", { name: "New publishable key" }).click();
  const value = await beside.getByRole("status").locator("code").innerText();
  assert.equal(await statusWith(office, value), 200);
  await beside.getByRole("button", { name: "Revoke" }).first().click();
  await office.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await beside.getByText("No key yet.").waitFor();
  assert.equal(await statusWith(office, value), 401);
});

story("Office: a new cashier gets a role, a store and a PIN, and signs in with it at that store's till", async (stage) => {
  const office = await clarasOffice(stage);
  await office.goto("/office/staff?open=new");
  const beside = office.locator("aside").last();
  await beside.getByLabel("Name").fill("Aina Roca");
  await beside.getByLabel("E-mail").fill("aina.roca@trama.example");
  await choose(beside.getByLabel("Roles").first(), office, "Cashier");
  await choose(beside.getByLabel("Places").first(), office, "Lyon Bellecour");
  await beside.getByRole("textbox", { name: "Password" }).fill(DEMO_PASSWORD);
  await beside.getByRole("textbox", { name: "PIN at the till" }).fill("730184");
  await beside.getByRole("button", { name: "Add staff" }).click();
  await office.getByText("Saved.").first().waitFor();
  const till = await jordisTill(stage);
  await till.getByRole("button", { name: /^Change person/ }).click();
  await till.keyboard.type("730184");
  await till.keyboard.press("Enter");
  await till.getByRole("button", { name: /Aina/ }).waitFor();
});

story("Office: what came in broken waits in quarantine, is mended on the screen and understood", async (stage) => {
  const phone = await strangersPhone(stage);
  await phone.goto("/shop/");
  const config = await phone.request.get("/v1/apps/shop");
  const { publishableKey } = (await config.json()) as { publishableKey: string }; // as the contract says
  const sent = await phone.request.post("/v1/track", {
    headers: { authorization: `Basic ${Buffer.from(`${publishableKey}:`).toString("base64")}` },
    data: { type: "track", anonymousId: "story-visitor", properties: { note: "from the story" } },
  });
  assert.ok(sent.ok(), `the intake answers ${sent.status()}`);
  const office = await annasOffice(stage);
  await office.goto("/office/quarantine");
  await office
    .getByRole("link", { name: /The event has no name/ })
    .first()
    .click();
  const raw = office.getByLabel("As it came");
  const item = JSON.parse(await raw.inputValue()) as Record<string, unknown>; // what was sent above
  await raw.fill(JSON.stringify({ ...item, event: "Menu Opened" }));
  await office.getByRole("button", { name: "Process as mended" }).click();
  await office.getByText("Understood now.").waitFor();
});

story("Office: health holds the data against what must always be true, on a tap", async (stage) => {
  const office = await annasOffice(stage);
  await office.goto("/office/health");
  await office.getByRole("button", { name: "Check now" }).click();
  await office.getByText(/^All \d+ hold\.$/).waitFor({ timeout: 60_000 });
});

story("Office: the page of the first owner refuses a link that is used up, and says where a new one comes from", async (stage) => {
  const desk = await stage.device("desk");
  await desk.goto("/office/owner?token=used-up");
  await desk.getByLabel("Your name").fill("Mallory");
  await desk.getByLabel("E-mail").fill("mallory@example.com");
  await desk.getByRole("textbox", { name: "Password" }).fill("long enough to try");
  await desk.getByRole("button", { name: "Become the owner" }).click();
  await desk.getByText("This link is used up or not valid.").waitFor();
});

/** Ctrl-K, what is looked for, and the row that is meant. */
async function findAnything(office: Page, typed: string, row: RegExp): Promise<void> {
  await office.locator("h1").first().waitFor();
  await office.keyboard.press("Control+k");
  await office.getByPlaceholder("Customer, order, product, page").fill(typed);
  await office.getByRole("button", { name: row }).first().click();
}

/** Chooses one of a field that takes several. */
async function choose(field: ReturnType<Page["getByRole"]>, office: Page, option: string): Promise<void> {
  // The field itself lies under the chosen values, which take the click for it.
  await field.click({ force: true });
  await office.getByRole("option", { name: option, exact: true }).click();
  await office.keyboard.press("Escape");
}

async function statusWith(office: Page, key: string): Promise<number> {
  const answer = await office.request.get("/v1/products?limit=1", { headers: { authorization: `Bearer ${key}` } });
  return answer.status();
}
