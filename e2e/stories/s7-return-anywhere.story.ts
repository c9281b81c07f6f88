import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice, openAllHours } from "../lib/api.ts";
import { annasOffice, jordisTill, RUN, signInOnPhone, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story, VIEWPORTS, type Stage } from "../story.ts";

const MUG = "MUG-WEA-MOS";
const TOTE = "GEA-TOT";

type Money = { readonly amount: number; readonly currency: string };
type Bought = { readonly id: string; readonly number: string; readonly paid: Money; readonly total: Money };

/** Asks as who is signed in on a phone. */
async function ask<Answer>(phone: Page, path: string, body?: object): Promise<Answer> {
  const answer = await phone.evaluate(
    async ([path, body]) => {
      const headers = { "weft-session": "weft_shop", "content-type": "application/json", "idempotency-key": crypto.randomUUID() };
      const response = await fetch(path, { method: body === null ? "GET" : "POST", headers, ...(body !== null && { body }) });
      if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
      return response.json();
    },
    [path, body ? JSON.stringify(body) : null] as const,
  );
  return answer as Answer; // as the contract says
}

/** A customer of the shop with points of their own. */
async function memberWithPoints(
  stage: Stage,
  office: Page,
  points: number,
): Promise<{ readonly phone: Page; readonly customerId: string }> {
  const phone = await strangersPhone(stage, "noas-phone");
  await signInOnPhone(stage, phone, `noa.${RUN}@example.com`, "Noa");
  const { customer } = await ask<{ customer: { customerId: string } }>(phone, "/v1/session");
  const grant = { id: crypto.randomUUID(), points, reason: "goodwill" };
  await askInOffice(office, "POST", `/v1/customers/${customer.customerId}/loyalty/grants`, grant);
  return { phone, customerId: customer.customerId };
}

/** Two of the goods of a store, mugs if none are named, one reward used, the rest paid by card, and handed over there. */
async function boughtAt(office: Page, phone: Page, placeId: string, sku = MUG): Promise<Bought> {
  const operations = [{ id: crypto.randomUUID(), kind: "add", sku, quantity: 2 }];
  const { cart } = await ask<{ cart: { id: string } }>(phone, "/v1/carts", { placeId, fulfillment: "collect", operations });
  // What the contract says of the program.
  const program = (await askInOffice(office, "GET", "/v1/loyalty/program")) as { rewards: { id: string; benefit: { kind: string } }[] };
  const reward = program.rewards.find(({ benefit }) => benefit.kind === "amount");
  assert.ok(reward, "there is a reward that takes something off");
  const apply = [{ id: crypto.randomUUID(), kind: "applyReward", rewardId: reward.id }];
  await ask(phone, `/v1/carts/${cart.id}/operations`, { operations: apply });
  const priced = await ask<{ totals: { total: Money } }>(phone, `/v1/carts/${cart.id}`);
  const order = await ask<Bought & { fulfillments: { id: string }[] }>(phone, `/v1/carts/${cart.id}/completion`, {
    fulfillment: { kind: "collect", placeId },
    tenders: [{ kind: "card", token: "sandbox_approve" }],
    expectedTotal: priced.totals.total,
  });
  const handOver = { proof: "order_number", code: order.number, tenders: [] };
  await askInOffice(office, "POST", `/v1/fulfillments/${order.fulfillments[0]?.id}/collection`, handOver);
  return order;
}

const balanceOf = async (phone: Page): Promise<number> => (await ask<{ balance: number }>(phone, "/v1/customers/me/loyalty")).balance;

