import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { randomFrom } from "../../scripts/random.ts";
import { annasOffice, jordisTill } from "../lib/people.ts";
import { readQr, scan } from "../lib/scan.ts";
import { FLOAT, freshShift } from "../lib/shift.ts";
import { countedAtHub, sellAndKill } from "../lib/till-kills.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

const PIN = "1234";
const ANNAS_PIN = "9876";
/** The long form is `npm run prove -- till-kills`. */
const KILLS = 4;

story(
  "Till: the cable is pulled in the middle of a ticket; it sells on for cash, takes back, gives a price by a manager's PIN, reloads, changes staff, closes and opens its shift; the hub has every act once",
  async (stage) => {
    const till = await jordisTill(stage, "offline-till");
    await installed(till);
    // Anna has been here, so this till knows her PIN without the hub, too.
    await signIn(till, ANNAS_PIN);
    await signIn(till, PIN);
    const badge = await jordisBadge(await annasOffice(stage));
    await scan(till, badge);
    await till.getByText("Jordi Puig is at the till now").waitFor();
    await freshShift(till);
    await tap(till, /^Carrot cake/);
    await payExact(till, "€4.50");
    const number = await till
      .getByText(/^LYB\d+-\d{6}$/)
      .first()
      .innerText();
    await till.getByRole("button", { name: "Next customer" }).click();
    // Begun with the hub, cut in the middle: the line stays, the next one is priced here.
    await tap(till, /^Carrot cake/);
    await till.getByRole("button", { name: /^Pay/ }).getByText("€4.50").waitFor();
    await till.context().setOffline(true);
    await tap(till, /^Butter croissant/);
    await till.getByRole("button", { name: /^Pay/ }).getByText("€6.40").waitFor();
    await till.getByText(/Sell for cash as always/).waitFor();
    await payExact(till, "€6.40");
    await till.getByRole("link", { name: /^Print/ }).click();
    await till.getByText("Number follows").waitFor();
    await till.getByText("Butter croissant").waitFor();
    await till.getByRole("button", { name: "Next customer" }).click();

    // What this till sold comes back for cash.
    await till.getByRole("link", { name: /^Take back/ }).click();
    await till.getByRole("textbox", { name: "Receipt or order number" }).fill(number);
    await till.getByRole("button", { name: "Open", exact: true }).click();
    await till.getByText("out of the drawer", { exact: false }).waitFor();
    await till.getByRole("button", { name: "Everything comes back" }).click();
    await till.getByRole("button", { name: "Give €4.50 back" }).click();
    await till.getByRole("heading", { name: "€4.50 goes back" }).waitFor();
    await till.getByRole("button", { name: "Next customer" }).click();

    // A cashier gives no discount alone; Anna's PIN covers this one.
    await till.getByRole("link", { name: "Sell" }).click();
    await tap(till, /^Butter croissant/);
    await till
      .getByRole("list", { name: "Lines of the ticket" })
      .getByRole("button", { name: /Butter croissant/ })
      .click();
    await till.getByRole("button", { name: "Price", exact: true }).click();
    await till.getByRole("button", { name: "10%" }).click();
    await till.getByText("€1.90 becomes €1.71").waitFor();
    await till.getByRole("button", { name: "Damaged" }).click();
    await till.getByLabel("PIN of a manager").fill(ANNAS_PIN);
    await till.getByRole("button", { name: "Give this price" }).click();
    await till.getByRole("button", { name: /^Pay/ }).getByText("€1.71").waitFor();
    await payExact(till, "€1.71");
    await till.getByRole("button", { name: "Next customer" }).click();

    // Reloaded in the middle of the next ticket: nothing of it is lost, and who is there is asked as always.
    await tap(till, /^Carrot cake/);
    await till.getByRole("button", { name: /^Pay/ }).getByText("€4.50").waitFor();
    await till.reload();
    await till.getByRole("button", { name: /^Pay/ }).getByText("€4.50").waitFor();
    await signIn(till, PIN);
    await scan(till, badge);
    await till.getByText("Jordi Puig is at the till now").waitFor();
    await till.getByRole("button", { name: /^Pay/ }).click();
    await till.getByText("Without the hub only cash is taken", { exact: false }).waitFor();
    assert.equal(await till.getByRole("button", { name: /^Card/ }).isDisabled(), true);
    await till.getByRole("button", { name: "€10.00", exact: true }).click();
    await till.getByText("€5.50").waitFor();
    await till.getByRole("button", { name: "Next customer" }).click();

    // The shift is closed without the hub, by the figures of this till, and the next one opened.
    await till.getByRole("link", { name: /^Shift since/ }).click();
    await till.getByRole("textbox", { name: "€0.01", exact: true }).fill(String(FLOAT + 640 + 171 + 450));
    await till.getByRole("button", { name: "Close with this count" }).click();
    await till.getByText("The drawer is right").waitFor();
    await till.getByRole("button", { name: "Done" }).click();
    await till.getByRole("button", { name: /^Open with/ }).click();
    await till.getByRole("link", { name: "Sell" }).click();
    await tap(till, /^Carrot cake/);
    await payExact(till, "€4.50");
    await till.getByText(/to send/).waitFor();

    // Plugged in again: what waited is sent, and the number of the receipt arrives where it is being looked at.
    await till.context().setOffline(false);
    await till.getByText(/to send/).waitFor({ state: "detached" });
    await till.getByText(/^LYB\d+-\d{6}$/).waitFor();
    const shifts = await lastShifts(till);
    assert.deepEqual(shifts, [
      { sales: 1, total: 450, difference: null },
      { sales: 4, total: 450 + 640 + 171 + 450, difference: 0 },
    ]);
  },
);

