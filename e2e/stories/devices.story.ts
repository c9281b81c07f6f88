import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { annasOffice, jordisTill } from "../lib/people.ts";
import { scan } from "../lib/scan.ts";
import { story } from "../story.ts";

/** The papers of the simulated printer, the newest first. */
async function papers(till: Page): Promise<string[]> {
  const response = await till.request.get("/bridge/");
  return [...(await response.text()).matchAll(/<article>(.*?)<\/article>/gs)].map(([, paper = ""]) => paper.replaceAll(/<[^>]+>/g, ""));
}

async function openSettings(till: Page): Promise<void> {
  await till.getByRole("button", { name: "Settings", exact: true }).click();
  await till.getByRole("heading", { name: "Receipt printer" }).waitFor();
}

const press = (till: Page, name: string | RegExp) => till.getByRole("button", { name }).first().click();

story(
  "Till: the printer, the drawer, the card terminal and the customer's screen work with the sale, and never hold it up",
  async (stage) => {
    const till = await jordisTill(stage);
    await openSettings(till);
    const [display] = await Promise.all([till.waitForEvent("popup"), press(till, "Open the customer display")]);
    await display.getByText("Welcome").waitFor();
    await press(till, "Use the bridge of the demo");
    await press(till, "Comptoir");
    await till.getByLabel("Card terminal of this till").selectOption("Comptoir");
    await press(till, "Close");

    // Cash: the customer follows it on the other screen, the drawer opens, and paper comes by one tap.
    await press(till, /^Butter croissant/);
    await display.getByText("Butter croissant").waitFor();
    await press(till, /^Pay/);
    await press(till, /^Exact/);
    await display.getByText("Thank you!").waitFor();
    assert.equal(await display.getByRole("button").count(), 0, "the customer's screen has no control");
    await press(till, "Print receipt");
    await till.getByText("The receipt is printed.").waitFor();
    const [first = ""] = await papers(till);
    assert.match(first, /Butter croissant/);
    assert.doesNotMatch(first, /DUPLICATE/);
    assert.match(await (await till.request.get("/bridge/")).text(), /drawer was opened \d+ time/);

    // Once more: a copy, with its number and reason.
    await till.getByRole("link", { name: "Show receipt" }).click();
    await till.getByRole("button", { name: "Print", exact: true }).click();
    await press(till, "It was lost");
    await till.getByText("On its way to the printer").waitFor();
    await until(async () => /DUPLICATE 1\s+It was lost/.test((await papers(till))[0] ?? ""));
    await press(till, "Next customer");
    await display.getByText("Welcome").waitFor();

    // Cash that comes in is a slip to be signed; the X of the shift keeps the count blind.
    await till.getByRole("link", { name: /^Shift/ }).click();
    const move = async (way: string, reason: string): Promise<void> => {
      await press(till, way);
      await till.getByLabel("Amount").fill("5");
      await till.getByLabel("Reason").fill(reason);
      await press(till, "Note it");
    };
    await move("Put in", "Lent by the next till");
    await press(till, "Print the slip");
    await until(async () => /Lent by the next till +\D*5\.00/.test((await papers(till))[0] ?? ""));
    await move("Take out", "Given back to it");
    await press(till, "Print the X report");
    await until(async () => /X REPORT/.test((await papers(till))[0] ?? ""));
    assert.doesNotMatch((await papers(till))[0] ?? "", /Expected cash/);
    await till.getByRole("link", { name: "Sell", exact: true }).click();

    // The card is taken at the terminal; the bridge is away when the paper is wanted, and the sale is done all the same.
    await press(till, /^Carrot cake/);
    await press(till, /^Pay/);
    await press(till, /^Card/);
    await till.getByText("Card accepted").waitFor();
    await till.route("**/bridge/printers/**", (route) => route.abort());
    await press(till, "Print receipt");
    await till.getByRole("alert").getByText("The bridge of the store does not answer.").waitFor();
    await till.unroute("**/bridge/printers/**");
    await press(till, "Print again");
    await till.getByText("The receipt is printed.").waitFor();
    assert.match((await papers(till))[0] ?? "", /Carrot cake/);
    await press(till, "Next customer");

    // Paid in parts: cash that is in the drawer outlives a reload, the customer sees what is left, and two people share it.
    await press(till, /^Carrot cake/);
    await press(till, /^Pay/);
    await press(till, "Split the payment");
    await till.getByLabel("An amount").fill("2");
    await press(till, "Take this amount");
    await press(till, "€5.00");
    await display.getByText("Still to pay").waitFor();
    await display.getByText("€2.50").waitFor();
    await till.reload();
    await till.getByText("€5.00 received").waitFor();
    await press(till, "Split the payment");
    await press(till, /^2 ?€1\.25/);
    await press(till, /^Card €1\.25/);
    await till.getByRole("button", { name: "Refund €1.25" }).waitFor();
    await press(till, /^Exact €1\.25/);
    await till.getByText("Cash €2.00, Card €1.25 and Cash €1.25").waitFor();
    await press(till, "Next customer");

    // The office has a page printed here, and sees that it was.
    const office = await annasOffice(stage, "/office/devices");
    await office
      .getByRole("button", { name: /^Print a test page at/ })
      .first()
      .click();
    await office.getByText(/^printed/).waitFor();
    assert.match((await papers(till))[0] ?? "", /äöüß/);

    // The hub is away and the bridge is not: a card that is shown is kept as it is, the terminal takes the money, and the bridge has a second copy.
    await till.route("**/v1/**", (route) => route.abort());
    await press(till, /^Carrot cake/);
    await till.getByText(/Sell for cash as always/).waitFor();
    await scan(till, "2900 0000 0000 0007");
    await till.getByText("Card shown").waitFor();
    await press(till, /^Pay/);
    await till.getByText("cards by the terminal beside the till", { exact: false }).waitFor();
    await press(till, /^Card/);
    await till.getByText("Card accepted").waitFor();
    await till.getByText("€4.50 paid").waitFor();
    await until(async () => (await copiedRows(till)) > 0);
    await till.unroute("**/v1/**");
    await till.getByText(/^LYB\d+-\d{6}$/).waitFor();
  },
);

/** How many acts of this till the bridge keeps. */
function copiedRows(till: Page): Promise<number> {
  return till.evaluate<number>(`(async () => {
    const { url, token } = JSON.parse(localStorage.getItem("weft.till.bridge"));
    const { rows } = await (await fetch(url + "/rows", { headers: { authorization: "Bearer " + token } })).json();
    return rows.length;
  })()`);
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail("it did not come to hold");
}