story("S7 bought in the shop with card and points, returned at the till of another store: to the card, points as before", async (stage) => {
  const office = await annasOffice(stage);
  const elsewhere = await openAllHours(office, `Trama Lyon Retour ${RUN}`, { sku: MUG, quantity: 9 });
  const { phone } = await memberWithPoints(stage, office, 150);
  const before = await balanceOf(phone);
  const { id, number, paid } = await boughtAt(office, phone, elsewhere);
  assert.notEqual(await balanceOf(phone), before, "points were used and earned");
  await phone.setViewportSize(VIEWPORTS.phone);
  await phone.goto(`/shop/orders/${id}`);
  await phone.getByText(`Order ${number}`).waitFor();
  const till = await jordisTill(stage);
  await till.getByRole("link", { name: "Take back" }).click();
  await till.getByLabel("Receipt or order number").fill(number.toLowerCase());
  await till.getByRole("button", { name: "Open", exact: true }).click();
  await till.getByText("2 of 2 can come back").waitFor();
  await till.getByRole("button", { name: /^One more/ }).click();
  await till.getByRole("combobox", { name: "Why" }).selectOption("defective");
  await till.getByRole("button", { name: /^Give €/ }).click();
  await till.getByRole("heading", { name: /goes back$/ }).waitFor();
  // The phone follows without being touched.
  await phone.getByText("1 came back").waitFor();
  await till.getByRole("button", { name: "Next customer" }).click();
  await till.getByLabel("Receipt or order number").fill(number);
  await till.getByRole("button", { name: "Open", exact: true }).click();
  await till.getByText("1 of 2 can come back").waitFor();
  await till.getByRole("button", { name: "Everything comes back" }).click();
  await till.getByText("To the card").waitFor();
  await till.getByRole("button", { name: /^Give €/ }).click();
  await till.getByText(/^The card’s bank/).waitFor();
  await till.getByRole("link", { name: "Print receipt" }).click();
  await till.getByRole("article").getByText(`Order ${number}`).waitFor();
  await phone.getByText("2 came back").waitFor();
  assert.equal(await balanceOf(phone), before, "points are exactly as before");
  const { paymentState, returnedAmount } = await ask<{ paymentState: string; returnedAmount: Money }>(phone, `/v1/orders/${id}`);
  assert.deepEqual([paymentState, returnedAmount], ["refunded", paid]);
  await visit(office, `/office/orders?open=${id}`);
  await office.getByRole("heading", { name: "Came back" }).waitFor();
  await office.getByText("Paid back").or(office.getByText("Refunded")).first().waitFor();
});

story("S7 what was bought for cash at a till without a network comes back for cash, and no more than was bought", async (stage) => {
  const till = await jordisTill(stage, "cash-till");
  await till.context().setOffline(true);
  await till
    .getByRole("button", { name: /^Carrot cake/ })
    .first()
    .click();
  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.getByRole("button", { name: /^Exact/ }).click();
  await till.getByText("€4.50 paid").waitFor();
  await till.context().setOffline(false);
  // The number is the hub's to give where the till does not sign.
  const receipt = till.getByText(/^[A-Z]+\d+-\d{6}$/);
  await receipt.waitFor();
  const number = await receipt.innerText();
  await till.getByRole("link", { name: "Take back" }).click();
  await till.getByLabel("Receipt or order number").fill(number);
  await till.getByRole("button", { name: "Open", exact: true }).click();
  await till.getByRole("button", { name: "Everything comes back" }).click();
  await till.getByRole("button", { name: /^Give €/ }).click();
  await till.getByText("From the drawer").waitFor();
  await till.getByRole("button", { name: "Next customer" }).click();
  await till.getByLabel("Receipt or order number").fill(number);
  await till.getByRole("button", { name: "Open", exact: true }).click();
  await till.getByText(/^Nothing is left to come back/).waitFor();
});

