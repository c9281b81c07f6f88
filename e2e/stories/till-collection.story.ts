import { strict as assert } from "node:assert";
import { askInOffice } from "../lib/api.ts";
import { annasOffice, jordisTill, RUN } from "../lib/people.ts";
import { story } from "../story.ts";

type Place = { readonly id: string; readonly name: string };
type Order = { readonly id: string; readonly number: string };

story("Till: an order made there is collected in a slot, paid then, and moved to another slot before anybody has begun", async (stage) => {
  const office = await annasOffice(stage);
  const { places } = (await askInOffice(office, "GET", "/v1/places")) as { places: Place[] }; // by the contract
  const bellecour = places.find(({ name }) => name.includes("Bellecour"));
  assert.ok(bellecour, "Jordi's store is there");
  const settle = (slotMinutes: number | null) => askInOffice(office, "PATCH", `/v1/places/${bellecour.id}`, { settings: { slotMinutes } });
  await settle(60);
  try {
    const till = await jordisTill(stage);
    await till.locator("main input[type=search]").fill("CAK-LEM");
    await till.keyboard.press("Enter");
    await till.locator("output[data-settled]").getByText(/\d/).waitFor();
    await till.getByRole("button", { name: "More", exact: true }).click();
    await till.getByRole("button", { name: "For collection later" }).click();
    const sheet = till.getByRole("dialog");
    const slots = sheet.getByRole("combobox", { name: "When" });
    await slots.locator("option").first().waitFor({ state: "attached" });
    const ids = await slots.locator("option").evaluateAll((options) => options.map((option) => option.getAttribute("value") ?? ""));
    assert.ok(ids.length > 2, "there are slots");
    await slots.selectOption(ids[1] ?? "");
    await sheet.getByLabel("Who collects it").fill(`Ada${RUN}`);
    await sheet.getByRole("button", { name: "Make it for collection" }).click();
    await till.getByText(/^Collection /).waitFor();
    await till.getByRole("button", { name: /^Pay/ }).click();
    await till.getByRole("button", { name: "Pays at collection" }).click();
    await till.getByRole("heading", { name: /due at collection$/ }).waitFor();
    const number = await till.getByText(/^[A-Z]+-\d+$/).innerText();

    const { items } = (await askInOffice(office, "GET", `/v1/orders?query=${number}`)) as { items: Order[] }; // by the contract
    const order = items.find((each) => each.number === number);
    assert.ok(order, "the office knows the order");
    await till.getByRole("link", { name: "Hand over" }).click();
    await till.getByLabel("Code, card or order number").fill(number);
    await till.keyboard.press("Enter");
    const open = till.getByRole("dialog");
    await open.getByRole("button", { name: "Another time" }).click();
    await open.getByRole("combobox", { name: "When" }).selectOption(ids[2] ?? "");
    await open.getByRole("button", { name: "Move it" }).click();
    await till.getByText("Moved. The customer is told.").waitFor();
    await askInOffice(office, "POST", `/v1/orders/${order.id}/cancellation`, { reason: "the end of the story" });
  } finally {
    await settle(null);
  }
});
