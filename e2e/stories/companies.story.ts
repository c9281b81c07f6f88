import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { annasOffice, chooseBellecour, fillCartOnPhone, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

/** Makes a company in the office with the prices of offices and a limit of the month, and stays on its page. */
async function makeCompany(office: Page, name: string, monthLimit: string): Promise<void> {
  await visit(office, "/office/companies?open=new");
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
  await visit(phone, "/shop/checkout");
  const own = await asked(phone);
  await phone.getByRole("radio", { name: `For ${company}` }).check();
  return own;
}

const peopleIn = (office: Page) => office.locator("section", { has: office.getByRole("heading", { name: "People" }) });

const payButton = (phone: Page) => phone.getByRole("button", { name: /^(Pay|Order) .*\d/ });

/** What the button at the end of the checkout asks for, in cents. */
async function asked(phone: Page): Promise<number> {
  return Number((await payButton(phone).innerText()).replaceAll(/\D/g, ""));
}

story("a company made in the office: its buyer orders for it on the phone, at its prices", async (stage) => {
  const company = `Kontor ${RUN}`;
  const email = `nele.${RUN}@example.org`;
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, email, "Nele");
  const office = await annasOffice(stage);
  await makeCompany(office, company, "60");
  await office.getByLabel("Add somebody").fill(email);
  await office.getByRole("button", { name: "Add Nele · Buyer" }).click();
  await peopleIn(office).getByRole("link", { name: "Nele" }).waitFor();

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
  await office.getByRole("link", { name: company }).waitFor();
});

story("a company's limit is told with what is left, and who leaves it pays as everybody", async (stage) => {
  const company = `Werft ${RUN}`;
  const email = `ole.${RUN}@example.org`;
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, email, "Ole");
  const office = await annasOffice(stage);
  const terms = { name: company, country: "FR", priceGroup: "offices", currency: "EUR", monthLimit: 100 };
  const { id } = (await askInOffice(office, "POST", "/v1/companies", terms)) as { id: string }; // by the contract
  const { items } = (await askInOffice(office, "GET", `/v1/customers?query=${email}`)) as { items: { id: string }[] }; // the same
  await askInOffice(office, "PUT", `/v1/companies/${id}/members/${items[0]?.id}`, { role: "buyer" });

  await chooseBellecour(phone);
  const own = await buyFor(phone, "Mountain honey", company);
  await phone.getByText(`This is more than may be ordered for ${company}: €1.00 are left.`).waitFor();
  assert.ok(await payButton(phone).isDisabled(), "nothing over the limit is ordered");
  await visit(office, "/office/");
  await office.locator("h1").first().waitFor();
  await office.keyboard.press("Control+k");
  await office.getByPlaceholder("Customer, order, product, page").fill(company);
  await office.getByRole("button", { name: company }).first().click();
  await peopleIn(office).getByRole("button", { name: "Remove Ole" }).click();
  await office.getByText(`Ole orders nothing for ${company} any more.`).waitFor();
  await phone.reload();
  // What the phone kept of the cart stands there until the hub has answered.
  await payButton(phone)
    .filter({ hasText: (own / 100).toFixed(2) })
    .waitFor();
  assert.equal(await phone.getByRole("radio", { name: `For ${company}` }).count(), 0);
  await office.getByRole("button", { name: "Undo" }).click();
  await peopleIn(office).getByRole("link", { name: "Ole" }).waitFor();
});

story(
  "whoever advises a customer in the office says for which company their cart is, and the phone has its price at once",
  async (stage) => {
    const company = `Atelier ${RUN}`;
    const email = `ida.${RUN}@example.org`;
    const phone = await strangersPhone(stage);
    await signInOnPhone(stage, phone, email, "Ida");
    const office = await annasOffice(stage);
    const terms = { name: company, country: "FR", priceGroup: "offices", currency: "EUR", monthLimit: 10_000 };
    const { id } = (await askInOffice(office, "POST", "/v1/companies", terms)) as { id: string }; // by the contract
    const { items } = (await askInOffice(office, "GET", `/v1/customers?query=${email}`)) as { items: { id: string }[] }; // the same
    const customerId = items[0]?.id ?? "";
    await askInOffice(office, "PUT", `/v1/companies/${id}/members/${customerId}`, { role: "buyer" });
    await chooseBellecour(phone);
    await fillCartOnPhone(phone, "Mountain honey");
    await visit(phone, "/shop/checkout");
    const own = await asked(phone);

    await visit(office, `/office/customers/${customerId}`);
    const boughtFor = office.getByRole("combobox", { name: "Bought for" });
    await boughtFor.selectOption({ label: company });
    await payButton(phone)
      .filter({ hasNotText: (own / 100).toFixed(2) })
      .waitFor();
    assert.ok((await asked(phone)) < own, "the company pays less");
    assert.ok(await phone.getByRole("radio", { name: `For ${company}` }).isChecked());
    await boughtFor.selectOption({ label: "Themselves" });
    await payButton(phone)
      .filter({ hasText: (own / 100).toFixed(2) })
      .waitFor();
  },
);
