import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { jordisTill, strangersPhone } from "../lib/people.ts";
import { readQr, scan } from "../lib/scan.ts";
import { story } from "../story.ts";

const press = (till: Page, name: string | RegExp) => till.getByRole("button", { name }).first().click();

story("Till: a line has its note, a bill comes before the payment, and a present comes back by a receipt without prices", async (stage) => {
  const till = await jordisTill(stage);
  await press(till, /^Carrot cake/);
  const ticket = till.getByRole("complementary", { name: "Ticket" });
  await ticket.locator("li button").first().click();
  await ticket.getByRole("button", { name: "Note", exact: true }).click();
  await till.getByLabel("Note on this line").fill("With one candle");
  await press(till, "Keep the note");
  await ticket.getByText("With one candle").waitFor();

  // Who sits at a table sees what they will pay before they do.
  await press(till, "More");
  await press(till, "Bill before payment");
  await press(till, "Print the bill");
  const bill = till.getByRole("article");
  await bill.getByText(/^LYB\d+-B\d{6}$/).waitFor();
  assert.match(await bill.innerText(), /DOCUMENT PROVISOIRE/);
  assert.doesNotMatch(await bill.innerText(), /VAT/);
  await press(till, "Back to the ticket");
  await press(till, /^Pay/);
  await press(till, /^Exact/);

  await till.getByRole("link", { name: "Gift receipt" }).click();
  await press(till, "Make the gift receipt");
  const address = await readQr(till, "Code of the gift receipt");
  assert.match(address, /\/g\/[\w-]{22}$/);
  const phone = await strangersPhone(stage);
  for (let look = 0; look < 200 && (await phone.goto(address))?.status() === 404; look++) await phone.waitForTimeout(100); // until the till has sent it
  await phone.getByRole("heading", { name: "Gift receipt" }).waitFor();
  await phone.getByText("Carrot cake").waitFor();
  assert.doesNotMatch(await phone.locator("body").innerText(), /€|\d[.,]\d\d\b/);
  assert.equal((await phone.request.get(`${address}/receipt.pdf`)).headers()["content-type"], "application/pdf");

  // Whatever screen stands there, its code opens what comes back, and names nobody who gave it.
  await scan(till, address);
  await till.getByText("Brought with a gift receipt").waitFor();
  await till.getByText(/^A present ·/).waitFor();
  await press(till, "Everything comes back");
  await till.getByText("Choose the customer who brings it on the ticket first, or exchange it.").waitFor();
});
