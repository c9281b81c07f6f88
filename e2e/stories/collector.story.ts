import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { chooseBellecour, fillCartOnPhone, jordisTill, strangersPhone } from "../lib/people.ts";
import { readQr, scan } from "../lib/scan.ts";
import { visit } from "../screens/room.ts";
import { story, type Stage } from "../story.ts";

/** A stranger who bought pieces of a product at Bellecour, paid online; with the order's number. */
async function bought(stage: Stage, product: string, pieces: number): Promise<{ phone: Page; number: string }> {
  const phone = await strangersPhone(stage);
  await chooseBellecour(phone);
  for (let piece = 0; piece < pieces; piece++) await fillCartOnPhone(phone, product);
  await visit(phone, "/shop/checkout");
  await phone.getByLabel("Name", { exact: true }).fill("Maud");
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\/./);
  const number = /W-\d+/.exec(await phone.getByText(/^Order W-\d+/).innerText())?.[0];
  assert.ok(number, "the order shows its number");
  return { phone, number };
}

story("Somebody else collects a part of an order with a code of their own, and the rest waits for its customer", async (stage) => {
  const { phone, number } = await bought(stage, "Paper filters, 100", 2);
  await phone.getByRole("button", { name: "Somebody else collects it" }).click();
  const dialog = phone.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Nora Weber");
  await dialog.getByRole("button", { name: "Make the code" }).click();
  await phone.getByText("Nora Weber collects it with this code:").waitFor();
  const code = await phone
    .getByText(/^\d{7}$/)
    .first()
    .innerText();

  const till = await jordisTill(stage);
  await visit(till, "/till/collections");
  for (const step of ["Start", "Ready"])
    await till.locator("main li").filter({ hasText: number }).first().getByRole("button", { name: step, exact: true }).click();
  await phone.getByRole("heading", { name: "Ready for you" }).waitFor();
  await scan(till, code);
  const sheet = till.getByRole("dialog");
  await sheet.getByText("Nora Weber collects it for the customer").waitFor();
  await sheet.getByRole("button", { name: "One less of Paper filters, 100" }).click();
  await sheet.getByRole("button", { name: "Hand over the rest now" }).click();
  await sheet.getByText("1 unit stays here for later").waitFor();
  await sheet.getByRole("button", { name: "Hand over", exact: true }).click();
  await till.getByText("Handed over").waitFor();

  // The rest is ready as before, and another code opens it.
  await phone.getByText("1 × Paper filters, 100", { exact: true }).waitFor();
  const rest = await readQr(phone, "QR code to collect the order");
  assert.match(rest, /^\d{6}$/);
  await till.goto("/till/collections");
  await till.getByRole("heading", { name: "Orders to hand over" }).waitFor();
  await scan(till, rest);
  await till.getByRole("dialog").getByRole("button", { name: "Hand over", exact: true }).click();
  await phone.getByRole("heading", { name: "Enjoy" }).waitFor();
});

story("An order is sent instead of fetched and fetched instead of sent, for the difference, until somebody has begun", async (stage) => {
  const { phone, number } = await bought(stage, "Paper filters, 100", 1);
  await phone.getByRole("button", { name: "Have it sent instead" }).click();
  const dialog = phone.getByRole("dialog");
  await dialog.getByLabel("First and last name").fill("Maud Test");
  await dialog.getByLabel("Street and number").fill("3 rue du Test");
  await dialog.getByLabel("Postcode").fill("69002");
  await dialog.getByLabel("City", { exact: true }).fill("Lyon");
  await dialog.getByRole("button", { name: "Use this address" }).click();
  await dialog.getByText("To pay", { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Send it there" }).click();
  await phone.getByText("Sent instead of collected").waitFor();
  await phone.getByText("3 rue du Test").waitFor();

  await phone.getByRole("button", { name: "Collect it instead" }).click();
  await dialog.getByLabel("Store").selectOption({ label: "Lyon Bellecour" });
  await dialog.getByText("Goes back", { exact: true }).waitFor();
  await dialog.getByText("back to the card").waitFor();
  await dialog.getByRole("button", { name: "Collect it there" }).click();
  await phone.getByText("Collected instead of sent").waitFor();
  await readQr(phone, "QR code to collect the order");

  const till = await jordisTill(stage);
  await visit(till, "/till/collections");
  await till.locator("main li").filter({ hasText: number }).first().getByRole("button", { name: "Start", exact: true }).click();
  await phone.getByText(/^It has been in preparation since .* and can no longer be changed/).waitFor();
  assert.equal(await phone.getByRole("button", { name: "Have it sent instead" }).count(), 0, "nothing is offered that would be refused");
});
