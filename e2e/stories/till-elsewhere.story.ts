import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice, leave, openAllHours } from "../lib/api.ts";
import { annasOffice, jordisTill, RUN } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story, type Stage } from "../story.ts";

const STORE = `Lyon Round the Corner ${RUN}`;
const TEA = "PAN-TEG";

type Sold = { readonly till: Page; readonly office: Page; readonly id: string; readonly number: string };

/** Puts what is typed onto the ticket's search, and answers the tile that is found. */
async function findTile(till: Page, words: string) {
  await till.locator("main input[type=search]").fill(words);
  return till.getByRole("button", { name: new RegExp(`^${words}`) }).first();
}

/** A croissant is taken along, tea is fetched in another store, paper filters are sent home: one ticket, paid in cash. */
async function sellMixed(stage: Stage, office: Page): Promise<Omit<Sold, "office">> {
  const till = await jordisTill(stage);
  await (await findTile(till, "Butter croissant")).click();
  await (await findTile(till, "Earl Grey, loose leaf")).click();
  // There is none here by the books: where else it is comes by itself, the nearest store first.
  const sheet = till.getByRole("dialog");
  const near = sheet.getByRole("listitem").filter({ hasText: STORE });
  await near.getByText(/4 there/).waitFor();
  await sheet.getByRole("button", { name: "It is here: sell it" }).waitFor();
  await near.getByRole("button", { name: `Collect there: ${STORE}` }).click();
  await till.getByText(new RegExp(`^Collected at ${STORE}`)).waitFor();

  // Held down, a product says the same; on a keyboard it is the menu key.
  await (await findTile(till, "Paper filters")).click({ button: "right" });
  await sheet.getByRole("button", { name: "Send", exact: true }).click();
  await sheet.getByLabel("First and last name").fill(`Ada ${RUN}`);
  await sheet.getByLabel("Street and number").fill("3 rue de la Soie");
  await sheet.getByLabel("Postcode").fill("69002");
  await sheet.getByLabel("City").fill("Lyon");
  await sheet.getByRole("button", { name: "Send it there" }).click();
  await till.getByText(/^Sent home, there by/).waitFor();
  await till.getByText("Shipping", { exact: true }).waitFor();

  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.getByRole("button", { name: /^Exact/ }).click();
  const coming = till.getByRole("region", { name: "Still to come" });
  await coming.getByText(new RegExp(`^To collect at ${STORE}`)).waitFor();
  await coming.getByText(/^Sent home, there by/).waitFor();
  assert.match(await coming.locator("b").innerText(), /^\d{6}$/);
  await till.getByRole("link", { name: "Print receipt" }).click();
  await till.getByText(/^Order \S+-\d+$/).waitFor();
  const number = /\S+-\d+$/.exec(await till.getByText(/^Order \S+-\d+$/).innerText())?.[0] ?? "";
  const { items } = (await askInOffice(office, "GET", `/v1/orders?query=${number}`)) as { items: { id: string; number: string }[] }; // by the contract
  const id = items.find((one) => one.number === number)?.id ?? "";
  return { till, id, number };
}

/** With a store around the corner that has the tea, of which there is none at Jordi's; afterwards there is some again. */
async function withTeaElsewhere(stage: Stage, play: (office: Page) => Promise<void>): Promise<void> {
  const office = await annasOffice(stage);
  await openAllHours(office, STORE, { sku: TEA, quantity: 4 });
  await leave(office, TEA, 0);
  try {
    await play(office);
  } finally {
    await leave(office, TEA, 6);
  }
}

