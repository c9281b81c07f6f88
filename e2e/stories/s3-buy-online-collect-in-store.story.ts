import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { fillCartOnPhone, jordisTill, strangersPhone } from "../lib/people.ts";
import { readQr, scan } from "../lib/scan.ts";
import { visit } from "../screens/room.ts";
import { type Stage, story } from "../story.ts";

/** A stranger's phone with a product of Lyon Bellecour in the cart, at the checkout. */
async function atCheckout(stage: Stage, product: string, pieces = 1): Promise<Page> {
  const phone = await strangersPhone(stage);
  await phone.goto("/shop/");
  await phone.getByRole("button", { name: /Your store\?|Change/ }).click();
  await phone
    .getByRole("dialog")
    .getByRole("button", { name: /Bellecour/ })
    .click();
  for (let piece = 0; piece < pieces; piece++) await fillCartOnPhone(phone, product);
  await visit(phone, "/shop/checkout");
  await phone.getByLabel("Name", { exact: true }).fill("Maud");
  return phone;
}

/** Orders, and answers the number that the page shows. */
async function order(phone: Page, button: RegExp): Promise<string> {
  await phone.getByRole("button", { name: button }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone.getByRole("heading", { name: "We have your order" }).waitFor();
  const number = /W-\d+/.exec(await phone.getByText(/^Order W-\d+/).innerText())?.[0];
  assert.ok(number, "the order shows its number");
  return number;
}

const cardOf = (till: Page, number: string) => till.locator("main li").filter({ hasText: number }).first();

/** A step that staff take at the collection desk. */
async function press(till: Page, number: string, button: string): Promise<void> {
  await cardOf(till, number).getByRole("button", { name: button, exact: true }).click();
}

story("S3 paid online: the store prepares, the phone follows every step, and the QR hands it over once", async (stage) => {
  const phone = await atCheckout(stage, "Butter croissant");
  const number = await order(phone, /^Pay €/);
  const till = await jordisTill(stage);
  await visit(till, "/till/collections");
  await cardOf(till, number).getByText("Paid").waitFor();
  await cardOf(till, number).getByText("Website").waitFor();
  await press(till, number, "Start");
  await phone.getByRole("heading", { name: "It is being prepared" }).waitFor();
  await press(till, number, "Ready");
  await phone.getByRole("heading", { name: "Ready for you" }).waitFor();
  await phone.getByText(/^It waits until/).waitFor();
  const code = await readQr(phone, "QR code to collect the order");
  await scan(till, code);
  await till.getByRole("heading", { name: `Order ${number}` }).waitFor();
  await till.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
  await till.getByText("Handed over").waitFor();
  await phone.getByRole("heading", { name: "Enjoy" }).waitFor();
  await till.goto("/till/collections");
  await till.getByRole("heading", { name: "Orders to hand over" }).waitFor();
  await scan(till, code);
  await till.getByText(/opens nothing here/).waitFor();
});

story("S3 paid at collection: a time is chosen, the till takes what is due, and the order is closed", async (stage) => {
  const phone = await atCheckout(stage, "Butter croissant");
  await phone.getByRole("radio", { name: "At a time" }).check();
  await phone.getByLabel("Collect at").waitFor();
  await phone.getByRole("radio", { name: "At the store" }).check();
  const number = await order(phone, /^Order for €/);
  const till = await jordisTill(stage);
  await visit(till, "/till/collections");
  await cardOf(till, number)
    .getByText(/to be paid$/)
    .waitFor();
  await press(till, number, "Start");
  await press(till, number, "Ready");
  await phone.getByRole("heading", { name: "Ready for you" }).waitFor();
  await scan(till, await readQr(phone, "QR code to collect the order"));
  await till.getByRole("button", { name: "Cash, hand over" }).click();
  await till.getByText("Handed over").waitFor();
  await phone.getByRole("heading", { name: "Enjoy" }).waitFor();
});

story("S3 the store has one piece less: the phone is told at once, and the rest is handed over", async (stage) => {
  const phone = await atCheckout(stage, "Butter croissant", 2);
  const number = await order(phone, /^Pay €/);
  const till = await jordisTill(stage);
  await visit(till, "/till/collections");
  await press(till, number, "More");
  const sheet = till.getByRole("dialog");
  await sheet.getByRole("combobox").first().selectOption("1");
  await sheet.getByRole("button", { name: "Cannot serve this" }).click();
  await phone.getByText(/could not serve 1 × Butter croissant|1 × Butter croissant waits for you at/).waitFor();
  await press(till, number, "Start");
  await press(till, number, "Ready");
  await scan(till, await phone.locator("main output").first().innerText());
  await till.getByRole("dialog").getByRole("button", { name: "Hand over" }).click();
  await till.getByText("Handed over").waitFor();
});
