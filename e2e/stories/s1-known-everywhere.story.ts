import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import {
  annasOffice,
  codeSentTo,
  fillCartOnPhone,
  findAtTill,
  jordisTill,
  makeAtTill,
  signInOnPhone,
  strangersPhone,
} from "../lib/people.ts";
import { readQr, scan } from "../lib/scan.ts";
import { story } from "../story.ts";

story("S1 who signs up on the site is known at the till, by e-mail", async (stage) => {
  const till = await jordisTill(stage);
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "nora.blum@example.com", "Nora");
  await findAtTill(till, "nora.blum@example.com", /Nora/);
  await till.getByText(/Nora/).first().waitFor();
});

story("S1 who signs up at the till, by a code read back, is known on the site", async (stage) => {
  const till = await jordisTill(stage);
  await till.getByRole("button", { name: "Find customer" }).click();
  await till.getByRole("button", { name: "New customer" }).click();
  await till.getByLabel("First name").fill("Oriol");
  await till.getByLabel("Phone or e-mail").fill("oriol.serra@example.com");
  await till.getByRole("button", { name: "Create" }).click();
  await till.getByLabel("Code read back").waitFor();
  await till.getByLabel("Code read back").fill(await codeSentTo(stage, "oriol.serra@example.com"));
  await till.getByRole("button", { name: "Confirm" }).click();
  await till.getByLabel("Code read back").waitFor({ state: "detached" });
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "oriol.serra@example.com", "");
  await phone.goto("/shop/me");
  const name = phone.getByLabel("First name");
  await name.waitFor();
  assert.equal(await name.inputValue(), "Oriol");
});

story("S1 who signs up on the site by phone is known at the till by the whole number", async (stage) => {
  const till = await jordisTill(stage);
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "+33639981301", "Runa");
  await findAtTill(till, "06 39 98 13 01", /Runa/);
  await servedAs(till, "Runa");
});

story("S1 who signs up on the site is known at the till by the member card on their phone, which is scanned", async (stage) => {
  const till = await jordisTill(stage);
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "ilse.brandt@example.com", "Ilse");
  await phone.goto("/shop/card");
  await scan(till, await readQr(phone, "QR code of your card"));
  await servedAs(till, "Ilse");
});

story("S1 who signs up on the site is known at the till by a part of their name", async (stage) => {
  const till = await jordisTill(stage);
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "zinnia.ferrer@example.com", "Zinnia");
  await findAtTill(till, "Zinn", /Zinnia/);
  await servedAs(till, "Zinnia");
});

story("S1 whose cart is at this store is found there by the last four digits of the phone, and nobody else is", async (stage) => {
  const till = await jordisTill(stage);
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "+33639985577", "Solveig");
  await till.getByRole("button", { name: "Find customer" }).click();
  await till.getByLabel(/Card, phone, e-mail or name/).fill("5577");
  await till.getByText("Nobody fits").waitFor();
  await phone.goto("/shop/");
  await phone.getByRole("button", { name: /Your store\?|Change/ }).click();
  await phone
    .getByRole("dialog")
    .getByRole("button", { name: /Bellecour/ })
    .click();
  await fillCartOnPhone(phone, "Butter croissant");
  await till.getByLabel(/Card, phone, e-mail or name/).fill("");
  await till.waitForTimeout(5100); // how long the till takes an answer for true
  await till.getByLabel(/Card, phone, e-mail or name/).fill("5577");
  await till
    .getByRole("button", { name: /Solveig/ })
    .first()
    .click();
  await servedAs(till, "Solveig");
});

story("S1 who is made at the till claims the card with the phone's camera, and is known on the site", async (stage) => {
  const till = await jordisTill(stage);
  await makeAtTill(till, "Marta", "");
  const phone = await strangersPhone(stage);
  await phone.goto(await readQr(till, "Code to claim the card on the phone"));
  await phone.getByRole("button", { name: "Take my card" }).click();
  await phone.getByRole("img", { name: "QR code of your card" }).waitFor();
  await phone.goto("/shop/me");
  await phone.getByRole("heading", { name: "Hello, Marta" }).waitFor();
});

story("S1 an address that nobody proved at the till links nobody on the site: the office is only asked", async (stage) => {
  const till = await jordisTill(stage);
  await makeAtTill(till, "Bartomeu", "bartomeu.oliva@example.com");
  await till.getByRole("button", { name: "Go on selling" }).click();
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, "bartomeu.oliva@example.com", "Tomeu");
  await phone.goto("/shop/me");
  await phone.getByRole("heading", { name: "Hello, Tomeu" }).waitFor();
  const office = await annasOffice(stage, "/office/matches");
  const pair = office.locator("article, li, section").filter({ hasText: "Bartomeu" }).filter({ hasText: "Tomeu" }).last();
  await pair.getByText("Same e-mail, not verified on both sides").waitFor();
});

/** The customer who is served stands on top of the ticket. */
async function servedAs(till: Page, name: string): Promise<void> {
  await till.getByRole("region", { name: "Customer" }).getByText(name).first().waitFor();
}
