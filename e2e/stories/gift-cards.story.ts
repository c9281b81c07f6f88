import { strict as assert } from "node:assert";
import { openAllHours } from "../lib/api.ts";
import { annasOffice, chooseStore, fillCartOnPhone, jordisTill, RUN, strangersPhone } from "../lib/people.ts";
import { sellGiftCard, typeAtTill } from "../lib/gift-cards.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

const GRANOLA = { sku: "PAN-GRA", name: "House granola" };

story(
  "Gift card: sold at the till, spent in the shop, the rest at the till; the office sees each step and never the code",
  async (stage) => {
    const office = await annasOffice(stage);
    const store = `Trama Lyon Cadeau ${RUN}`;
    await openAllHours(office, store, { sku: GRANOLA.sku, quantity: 5 });
    const till = await jordisTill(stage);
    const code = await sellGiftCard(till);

    const phone = await strangersPhone(stage, "gifted");
    await chooseStore(phone, store);
    await fillCartOnPhone(phone, GRANOLA.name);
    await visit(phone, "/shop/checkout");
    await phone.getByLabel("Gift card code").fill(code.toLowerCase());
    await phone.getByRole("button", { name: "Use", exact: true }).click();
    await phone.getByRole("button", { name: /^Gift card …/ }).waitFor();
    await phone.locator('[data-tour="order"]').click();
    await phone.waitForURL(/\/shop\/orders\/./);

    await till.getByRole("button", { name: "Next customer" }).click();
    await typeAtTill(till, "CAK-CAR");
    await till.getByRole("button", { name: /^Pay/ }).getByText("4.50").waitFor();
    await till.getByRole("button", { name: /^Pay/ }).click();
    await till.getByLabel("Gift card code").fill(code);
    await till.getByRole("button", { name: "Use", exact: true }).click();
    await till.getByText("Paid so far", { exact: true }).waitFor();
    await till.getByRole("button", { name: "Finish: nothing left to pay" }).click();
    await till.getByRole("button", { name: "Next customer" }).click();

    await visit(office, `/office/gift-cards?query=${code.slice(-4)}`);
    const row = office.getByRole("row").filter({ hasText: `…${code.slice(-4)}` });
    await row.getByText("€12.60").waitFor();
    await row.getByRole("link").click();
    await office.getByText("Paid with").nth(1).waitFor();
    assert.ok(!(await office.locator("body").innerText()).includes(code), "the office never shows a code");

    await office.getByLabel("Why").fill("lost on the tram");
    await office.getByRole("button", { name: "Give a new code" }).click();
    const next = await office.getByText(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/).innerText();
    await typeAtTill(till, "CAK-CAR");
    await till.getByRole("button", { name: /^Pay/ }).getByText("4.50").waitFor();
    await till.getByRole("button", { name: /^Pay/ }).click();
    await till.getByLabel("Gift card code").fill(code);
    await till.getByRole("button", { name: "Use", exact: true }).click();
    await till.getByText(/reported lost and has another code/).waitFor();
    await till.getByLabel("Gift card code").fill(next);
    await till.getByRole("button", { name: "Use", exact: true }).click();
    await till.getByText("Paid so far", { exact: true }).waitFor();
    await till
      .getByRole("link", { name: "Back" })
      .or(till.getByRole("button", { name: "Back" }))
      .first()
      .click();
  },
);
