import { strict as assert } from "node:assert";
import { askInOffice } from "../lib/api.ts";
import { annasOffice, chooseBellecour, fillCartOnPhone, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

type Made = { readonly id: string };
type Ordered = { readonly number: string; readonly paymentState: string; readonly fulfillments: readonly Made[] };

story("Payment: a card that agrees in the shop is charged at the hand-over, and the order never shows as paid before", async (stage) => {
  const phone = await strangersPhone(stage);
  await chooseBellecour(phone);
  await fillCartOnPhone(phone, "Paper filters, 100");
  await visit(phone, "/shop/checkout");
  await phone.getByLabel("Test card").selectOption("sandbox_authorize");
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone.getByText("Reserved on your card").waitFor();
  const id = phone.url().split("/").at(-1) ?? "";
  const office = await annasOffice(stage);
  const order = (await askInOffice(office, "GET", `/v1/orders/${id}`)) as Ordered; // by the contract
  assert.equal(order.paymentState, "authorized");
  const shown = { proof: "order_number", code: order.number, tenders: [] };
  await askInOffice(office, "POST", `/v1/fulfillments/${order.fulfillments[0]?.id}/collection`, shown);
  // The card is charged a moment after the goods are over the counter, and the phone follows by itself.
  await phone.getByText("Reserved on your card").waitFor({ state: "detached" });
  await visit(office, `/office/orders?open=${id}`);
  await office.getByText("Paid", { exact: true }).first().waitFor();
});

story("Payment: a company buys on account in the shop, gets one invoice for the month, and pays it", async (stage) => {
  const company = `Weberei ${RUN}`;
  const email = `uta.${RUN}@example.org`;
  const phone = await strangersPhone(stage);
  await signInOnPhone(stage, phone, email, "Uta");
  const office = await annasOffice(stage);
  const terms = { name: company, country: "FR", currency: null };
  const { id } = (await askInOffice(office, "POST", "/v1/companies", terms)) as Made; // by the contract
  const { items } = (await askInOffice(office, "GET", `/v1/customers?query=${email}`)) as { items: readonly Made[] }; // the same
  await askInOffice(office, "PUT", `/v1/companies/${id}/members/${items[0]?.id}`, { role: "buyer" });
  await visit(office, `/office/companies/${id}`);
  await office.getByText("It pays every order at once.").waitFor();
  await office.getByRole("button", { name: "Let it buy on account" }).click();
  await office.getByLabel("Most that may be owed (EUR)").fill("200");
  await office.getByRole("button", { name: "Save" }).click();
  await office.getByText("€200.00 left").waitFor();

  await chooseBellecour(phone);
  await fillCartOnPhone(phone, "Mountain honey");
  await visit(phone, "/shop/checkout");
  await phone.getByRole("radio", { name: `For ${company}` }).check();
  await phone.getByRole("radio", { name: /^On account/ }).check();
  await phone.getByText(`${company} pays by its invoice of the month, within 30 days.`).waitFor();
  await phone.getByRole("button", { name: /^(Pay|Order) .*\d/ }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone.getByText("On the company’s invoice").waitFor();

  await office.reload();
  await office.getByText(/^1 order on no invoice yet/).waitFor();
  await office.getByRole("button", { name: "Invoice now" }).click();
  const invoices = office.getByRole("list", { name: "Invoices" });
  await invoices.getByText("Open", { exact: true }).waitFor();
  await invoices.getByRole("button", { name: /^Book a payment of INV-/ }).click();
  await invoices.getByRole("button", { name: "Book payment", exact: true }).click();
  await invoices.getByText("Paid", { exact: true }).waitFor();
  await phone.getByText("On the company’s invoice").waitFor({ state: "detached" });
});