story(
  "Till: its page is killed at any moment of paying, with and without a network: no sale is lost, and none is there twice",
  async (stage) => {
    const till = await jordisTill(stage, "killed-till");
    await installed(till);
    await freshShift(till);
    const context = till.context();
    await till.close();
    await sellAndKill(context, KILLS, randomFrom(20260302));
    assert.deepEqual(await countedAtHub(context), { sales: KILLS, total: KILLS * 450 });
  },
);

story("Till: of two windows on one till one sells; the other says so, and takes over when it is told to", async (stage) => {
  const till = await jordisTill(stage, "two-windows");
  const second = await till.context().newPage();
  await second.goto("/till/");
  await second.getByRole("heading", { name: "This till is open in another window" }).waitFor();
  await second.getByRole("button", { name: "Go on here" }).click();
  await second.getByRole("button", { name: "Find customer" }).waitFor();
  await till.getByRole("heading", { name: "This till is open in another window" }).waitFor();
  await second.close();
  await till.getByRole("button", { name: "Find customer" }).waitFor();
});

async function tap(till: Page, product: RegExp): Promise<void> {
  await till.getByRole("button", { name: product }).first().click();
}

async function payExact(till: Page, amount: string): Promise<void> {
  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.getByRole("button", { name: /^Exact/ }).click();
  await till.getByText(`${amount} paid`).waitFor();
}

/** The worker is fetched after the first screen, and only what it serves is there without a network. */
async function installed(till: Page): Promise<void> {
  assert.ok(await till.evaluate<boolean>("navigator.serviceWorker.ready.then(({ active }) => active !== null)"));
}

/** The code on the badge that the office makes for him, as a scanner reads it. */
async function jordisBadge(office: Page): Promise<string> {
  await visit(office, "/office/staff?query=Jordi");
  await office.getByRole("link", { name: /^Jordi/ }).click();
  await office.getByRole("button", { name: /^Make (a|another) badge$/ }).click();
  return readQr(office, "Badge");
}

async function signIn(till: Page, pin: string): Promise<void> {
  await till.getByRole("button", { name: /^Change person/ }).click();
  await till.getByRole("heading", { name: "Who is at the till?" }).waitFor();
  await till.keyboard.type(pin);
  await till.keyboard.press("Enter");
  await till.getByRole("button", { name: "Find customer" }).waitFor();
}

type Shift = {
  readonly sales: { readonly count: number; readonly total: { readonly amount: number } };
  readonly difference: { readonly amount: number } | null;
};

/** The two newest shifts of this register, as the hub has them. */
async function lastShifts(till: Page) {
  const items = await till.evaluate<Shift[]>(`(async () => {
    const ask = async (path) => (await fetch(path, { headers: { "weft-session": "weft_till" } })).json();
    const { device } = await ask("/v1/session");
    const { items } = await ask("/v1/till/shifts?limit=2&registerId=" + device.registerId);
    return items;
  })()`);
  return items.map(({ sales, difference }) => ({
    sales: sales.count,
    total: sales.total.amount,
    difference: difference && difference.amount,
  }));
}