story(
  "Till: what another store has is sold with what is taken along and what is sent, changed afterwards, and paid once",
  async (stage) => {
    await withTeaElsewhere(stage, async (office) => {
      const { till, id, number } = await sellMixed(stage, office);
      await visit(office, `/office/orders?open=${id}`);
      const page = office.getByRole("complementary").filter({ hasText: number });
      await page
        .getByText(/Round the Corner/)
        .first()
        .waitFor();
      await page.getByText("Handed over", { exact: true }).first().waitFor();

      // Before anybody has begun, staff move it to another store, by the same dialog on every screen.
      await page.getByRole("button", { name: "Collect it at another store" }).click();
      const dialog = office.getByRole("dialog");
      await dialog.getByRole("combobox", { name: "Store" }).selectOption({ label: "Lyon Part-Dieu" });
      await dialog.getByRole("button", { name: "Collect it there" }).click();
      await page.getByText("Collected at another store").waitFor();
      await page
        .getByText(/Part-Dieu/)
        .first()
        .waitFor();

      // And at the till it is sent after all: what that costs is paid there by card.
      await visit(till, "/till/collections");
      await till.getByLabel("Code, card or order number").fill(number);
      await till.keyboard.press("Enter");
      await till.getByRole("button", { name: "Have it sent instead" }).click();
      const sending = till.getByRole("dialog", { name: "Have it sent instead" });
      await sending.getByLabel("First and last name").fill(`Ada ${RUN}`);
      await sending.getByLabel("Street and number").fill("3 rue de la Soie");
      await sending.getByLabel("Postcode").fill("69002");
      await sending.getByLabel("City").fill("Lyon");
      await sending.getByRole("button", { name: "Use this address" }).click();
      await sending.getByText("At your door by").waitFor();
      await sending.getByRole("button", { name: "Send it there" }).click();
      await sending.waitFor({ state: "hidden" });
      await page.getByText("Sent instead of collected").waitFor();
      await askInOffice(office, "POST", `/v1/orders/${id}/cancellation`, { reason: "the end of the story" });
    });
  },
);

/** Jordi's store asks others for goods, so that they are here in two days; not after the story. */
async function withBringing(office: Page, play: () => Promise<void>): Promise<void> {
  const { places } = (await askInOffice(office, "GET", "/v1/places")) as { places: { id: string; name: string }[] }; // by the contract
  const here = places.find(({ name }) => name.includes("Bellecour"))?.id ?? "";
  const bring = (bringDays: number | null) => askInOffice(office, "PATCH", `/v1/places/${here}`, { settings: { bringDays } });
  await bring(2);
  try {
    await play();
  } finally {
    await bring(null);
  }
}

story("Till: what another store has is brought here for a customer, sent by that store, received and fetched", async (stage) => {
  await withTeaElsewhere(stage, (office) =>
    withBringing(office, async () => {
      const till = await jordisTill(stage);
      await (await findTile(till, "Earl Grey, loose leaf")).click();
      const sheet = till.getByRole("dialog");
      await sheet.getByText(new RegExp(`^from ${STORE}, to be fetched`)).waitFor();
      await sheet.getByRole("button", { name: "Bring it here" }).click();
      await till.getByText(new RegExp(`^Comes from ${STORE}, collected here`)).waitFor();
      await till.getByRole("button", { name: /^Pay/ }).click();
      await till.getByRole("button", { name: /^Exact/ }).click();
      const coming = till.getByRole("region", { name: "Still to come" });
      assert.match(await coming.locator("b").innerText(), /^\d{6}$/);

      // The store that has it is told by a task and sends it, by the office or at its own till.
      await visit(office, "/office/goods?asked=yes");
      const asked = office.getByRole("complementary").filter({ hasText: STORE });
      await asked.getByText("1 × Earl Grey, loose leaf").waitFor();
      await asked.getByRole("button", { name: "Send them" }).click();
      await office.getByText(/^Transfer \d+ is on its way\.$/).waitFor();

      await visit(till, "/till/goods");
      const arriving = till.getByRole("listitem").filter({ hasText: `from ${STORE}` });
      await arriving.getByRole("button", { name: "Receive" }).click();
      await till.getByRole("dialog").getByRole("button", { name: "Book the arrival" }).click();
      await till.getByText(/^Transfer \d+ is received\.$/).waitFor();
    }),
  );
});