story(
  "S7 announced in the shop: one bag is brought to any till by its code, the other sent, refused with a reason that its buyer reads",
  async (stage) => {
    const office = await annasOffice(stage);
    const store = await openAllHours(office, `Trama Lyon Renvoi ${RUN}`, { sku: TOTE, quantity: 9 });
    const { phone } = await memberWithPoints(stage, office, 150);
    const { id } = await boughtAt(office, phone, store, TOTE);
    await phone.setViewportSize(VIEWPORTS.phone);
    await phone.goto(`/shop/orders/${id}`);
    await phone.getByText("Bring or send something back").click();
    await phone.getByRole("button", { name: /^One more/ }).click();
    await phone.getByRole("button", { name: "Announce" }).click();
    const card = phone.getByRole("article", { name: /^A-/ });
    const code = await card.getByRole("status").filter({ hasText: /^RT/ }).innerText();
    const till = await jordisTill(stage);
    await till.getByRole("link", { name: "Take back" }).click();
    await till.getByLabel("Receipt or order number").fill(code.toLowerCase());
    await till.getByRole("button", { name: "Open", exact: true }).click();
    await till.getByText(/^Announced as A-/).waitFor();
    await till.getByRole("button", { name: /^Give €/ }).click();
    await till.getByRole("heading", { name: /goes back$/ }).waitFor();
    // The phone follows without being touched.
    await card.getByText("Accepted").or(card.getByText("Money back")).waitFor();
    await phone.getByText("Bring or send something back").click();
    await phone.getByRole("button", { name: /^One more/ }).click();
    await phone.getByRole("radio", { name: /^By parcel/ }).check();
    await phone.getByRole("button", { name: "Announce" }).click();
    await phone.getByRole("button", { name: "Slip for the parcel (PDF)" }).waitFor();
    const sent = phone.getByRole("article", { name: /^A-/ }).last();
    const number = (await sent.getAttribute("aria-label")) ?? "";
    await visit(office, `/office/returns?place=${store}`);
    await office.getByRole("link", { name: number }).click();
    await office.getByRole("button", { name: "It is here" }).click();
    await sent.getByText("Arrived").waitFor();
    await office.getByLabel(/\(of 1\)$/).fill("0");
    await office.getByLabel("Why not all of it? The customer reads this.").fill("It was used, and is chipped");
    await office.getByRole("button", { name: "Refuse all of it" }).click();
    await sent.getByText("The store says: It was used, and is chipped").waitFor();
    const { paymentState } = await ask<{ paymentState: string }>(phone, `/v1/orders/${id}`);
    assert.equal(paymentState, "paid", "only what was taken goes back");
  },
);

story("S7 exchanged at the till: what comes back pays for what goes out, and the paper says both", async (stage) => {
  const till = await jordisTill(stage, "exchange-till");
  const ring = async (name: RegExp): Promise<void> => {
    await till.getByRole("link", { name: "Sell" }).click();
    await till.getByRole("button", { name }).first().click();
  };
  await ring(/^Carrot cake/);
  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.getByRole("button", { name: /^Exact/ }).click();
  const receipt = till.getByText(/^[A-Z]+\d+-\d{6}$/);
  await receipt.waitFor();
  const number = await receipt.innerText();
  await ring(/^Carrot cake/);
  await till.getByRole("link", { name: "Take back" }).click();
  await till.getByLabel("Receipt or order number").fill(number);
  await till.getByRole("button", { name: "Open", exact: true }).click();
  await till.getByRole("button", { name: "Everything comes back" }).click();
  await till.getByRole("button", { name: "Exchange, nothing to pay" }).click();
  await till.getByRole("heading", { name: "Exchanged" }).waitFor();
  await till.getByRole("link", { name: "Print receipt" }).click();
  const paper = till.getByRole("article");
  await paper.getByText("Went out instead").last().waitFor();
  await paper.getByText("Difference").waitFor();
  const exchanged = await paper
    .getByText(/^[A-Z]+\d+-\d{6}$/)
    .first()
    .innerText();

  // For two of them: a card that is declined leaves everything as it was, the next one pays the difference.
  await ring(/^Carrot cake/);
  await till
    .getByRole("button", { name: /^Carrot cake/ })
    .first()
    .click();
  await till.getByRole("link", { name: "Take back" }).click();
  await till.getByLabel("Receipt or order number").fill(exchanged);
  await till.getByRole("button", { name: "Open", exact: true }).click();
  await till.getByRole("button", { name: "Everything comes back" }).click();
  await till.getByText(/^To pay:/).waitFor();
  await till.getByLabel("Demo: what the terminal answers").selectOption("sandbox_decline");
  await till.getByRole("button", { name: /^Card/ }).click();
  await till.getByRole("alert").first().waitFor();
  await till.getByLabel("Demo: what the terminal answers").selectOption("sandbox_approve");
  await till.getByRole("button", { name: /^Card/ }).click();
  await till.getByRole("heading", { name: "Exchanged" }).waitFor();
});
