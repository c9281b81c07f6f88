import { strict as assert } from "node:assert";
import type { Locator, Page } from "playwright-core";
import {
  annasOffice,
  clarasOffice,
  staffsOffice,
  jordisTill,
  RUN,
  RUN_DIGITS,
  signInOnPhone,
  strangersPhone,
  chooseBellecour,
} from "../lib/people.ts";
import { startNewHub } from "../hubs.ts";
import { story } from "../story.ts";

const DEMO_PASSWORD = "trama-demo-2026";
const GRETA = `greta.${RUN}@example.com`;
const GRETA_AT_WORK = `greta.work.${RUN}@example.com`;

story("Office: Ctrl-K and a part of a name lead from any page to the customer and everything that happened", async (stage) => {
  const office = await annasOffice(stage, "/office/stock");
  await findAnything(office, "Fontaine", /Léa Fontaine/);
  await office.getByRole("heading", { name: "Léa Fontaine" }).waitFor();
  const told = office.getByRole("main").locator("ol > li");
  await told
    .filter({ hasText: /Bought in the store|Ordered/ })
    .first()
    .waitFor();
});

story("Office: two people are merged with a reason, and undone they are as they were", async (stage) => {
  const first = await strangersPhone(stage, "first-phone");
  await signInOnPhone(stage, first, GRETA, "Greta");
  const second = await strangersPhone(stage, "second-phone");
  await signInOnPhone(stage, second, GRETA_AT_WORK, "Margareta");
  const office = await annasOffice(stage);
  await findAnything(office, GRETA, /Greta/);
  await office.getByRole("heading", { name: "Greta" }).waitFor();
  const before = await office.locator("main").getByText(GRETA_AT_WORK).count();
  await office.getByRole("button", { name: "Merge" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel("The other customer").first().fill(GRETA_AT_WORK);
  await dialog.getByRole("radio", { name: /Margareta/ }).check();
  await dialog.getByLabel("Reason").fill("She says so at the counter");
  await dialog.getByRole("button", { name: "Merge them" }).click();
  await office.locator("main").getByText(GRETA_AT_WORK).first().waitFor();
  await office.getByRole("button", { name: "Undo", exact: true }).click();
  await office.locator("main").getByText(GRETA_AT_WORK).first().waitFor({ state: "detached" });
  assert.equal(before, 0);
});

story("Office: two customers who are said to be different people cannot be merged any more", async (stage) => {
  const [one, other] = [`ottilie.${RUN}@example.com`, `ottilie.work.${RUN}@example.com`];
  for (const email of [one, other]) await signInOnPhone(stage, await strangersPhone(stage, email), email, "Ottilie");
  const office = await annasOffice(stage);
  await findAnything(office, one, /Ottilie/);
  await office.getByRole("heading", { name: "Ottilie" }).waitFor();
  const dialog = office.getByRole("dialog");
  const sayAbout = async (reason: string): Promise<void> => {
    await dialog.getByLabel("The other customer").first().fill(other);
    await dialog.getByRole("radio", { name: /Ottilie/ }).check();
    await dialog.getByLabel("Reason").fill(reason);
  };
  await office.getByRole("button", { name: "More actions" }).click();
  await office.getByRole("menuitem", { name: "Not the same person as…" }).click();
  await sayAbout("Mother and daughter");
  await dialog.getByRole("button", { name: "They are different people" }).click();
  await office.getByText("Noted: they stay apart.").waitFor();
  await office.getByRole("button", { name: "Merge", exact: true }).click();
  await sayAbout("They look alike");
  await dialog.getByRole("button", { name: "Merge them" }).click();
  await dialog
    .getByRole("alert")
    .filter({ hasText: /different/ })
    .waitFor();
});

story("Office: what is switched to sold out is sold out on a phone that looks at the menu, without touching it", async (stage) => {
  const office = await annasOffice(stage, "/office/catalog?query=cinnamon");
  await office
    .getByRole("link", { name: /Cinnamon roll/i })
    .first()
    .click();
  await office.locator("aside select").first().selectOption({ label: "Lyon Bellecour" });
  const soldOut = office.locator("aside").getByRole("switch", { name: "Sold out" }).first();
  await soldOut.waitFor();
  if (await soldOut.isChecked()) await soldOut.click({ force: true });
  const phone = await strangersPhone(stage);
  await chooseBellecour(phone);
  await phone.goto("/shop/p/cinnamon-roll");
  await phone.getByRole("button", { name: /^Add · / }).waitFor();
  await soldOut.click({ force: true });
  await phone.getByText("Sold out").first().waitFor();
  await soldOut.click({ force: true });
  await phone.getByText("Sold out").first().waitFor({ state: "detached" });
});

story("Office: goods are booked in with a reason, stand in the movements, and are taken back by the opposite booking", async (stage) => {
  const office = await annasOffice(stage, "/office/stock?query=woven");
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
  const office = await annasOffice(stage, "/office/stores");
  await office.getByRole("link", { name: "France" }).first().click();
  const holds = office.locator("aside").getByLabel(/Carts hold units for/);
  const minutes = (await holds.inputValue()) === "17" ? "18" : "17";
  await holds.fill(minutes);
  await holds.press("Enter");
  await office.getByText("Saved.").first().waitFor();
  await office
    .locator("main")
    .getByRole("link", { name: /Lyon Bellecour/ })
    .first()
    .click();
  const row = office.locator("aside li").filter({ hasText: "Carts hold units for" });
  await row.getByText("France").waitFor();
  assert.equal(await row.getByRole("spinbutton").inputValue(), minutes);
  await office.locator("aside").getByLabel("Date").fill(dayOfRun());
  await office.locator("aside").getByLabel("Why").fill(`Inventory ${RUN}`);
  await office.locator("aside").getByRole("button", { name: "Add", exact: true }).click();
  await office.locator("aside").getByText(`Inventory ${RUN}`).first().waitFor();
});

story(
  "Office: a new store stands in the tree, gets its hours, is found by customers, and is gone when it is closed for good",
  async (stage) => {
    const name = `Nice Port ${RUN}`;
    const office = await annasOffice(stage, "/office/stores");
    await office.getByRole("button", { name: "Add a group" }).click();
    const dialog = office.getByRole("dialog");
    await dialog.getByLabel("Name").fill(`Riviera ${RUN}`);
    await dialog.getByLabel("Code").fill(`riviera-${RUN}`);
    await dialog.getByRole("button", { name: "Add a group" }).click();
    await dialog.waitFor({ state: "detached" });
    await office.getByRole("button", { name: "Add a place" }).click();
    const typed = {
      Name: name,
      Code: `nice-${RUN}`,
      "Street and number": "Quai Lunel 3",
      Postcode: "06300",
      City: "Nice",
      "Country (two letters)": "fr",
      Latitude: "43,69",
      Longitude: "7.28",
    };
    for (const [label, text] of Object.entries(typed)) await dialog.getByRole("textbox", { name: label, exact: true }).fill(text);
    await dialog.getByRole("combobox", { name: "Group" }).selectOption({ label: `Riviera ${RUN}` });
    await dialog.getByRole("button", { name: "Add a place" }).click();
    const beside = office.locator("aside").last();
    await beside.getByRole("heading", { name }).waitFor();
    await beside.getByRole("button", { name: /^Monday: add hours/ }).click();
    await beside.getByRole("button", { name: "Save hours" }).click();
    await office.getByText("Saved.").first().waitFor();
    const phone = await strangersPhone(stage);
    await phone.goto("/shop/stores");
    await phone.getByRole("button", { name }).first().waitFor();
    await beside.getByRole("button", { name: "Close for good" }).click();
    await beside.getByRole("button", { name: "Open again" }).waitFor();
    await phone.reload();
    await phone
      .getByRole("button", { name: /Lyon Bellecour/ })
      .first()
      .waitFor();
    assert.equal(await phone.getByRole("button", { name }).count(), 0);
  },
);

story("Office: the owner adds a channel, makes it a key that is shown once, and revokes it", async (stage) => {
  const office = await clarasOffice(stage, "/office/channels");
  await office.getByRole("button", { name: "Add a channel" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByLabel("Name").fill(`Market stall ${RUN}`);
  await dialog.getByLabel("Code").fill(`stall-${RUN}`);
  await dialog.getByRole("button", { name: "Add a channel" }).click();
  const beside = office.locator("aside").last();
  await beside.getByText("No key yet.").waitFor();
  await beside.getByRole("button", { name: "New publishable key" }).click();
  const value = await beside.getByRole("status").locator("code").innerText();
  assert.equal(await statusWith(office, value), 200);
  await beside.getByRole("button", { name: "Revoke" }).first().click();
  await office.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await beside.getByText("No key yet.").waitFor();
  // Every node hears of it, some milliseconds after the answer.
  for (let look = 0; look < 400 && (await statusWith(office, value)) !== 401; look++) await office.waitForTimeout(50);
  assert.equal(await statusWith(office, value), 401);
});

story("Office: a new cashier gets a role, a store and a PIN, and signs in with it at that store's till", async (stage) => {
  const office = await clarasOffice(stage, "/office/staff?open=new");
  const beside = office.locator("aside").last();
  await beside.getByLabel("Name").fill("Aina Roca");
  await beside.getByLabel("E-mail").fill(`aina.${RUN}@trama.example`);
  await choose(beside.getByLabel("Roles").first(), office, "Cashier");
  await choose(beside.getByLabel("Places").first(), office, "Lyon Bellecour");
  await beside.getByRole("textbox", { name: "Password" }).fill(DEMO_PASSWORD);
  await beside.getByRole("textbox", { name: "PIN at the till" }).fill(RUN_DIGITS);
  await beside.getByRole("button", { name: "Add staff" }).click();
  await office.getByText("Saved.").first().waitFor();
  const till = await jordisTill(stage);
  await till.getByRole("button", { name: /^Change person/ }).click();
  // A key before there is anything to type into is nobody's.
  await till.getByRole("heading", { name: "Who is at the till?" }).waitFor();
  await till.keyboard.type(RUN_DIGITS);
  await till.keyboard.press("Enter");
  await till.getByRole("button", { name: /Aina/ }).waitFor();
});

story("Office: who has another role is not led to a page that is not theirs, and is told so at its address", async (stage) => {
  const office = await staffsOffice(stage, "jordi.puig@trama.example");
  const places = office.getByRole("navigation", { name: "Main" });
  await places.getByRole("link", { name: "Orders" }).waitFor();
  assert.equal(await places.getByRole("link", { name: "Staff" }).count(), 0);
  await office.goto("/office/staff");
  await office.getByRole("heading", { name: "This page is not part of your work" }).waitFor();
  await office.getByText("You are signed in as: Cashier.").waitFor();
  await office.goto("/office/orders");
  await office.getByRole("table").getByRole("link").first().click();
  const beside = office.locator("aside").last();
  await beside.getByText("Customer", { exact: true }).waitFor();
  assert.equal(await beside.locator('a[href*="/customers/"]').count(), 0, "the customer's name is no way to a page that is closed");
});

story("Office: by keys alone a row is opened, and Escape leads back to it", async (stage) => {
  const office = await annasOffice(stage, "/office/stock");
  const row = office.getByRole("table").getByRole("link").nth(2);
  await row.focus();
  await office.keyboard.press("Enter");
  const units = office.locator("aside").getByLabel("Units", { exact: true });
  await units.waitFor();
  for (let tab = 0; tab < 4 && !(await isFocused(units)); tab++) await office.keyboard.press("Tab");
  assert.ok(await isFocused(units), "a few tabs lead into what was opened, not through the rest of the list");
  await office.keyboard.press("Shift+Tab");
  await office.keyboard.press("Shift+Tab");
  await office.keyboard.press("Escape");
  await units.waitFor({ state: "detached" });
  for (let look = 0; look < 100 && !(await isFocused(row)); look++) await office.waitForTimeout(50);
  assert.ok(await isFocused(row));
});

story("Office: what came in broken waits in quarantine, is mended on the screen and understood", async (stage) => {
  const phone = await strangersPhone(stage);
  await phone.goto("/shop/");
  const config = await phone.request.get("/v1/apps/shop");
  const { publishableKey } = (await config.json()) as { publishableKey: string }; // as the contract says
  const sent = await phone.request.post("/v1/track", {
    headers: { authorization: `Basic ${Buffer.from(`${publishableKey}:`).toString("base64")}` },
    data: { type: "track", anonymousId: `visitor-${RUN}`, properties: { note: "from the story" } },
  });
  assert.ok(sent.ok(), `the intake answers ${sent.status()}`);
  const office = await annasOffice(stage, "/office/quarantine");
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
  const office = await annasOffice(stage, "/office/health");
  await office.getByRole("button", { name: "Check now" }).click();
  await office.getByText(/^All \d+ hold\.$/).waitFor({ timeout: 60_000 });
});

story("Office: whoever has the one-time link of a new installation is its owner, and nobody after them", async (stage) => {
  const { ownerLink, stop } = await startNewHub();
  try {
    const desk = await stage.device("desk");
    await desk.goto(ownerLink);
    await becomeOwner(desk, "Noor Adler", "noor.adler@example.com");
    await desk.getByRole("heading", { name: "Today" }).waitFor();
    await desk.getByText("Noor Adler").waitFor();
    await desk.getByRole("button", { name: "Sign out" }).click();
    await desk.getByLabel("E-mail").fill("noor.adler@example.com");
    await desk.getByRole("textbox", { name: "Password" }).fill("a garden in the rain");
    await desk.getByRole("button", { name: "Sign in", exact: true }).click();
    await desk.getByRole("heading", { name: "Today" }).waitFor();
    const late = await stage.device("late-desk");
    await late.goto(ownerLink);
    await becomeOwner(late, "Mallory", "mallory@example.com");
    await late.getByText("This link is used up or not valid.").waitFor();
  } finally {
    await stop();
  }
});

async function becomeOwner(desk: Page, name: string, email: string): Promise<void> {
  await desk.getByLabel("Your name").fill(name);
  await desk.getByLabel("E-mail").fill(email);
  await desk.getByRole("textbox", { name: "Password" }).fill("a garden in the rain");
  await desk.getByRole("button", { name: "Become the owner" }).click();
}

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

async function isFocused(control: Locator): Promise<boolean> {
  return (await control.and(control.page().locator(":focus")).count()) > 0;
}

/** A day far ahead on which nothing has been planned by an earlier run. */
function dayOfRun(): string {
  return new Date(Date.UTC(2040, 0, 1) + (Number(RUN_DIGITS) % 20_000) * 86_400_000).toISOString().slice(0, 10);
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
