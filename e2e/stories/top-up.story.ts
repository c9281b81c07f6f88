import { strict as assert } from "node:assert";
import { jordisTill } from "../lib/people.ts";
import { sellGiftCard, typeAtTill } from "../lib/gift-cards.ts";
import { story } from "../story.ts";

story("Gift card: topped up at the till by any amount, with the invoice that its buyer asks for", async (stage) => {
  const till = await jordisTill(stage);
  const code = await sellGiftCard(till);
  await till.getByRole("button", { name: "Next customer" }).click();

  await typeAtTill(till, code);
  const sheet = till.getByRole("dialog", { name: "Top up a gift card" });
  await sheet.getByText("€25.00", { exact: true }).first().waitFor();
  await sheet.getByLabel("Another amount").fill("30.75");
  await sheet.getByRole("button", { name: "Add €30.75 to the ticket" }).click();
  await till.getByRole("button", { name: /^Pay/ }).getByText("30.75").waitFor();
  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.getByRole("button", { name: /^Exact/ }).click();
  await till.getByText("+€30.75, €55.75 on it now").waitFor();

  await till.getByRole("link", { name: "Print receipt" }).click();
  await till.getByRole("button", { name: "Invoice", exact: true }).click();
  const invoice = till.getByRole("dialog", { name: "Invoice for this sale" });
  await invoice.getByLabel("Name or company").fill("Léa Fontaine");
  await invoice.getByLabel("Street and number").fill("4 rue Mercière");
  await invoice.getByLabel("Postcode").fill("69002");
  await invoice.getByLabel("City").fill("Lyon");
  await invoice.getByRole("button", { name: "Issue the invoice" }).click();
  const said = await invoice.getByText(/^Invoice INV-FR-\d{4}-\d{6} is issued$/).innerText();
  await till.keyboard.press("Escape");
  const number = /INV-\S+/.exec(said)?.[0] ?? "";
  await till.getByRole("article").getByText(number).waitFor();
  assert.ok(!(await till.getByRole("article").innerText()).includes(code), "a card that its customer keeps shows no code");
});
