import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice, orderToCollect } from "../lib/api.ts";
import { annasOffice, fillCartOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { type Stage, story } from "../story.ts";

/** A stranger's phone at the checkout, about to pay with a card whose bank asks. */
async function withBankCard(stage: Stage): Promise<Page> {
  const phone = await strangersPhone(stage);
  await phone.goto("/shop/");
  await phone.getByRole("button", { name: /Your store\?|Change/ }).click();
  await phone
    .getByRole("dialog")
    .getByRole("button", { name: /Bellecour/ })
    .click();
  await fillCartOnPhone(phone, "Butter croissant");
  await visit(phone, "/shop/checkout");
  await phone.getByLabel("Test card").selectOption("sandbox_3ds");
  return phone;
}

async function toBank(phone: Page, button: RegExp): Promise<void> {
  await phone.getByRole("button", { name: button }).click();
  await phone.waitForURL(/\/sandbox\/bank\//);
  await phone.getByRole("heading", { name: "Test bank" }).waitFor();
}

story("Payment: the bank asks; come back without an answer the goods are kept, and confirmed it is one order", async (stage) => {
  const phone = await withBankCard(stage);
  await toBank(phone, /^Pay €/);
  await visit(phone, "/shop/checkout");
  await phone.getByText("Your bank has not confirmed the payment yet.").waitFor();
  await toBank(phone, /^Go on at the bank/);
  await phone.getByRole("button", { name: "Yes, it is me" }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone.getByRole("heading", { name: "We have your order" }).waitFor();
  await visit(phone, "/shop/orders");
  await phone.getByText("Butter croissant").first().waitFor();
  assert.equal(await phone.getByText("Butter croissant").count(), 1, "it is one order");
});

story("Payment: refused at the bank nothing is charged, and the same cart is paid by another card", async (stage) => {
  const phone = await withBankCard(stage);
  await toBank(phone, /^Pay €/);
  await phone.getByRole("button", { name: "No, refuse" }).click();
  await phone.waitForURL(/\/shop\/checkout/);
  await phone.getByText("Your cart is as it was; nothing was charged.").waitFor();
  await phone.getByLabel("Test card").selectOption("sandbox_approve");
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.getByRole("heading", { name: "We have your order" }).waitFor();
});

story("Payment: who does not want to go to the bank pays otherwise, and the goods are theirs again", async (stage) => {
  const phone = await withBankCard(stage);
  await toBank(phone, /^Pay €/);
  await visit(phone, "/shop/checkout");
  await phone.getByRole("button", { name: "Pay in another way" }).click();
  await phone.getByRole("radio", { name: "At the store" }).check();
  await phone.getByRole("button", { name: /^Order for €/ }).click();
  await phone.getByRole("heading", { name: "We have your order" }).waitFor();
});

type Listed<Item> = { readonly items: readonly Item[] };

/** A refund is asked for by a job after the commit: it is looked for until it stands so, or is gone from the list when `state` is null. */
async function untilRefund(office: Page, orderNumber: string, state: string | null): Promise<void> {
  for (let look = 0; look < 150; look++) {
    const { items } = (await askInOffice(office, "GET", "/v1/refunds?limit=200")) as Listed<{ orderNumber: string; state: string }>; // by the contract
    const found = items.find((one) => one.orderNumber === orderNumber);
    if ((found?.state ?? null) === state) return;
    await office.waitForTimeout(200);
  }
  throw new Error(`the refund of ${orderNumber} never was ${state ?? "gone"}`);
}

story("Payment: a refund that its provider refuses is money that is still here, until it is asked for again", async (stage) => {
  const office = await annasOffice(stage);
  const products = (await askInOffice(office, "GET", "/v1/products?query=croissant&limit=5")) as Listed<{ defaultSku: string }>; // by the contract
  const sku = products.items[0]?.defaultSku ?? "";
  const { number } = await orderToCollect(stage, [{ sku, quantity: 1 }], { kind: "card", token: "sandbox_refund_fails" });
  const { items } = (await askInOffice(office, "GET", `/v1/orders?query=${number}`)) as Listed<{ id: string }>; // by the contract
  const path = `/v1/orders/${items[0]?.id}`;
  await askInOffice(office, "POST", `${path}/cancellation`, { reason: "no longer wanted" });
  await untilRefund(office, number, "failed");
  assert.equal(((await askInOffice(office, "GET", path)) as { paymentState: string }).paymentState, "paid", "nothing went back");
  await visit(office, "/office/refunds");
  await office.getByRole("link", { name: number }).first().click();
  await office.getByText("The provider refused.").waitFor();
  await office.getByRole("button", { name: "Ask again" }).click();
  await office.getByText("Asked for again.").waitFor();
  await untilRefund(office, number, null);
  assert.equal(((await askInOffice(office, "GET", path)) as { paymentState: string }).paymentState, "refunded", "it went back once");
});
