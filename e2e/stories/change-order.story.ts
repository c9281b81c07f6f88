import { strict as assert } from "node:assert";
import { inOutbox } from "../lib/outbox.ts";
import { annasOffice, chooseBellecour, fillCartOnPhone, jordisTill, leaOrders, leasPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

story("An order is changed by its customer until the store begins, and every screen tells what was changed and by whom", async (stage) => {
  const { id, number, phone } = await leaOrders(stage);

  await phone.getByRole("button", { name: "Change the order" }).click();
  const dialog = phone.getByRole("dialog");
  await dialog.getByRole("button", { name: "One more of Butter croissant" }).click();
  await dialog.getByText("To pay", { exact: true }).waitFor();
  await dialog.getByRole("radio", { name: "By card", exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Change the order" }).click();
  await dialog.waitFor({ state: "hidden" });
  await phone.getByText(/^1 × Butter croissant added/).waitFor();

  await phone.getByRole("button", { name: "Change the order" }).click();
  await dialog.getByRole("button", { name: "Remove Butter croissant" }).first().click();
  await dialog.getByText("Goes back", { exact: true }).waitFor();
  await dialog.getByText("back to the card").waitFor();
  await dialog.getByRole("button", { name: "Change the order" }).click();
  await phone.getByText(/^1 × Butter croissant taken off/).waitFor();

  const office = await annasOffice(stage, `/office/orders?open=${id}`);
  const page = office.getByRole("complementary").filter({ hasText: number });
  await page.getByText(/^1 × Butter croissant taken off/).waitFor();
  await page
    .getByText(/by the customer/)
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Change the order" }).waitFor();

  const till = await jordisTill(stage);
  await visit(till, "/till/collections");
  await till.locator("main li").filter({ hasText: number }).first().getByRole("button", { name: "Start", exact: true }).click();
  await phone.getByText(/^It has been in preparation since .* changed/).waitFor();
  assert.equal(await phone.getByRole("button", { name: "Change the order" }).count(), 0, "nothing is offered that would be refused");
});

story(
  "An order that costs more by a change is paid by a card whose bank asks, and is as it was until the bank has said yes",
  async (stage) => {
    const phone = await leasPhone(stage);
    await chooseBellecour(phone);
    await fillCartOnPhone(phone, "Butter croissant");
    await visit(phone, "/shop/checkout");
    await phone.getByRole("button", { name: /^Pay €/ }).click();
    await phone.waitForURL(/\/shop\/orders\/./);
    await phone.getByRole("button", { name: "Change the order" }).click();
    const dialog = phone.getByRole("dialog");
    await dialog.getByRole("button", { name: "One more of Butter croissant" }).click();
    await dialog.getByText("To pay", { exact: true }).waitFor();
    await dialog.getByRole("radio", { name: /^By card · / }).check();
    await dialog.getByRole("button", { name: "Change the order" }).click();
    await phone.waitForURL(/\/sandbox\/bank\//);
    await phone.goBack();
    await phone.getByText("Your bank has not confirmed the payment yet.").waitFor();
    assert.equal(await phone.getByText(/^1 × Butter croissant added/).count(), 0, "nothing is changed before it is paid");
    await phone.getByRole("button", { name: "Go on at the bank" }).click();
    await phone.getByRole("button", { name: "Yes, it is me" }).click();
    await phone.waitForURL(/\/shop\/orders\//);
    await phone.getByText(/^1 × Butter croissant added/).waitFor();
  },
);

story("What a change by staff costs more is paid by its buyer by a link, and the order is as it was until then", async (stage) => {
  const { id, number, phone } = await leaOrders(stage);

  const office = await annasOffice(stage, `/office/orders?open=${id}`);
  const page = office.getByRole("complementary").filter({ hasText: number });
  await page.getByRole("button", { name: "Change the order" }).click();
  const dialog = office.getByRole("dialog");
  await dialog.getByRole("button", { name: "One more of Butter croissant" }).click();
  await dialog.getByRole("radio", { name: "By a link" }).check();
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = page.getByRole("region", { name: "By a link" });
  await link.getByText(/^A change waits for €/).waitFor();

  // The mail has the link; here it is followed as its reader does.
  await phone.goto(await inOutbox(stage, "the link to a change", (message) => /\/shop\/changes\/[\w-]+/.exec(message)?.[0]));
  await phone.getByText("Added: 1 × Butter croissant").waitFor();
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.getByRole("heading", { name: "Your order is changed" }).waitFor();
  await phone.getByRole("link", { name: "To the order" }).click();
  await phone.getByText(/^1 × Butter croissant added/).waitFor();
  await office.goto(`/office/orders?open=${id}`);
  await page.getByText(/^1 × Butter croissant added/).waitFor();
  assert.equal(await link.count(), 0, "a link that was paid is gone");
});
