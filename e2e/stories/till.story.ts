import { strict as assert } from "node:assert";
import type { Locator, Page } from "playwright-core";
import { orderToCollect } from "../lib/api.ts";
import { fillCartOnPhone, jordisTill, leasPhone } from "../lib/people.ts";
import { scan } from "../lib/scan.ts";
import { FLOAT, freshShift } from "../lib/shift.ts";
import { story } from "../story.ts";

/** Counts what a cashier does: taps, and keys where something is typed. */
function counted(till: Page) {
  let count = 0;
  return {
    count: () => count,
    async tap(name: string | RegExp, options: { readonly exact?: boolean } = {}) {
      count += 1;
      await till
        .getByRole("button", { name, ...options })
        .first()
        .click();
    },
    async type(label: RegExp, text: string) {
      count += text.length;
      await till.getByLabel(label).fill(text);
    },
  };
}

story("Till: two products for exact cash take 4 taps, and the change is nothing", async (stage) => {
  const till = await jordisTill(stage);
  const cashier = counted(till);
  await cashier.tap(/^Butter croissant/);
  await cashier.tap(/^Carrot cake/);
  await till.getByRole("button", { name: /^Pay/ }).getByText("€6.40").waitFor();
  await cashier.tap(/^Pay/);
  await cashier.tap(/^Exact/);
  await till.getByText("€6.40 paid").waitFor();
  assert.ok(cashier.count() <= 4, `${cashier.count()} taps`);
});

story("Till: find Léa, take her cart over and charge her card in 8 taps or keys", async (stage) => {
  const phone = await leasPhone(stage);
  await fillCartOnPhone(phone, "Double espresso");
  const till = await jordisTill(stage);
  const cashier = counted(till);
  await cashier.tap("Find customer");
  await cashier.type(/Card, phone, e-mail or name/, "Léa");
  await cashier.tap(/^Léa/);
  await cashier.tap("Take over and pay");
  await cashier.tap(/^Card/);
  await till.getByText("Card accepted").waitFor();
  assert.ok(cashier.count() <= 8, `${cashier.count()} taps and keys`);
});

story("Till: an order from the shop is prepared, and handed over by its scanned code in 2 taps with what was due", async (stage) => {
  const { number, code } = await orderToCollect(stage, [{ sku: "CAK-CAR", quantity: 1 }]);
  const till = await jordisTill(stage);
  const cashier = counted(till);
  await scan(till, code);
  await till.getByRole("heading", { name: `Order ${number}` }).waitFor();
  await cashier.tap("Cash, hand over");
  await till.getByText("Handed over").waitFor();
  assert.ok(cashier.count() <= 2, `${cashier.count()} taps`);
});

story("Till: a ticket that is put aside waits at its store, and another till goes on with it", async (stage) => {
  const first = await jordisTill(stage);
  const second = await jordisTill(stage, "second-till");
  // Three of a kind that no other story parks.
  for (let unit = 0; unit < 3; unit++)
    await first
      .getByRole("button", { name: /^Carrot cake/ })
      .first()
      .click();
  const total = first.getByRole("button", { name: /^Pay/ }).getByText("€13.50");
  await total.waitFor();
  await first.getByRole("button", { name: "More" }).click();
  await first.getByRole("button", { name: "Park the ticket" }).click();
  await total.waitFor({ state: "detached" });
  await second.getByRole("button", { name: "More" }).click();
  const waiting = second.getByRole("button", { name: /€13\.50/ });
  await waiting.click();
  await second.getByRole("button", { name: /^Pay/ }).getByText("€13.50").waitFor();
  await first.getByRole("button", { name: "More" }).click();
  await first.getByRole("button", { name: "Park the ticket" }).waitFor();
  await first.getByRole("button", { name: /€13\.50/ }).waitFor({ state: "detached" });
});

story("Till: by keys alone a customer is found, something sold, cash counted and the next one served", async (stage) => {
  const till = await jordisTill(stage);
  const keys = till.keyboard;
  await keys.press("F2");
  await keys.type("Fontaine");
  const found = till.getByRole("button", { name: /^Léa/ }).first();
  await found.waitFor();
  for (let tab = 0; tab < 5 && !(await isFocused(found)); tab++) await keys.press("Tab");
  await keys.press("Enter");
  // Typed on while the customer is being opened: it stays. By hand: faster keys are a scanner's.
  await keys.press("F2");
  await keys.type("CAK-CAR", { delay: 60 });
  await till.getByRole("button", { name: "Serve without this customer" }).waitFor();
  await keys.press("Enter");
  await till.getByRole("button", { name: /^Pay/ }).getByText("€4.50").waitFor();
  await keys.press("F9");
  await till.getByRole("heading", { name: "Payment" }).waitFor();
  await keys.type("10");
  await keys.press("Enter");
  await till.getByText("€4.50 paid").waitFor();
  await till.getByText("€5.50").waitFor();
  const next = till.getByRole("button", { name: "Next customer" });
  for (let tab = 0; tab < 9 && !(await isFocused(next)); tab++) await keys.press("Tab");
  await keys.press("Enter");
  await till.getByRole("searchbox").waitFor();
});

async function isFocused(control: Locator): Promise<boolean> {
  return (await control.and(control.page().locator(":focus")).count()) > 0;
}

story("Till: a declined card keeps the ticket, cash pays it, and the count of the shift comes out even", async (stage) => {
  const till = await jordisTill(stage);
  await freshShift(till);
  await till
    .getByRole("button", { name: /^Carrot cake/ })
    .first()
    .click();
  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.getByRole("combobox").selectOption("sandbox_decline");
  await till.getByRole("button", { name: /^Card/ }).click();
  await till.getByText("The card was declined").waitFor();
  await till.getByRole("button", { name: "€10.00", exact: true }).click();
  await till.getByText("€5.50").waitFor();
  await till.getByRole("link", { name: /^Shift since/ }).click();
  await till.getByRole("textbox", { name: "€0.01", exact: true }).fill(String(FLOAT + 450));
  await till.getByRole("button", { name: "Close with this count" }).click();
  await till.getByText("The drawer is right").waitFor();
  await till.getByRole("button", { name: "Done" }).click();
  await till.getByRole("heading", { name: "Open the shift" }).waitFor();
});

story("Till: a sale by card that could not be sent survives a reload, and is sent when the hub is back", async (stage) => {
  const till = await jordisTill(stage);
  await till
    .getByRole("button", { name: /^Carrot cake/ })
    .first()
    .click();
  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.route("**/v1/till/commands", (route) => route.abort());
  await till.getByRole("button", { name: /^Card/ }).click();
  await till.getByText("The sale is kept here").waitFor();
  await till.reload();
  await till.getByText(/^1 to send/).waitFor();
  await till.unroute("**/v1/till/commands");
  await till.getByRole("link", { name: "Sell" }).click();
  await till.getByText("This ticket is paid").waitFor();
  await till.getByText(/^1 to send/).waitFor({ state: "detached" });
});

story("Till: a new face finds the languages and the dark, at tablet and phone size, without anything cut off", async (stage) => {
  for (const locale of ["de", "fr", "ca"]) {
    const till = await stage.device(`till-${locale}`, { locale, colorScheme: "dark", viewport: { width: 390, height: 844 } });
    await till.goto("/till/");
    await till.getByRole("heading", { level: 1 }).waitFor();
    const isWider = await till.evaluate<boolean>("document.documentElement.scrollWidth > innerWidth");
    assert.equal(isWider, false, `the page is wider than the phone in ${locale}`);
  }
});
