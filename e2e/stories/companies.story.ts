import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { annasOffice, chooseBellecour, fillCartOnPhone, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { story } from "../story.ts";

/** Makes a company in the office with the prices of offices and a limit of the month, and stays on its page. */
async function makeCompany(office: Page, name: string, monthLimit: string): Promise<void> {
  await office.goto("/office/companies?open=new");
  await office.getByLabel("Legal name").fill(name);
  await office.getByLabel("Country").fill("FR");
  await office.getByRole("combobox", { name: "Price group" }).fill("offices");
  await office.getByLabel("Limit per month (EUR)").fill(monthLimit);
  await office.getByRole("button", { name: "Save" }).click();
  await office.getByRole("heading", { level: 1, name }).waitFor();
}

/** Puts a product into the cart on a phone and says at the checkout that it is for a company. Answers what it costs everybody, in cents. */
async function buyFor(phone: Page, product: string, company: string): Promise<number> {
  await fillCartOnPhone(phone, product);
  await phone.goto("/shop/checkout");
  const own = await asked(phone);
  await phone.getByRole("radio", { name: `For ${company}` }).check();
  return own;
}

const payButton = (phone: Page) => phone.getByRole("button", { name: /^(Pay|Order) .*\d/ });

/** What the button at the end of the checkout asks for, in cents. */
async function asked(phone: Page): Promise<number> {
  return Number((await payButton(phone).innerText()).replaceAll(/\D/g, ""));
}

story("a company: its buyer orders at its prices on the phone, within its limit, and as long as they belong to it", async (stage) => {
  const company = `Kontor ${RUN}`;
  const email = `nele.${RUN}@example.org`;
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, email, "Nele");
  const office = await annasOffice(stage);
  await makeCompany(office, company, "60");
  await office.getByLabel("Add somebody").fill(email);
  await office.getByRole("button", { name: "Add Nele · Buyer" }).click();
  const people = office.locator("section", { has: office.getByRole("heading", { name: "People" }) });
  await people.getByRole("link", { name: "Nele" }).waitFor();

  await chooseBellecour(phone);
  const own = await buyFor(phone, "Paper filters, 100", company);
  await phone.getByText("€60.00 left this month").waitFor();
  await payButton(phone)
    .filter({ hasNotText: (own / 100).toFixed(2) })
    .waitFor();
  assert.ok((await asked(phone)) < own, "the company pays less");
  await payButton(phone).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone.getByText(`For ${company}`).waitFor();
  const number = /W-\d+/.exec(await phone.getByText(/W-\d+/).first().innerText())?.[0] ?? "";
  assert.ok(number, "the order shows its number");

  await office.reload();
  await office.getByRole("link", { name: number }).click();
  await office.getByRole("link", { name: company }).click();
  await office.getByRole("button", { name: "Edit" }).click();
  await office.getByLabel("Limit per month (EUR)").fill("1");
  await office.getByRole("button", { name: "Save" }).click();
  await office.getByText("€1.00", { exact: true }).waitFor();
  const honey = await buyFor(phone, "Mountain honey", company);
  await phone.getByText(`This is more than may be ordered for ${company}: €0.00 are left.`, { exact: false }).waitFor();
  assert.ok(await payButton(phone).isDisabled(), "nothing over the limit is ordered");

  await people.getByRole("button", { name: "Remove Nele" }).click();
  await office.getByText(`Nele orders nothing for ${company} any more.`).waitFor();
  await phone.reload();
  // Who has left pays as everybody: what the phone kept of the cart stands there until the hub has answered.
  await payButton(phone)
    .filter({ hasText: (honey / 100).toFixed(2) })
    .waitFor();
  assert.equal(await phone.getByRole("radio", { name: `For ${company}` }).count(), 0);
  await office.getByRole("button", { name: "Undo" }).click();
  await people.getByRole("link", { name: "Nele" }).waitFor();
  await office.keyboard.press("Control+k");
  await office.getByPlaceholder("Customer, order, product, page").fill(company);
  await office.getByRole("button", { name: company }).first().click();
  await office.getByRole("heading", { level: 1, name: company }).waitFor();
});
