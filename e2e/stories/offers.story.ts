import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { annasOffice, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

/** A delivery to Jordi's store, so that it does not matter what others bought there. */
async function deliver(office: Page, sku: string): Promise<void> {
  const { places } = (await askInOffice(office, "GET", "/v1/places")) as { places: { id: string; name: string }[] }; // by the contract
  const placeId = places.find(({ name }) => name.includes("Bellecour"))?.id;
  await askInOffice(office, "POST", "/v1/stock/movements", { kind: "receipt", placeId, sku, quantity: 10, reason: "delivery" });
}

/** Begins a cart at the desk with goods found by typing, and stays on its page. */
async function cartAtDesk(
  office: Page,
  query: string,
  product: string,
  customer?: { readonly email: string; readonly name: string },
): Promise<void> {
  await visit(office, "/office/offers?open=new");
  if (customer) {
    await office.getByLabel("For whom").fill(customer.email);
    await office.getByRole("button", { name: `Choose ${customer.name}` }).click();
    await office.getByRole("button", { name: `Begin for ${customer.name}` }).waitFor();
  }
  await office.getByLabel("Place").last().selectOption({ label: "Lyon Bellecour" });
  await office.getByRole("button", { name: customer ? `Begin for ${customer.name}` : "Begin without a customer" }).click();
  await office.getByRole("heading", { level: 1, name: "Cart for a customer" }).waitFor();
  await office.getByLabel("Add goods").fill(query);
  await office.getByRole("button", { name: `Add ${product}` }).click();
  await office.getByRole("button", { name: `Price of ${product}` }).waitFor();
}

/** Offers the cart that is open at the desk, and answers the way to its page in the shop. */
async function offerAtDesk(office: Page, kind: "link" | "quote"): Promise<string> {
  if (kind === "quote") await office.getByRole("combobox", { name: "Kind" }).selectOption("quote");
  await office.getByRole("button", { name: kind === "quote" ? /^Make a quote of/ : /^Make a link to pay/ }).click();
  const link = office.getByLabel("Link", { exact: true });
  await link.waitFor();
  return new URL(await link.inputValue()).pathname;
}

story("Offers: the desk makes a cart with a lower price, a phone pays it by link, and the order book shows both", async (stage) => {
  const office = await annasOffice(stage);
  await deliver(office, "PAN-HON");
  await cartAtDesk(office, "honey", "Mountain honey");
  await office.getByRole("button", { name: "Price of Mountain honey" }).click();
  const price = office.getByLabel(/^Price of one/);
  const before = Number((await price.inputValue()).replaceAll(/[^\d.]/g, ""));
  await price.fill((before - 1).toFixed(2));
  await office.getByLabel("Reason (the customer reads it)").fill("The label is torn");
  await office.getByRole("button", { name: "Give this price" }).click();
  await office.getByText("The label is torn").waitFor();
  const way = await offerAtDesk(office, "link");

  const phone = await strangersPhone(stage);
  await phone.goto(way);
  await phone.getByText("Special price: The label is torn").waitFor();
  await phone.getByLabel("E-mail").fill(`maud.${RUN}@example.org`);
  await phone.getByRole("button", { name: `Pay €${(before - 1).toFixed(2)}` }).click();
  await phone.getByRole("heading", { name: "We have your order" }).waitFor();
  const number = /W-\d+/.exec(await phone.getByText(/W-\d+/).first().innerText())?.[0] ?? "";

  // Opened once more, by whoever has it, it says that it is ordered and asks for nothing.
  const other = await strangersPhone(stage, "other-phone");
  await other.goto(way);
  await other.getByRole("heading", { name: "It is ordered" }).waitFor();
  assert.equal(await other.getByRole("button", { name: /^Pay / }).count(), 0);

  await visit(office, "/office/offers?state=ordered");
  await office.getByRole("table").getByText("ordered", { exact: true }).first().waitFor();
  await visit(office, `/office/orders?query=${number}`);
  await office.getByRole("link", { name: number }).click();
  await office
    .getByRole("complementary")
    .filter({ hasText: number })
    .getByText(/Anna Keller/)
    .first()
    .waitFor();
});

story("Offers: a quote for a company is accepted by its buyer, who signs in; declined it is told to the desk", async (stage) => {
  const email = `nils.${RUN}@example.org`;
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, email, "Nils");
  const office = await annasOffice(stage);
  const company = `Planwerk ${RUN}`;
  const { id } = (await askInOffice(office, "POST", "/v1/companies", { name: company, country: "FR" })) as { id: string }; // by the contract
  const { items } = (await askInOffice(office, "GET", `/v1/customers?query=${email}`)) as { items: { id: string }[] }; // the same
  await askInOffice(office, "PUT", `/v1/companies/${id}/members/${items[0]?.id ?? ""}`, { role: "buyer" });

  await deliver(office, "GEA-FIL");
  await cartAtDesk(office, "filters", "Paper filters, 100", { email, name: "Nils" });
  await office.getByRole("combobox", { name: "Bought for" }).selectOption({ label: company });
  const way = await offerAtDesk(office, "quote");

  // Whoever only has the link may look, and is asked to sign in.
  const stranger = await strangersPhone(stage, "stranger");
  await stranger.goto(way);
  await stranger.getByText("This is for a company.").waitFor();
  assert.equal(await stranger.getByRole("button", { name: /^Accept/ }).count(), 0);
  const pdf = await stranger.request.get(`/v1/offer-links/${way.split("/").at(-1) ?? ""}/quote.pdf`);
  assert.equal(pdf.headers()["content-type"], "application/pdf");

  await phone.goto(way);
  await phone.getByRole("button", { name: /^Accept/ }).click();
  await phone.getByRole("heading", { name: "We have your order" }).waitFor();
  await phone.getByText(`For ${company}`).waitFor();

  await cartAtDesk(office, "filters", "Paper filters, 100");
  const second = await offerAtDesk(office, "link");
  await stranger.goto(second);
  await stranger.getByRole("button", { name: "No, thank you" }).click();
  await stranger.getByLabel(/^Why not/).fill("Found some at home");
  await stranger.getByRole("button", { name: "Decline the offer" }).click();
  await stranger.getByRole("heading", { name: "You said no" }).waitFor();
  await office.getByText("Found some at home").waitFor();
});
