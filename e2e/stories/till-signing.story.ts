import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { clarasOffice } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story, VIEWPORTS, type Stage } from "../story.ts";

const PRICE = 450;

story(
  "Till: a register signs its own journal: a receipt has its number at once, with and without a network, the office verifies every entry, and a second till is told",
  async (stage) => {
    const office = await clarasOffice(stage);
    const register = await ownRegister(office);
    const till = await tillOf(stage, "signing-till", register.name);
    await till.getByRole("button", { name: /^Open with/ }).click();
    await till.getByRole("button", { name: "Find customer" }).waitFor();
    assert.ok(await till.evaluate<boolean>("navigator.serviceWorker.ready.then(({ active }) => active !== null)"));
    await signHere(till);

    // Sold by the register itself, and by the hub for it: each is numbered when it is paid.
    await sell(till, /^Exact/);
    await till.getByText(/-000001$/).waitFor();
    await till.getByRole("button", { name: "Next customer" }).click();
    await sell(till, /^Card/);
    await till.getByText(/-000002$/).waitFor();
    await till.getByRole("button", { name: "Next customer" }).click();

    // Without the hub the number does not wait for it, and the shift is closed by the register's own signature.
    await till.context().setOffline(true);
    await sell(till, /^Exact/);
    await till.getByText(/-000003$/).waitFor();
    await till.getByRole("link", { name: /^Print/ }).click();
    await till.getByText(/^[0-9a-f]{64}$/).waitFor();
    await till.getByRole("link", { name: /^Shift since/ }).click();
    await till.getByRole("textbox", { name: "€0.01", exact: true }).fill(String(10_000 + 2 * PRICE));
    await till.getByRole("button", { name: "Close with this count" }).click();
    await till.getByText("The drawer is right").waitFor();
    await till.context().setOffline(false);
    await till.getByRole("button", { name: "Done" }).click();
    await till.getByRole("button", { name: /^Open with/ }).waitFor();

    const journal = await settledJournal(till, register.id);
    assert.equal(journal.defects, 0);
    assert.deepEqual(journal.toSign, []);
    // That the hub is reached again is noted after the closing, and said with the next one.
    assert.ok(journal.uploadedTo + 1 >= journal.book.journal.seq, "the till said of every entry up to its closing that it was sent");
    assert.deepEqual(journal.book.perpetual, { count: 3, net: 3 * PRICE, absolute: 3 * PRICE, byRate: journal.book.perpetual.byRate });
    await verifiedInOffice(office, register.name);
    // [FIS-15] The closing began with the first figure of the count, and once however many were typed.
    const log = await office.evaluate<{ items: { event: number | null }[] }>(
      `fetch(${JSON.stringify(`/v1/journal/entries?registerId=${register.id}&chain=L`)}, { headers: { "weft-session": "weft_office" } }).then((answer) => answer.json())`,
    );
    assert.equal(log.items.filter(({ event }) => event === 330).length, 1);

    const second = await tillOf(stage, "second-till", register.name);
    await second.getByRole("heading", { name: "Another till signs for this register" }).waitFor();
    await second.getByRole("button", { name: "Take the journal over to this till" }).click();
    await second.getByRole("button", { name: /^Open with/ }).waitFor();
    await till.reload();
    await till.getByRole("heading", { name: "Another till signs for this register" }).waitFor();
    const taken = await second.evaluate<Journal>(
      `fetch(${JSON.stringify(`/v1/till/registers/${register.id}/journal`)}, { headers: { "weft-session": "weft_till" } }).then((answer) => answer.json())`,
    );
    assert.equal(taken.defects, 0, "the till that was before wrote nothing more");
  },
);

/** A register that no other story uses. */
async function ownRegister(office: Page): Promise<{ readonly id: string; readonly name: string }> {
  const { items } = (await askInOffice(office, "GET", "/v1/till/registers")) as { items: { placeId: string; placeName: string }[] }; // by the contract
  const placeId = items.find(({ placeName }) => placeName.includes("Bellecour"))?.placeId;
  const name = `Signing ${Date.now()}`;
  return (await askInOffice(office, "POST", "/v1/till/registers", { placeId, name })) as { id: string; name: string }; // by the contract
}

/** A device that the owner makes the till of a register. */
async function tillOf(stage: Stage, device: string, register: string): Promise<Page> {
  const till = await stage.device(device, { viewport: VIEWPORTS.till });
  await till.goto("/till/");
  await till.getByLabel("E-mail").fill("clara.vidal@trama.example");
  await till.getByRole("textbox", { name: "Password" }).fill("trama-demo-2026");
  await till.getByRole("button", { name: "Sign in as manager" }).click();
  await till.getByLabel("Register", { exact: true }).selectOption({ label: register });
  await till.getByRole("button", { name: "Use this device as this register" }).click();
  return till;
}

async function signHere(till: Page): Promise<void> {
  await till.getByRole("button", { name: "Settings" }).click();
  await till.getByRole("button", { name: "Sign the journal on this till" }).click();
  await till.getByText(/^This till signs every receipt/).waitFor();
  await till.keyboard.press("Escape");
}

async function sell(till: Page, way: RegExp): Promise<void> {
  await till.getByRole("link", { name: "Sell" }).click();
  await till
    .getByRole("button", { name: /^Carrot cake/ })
    .first()
    .click();
  await till.getByRole("button", { name: /^Pay/ }).getByText("€4.50").waitFor();
  await till.getByRole("button", { name: /^Pay/ }).click();
  await till.getByRole("button", { name: way }).click();
  await till.getByText("€4.50 paid").waitFor();
}

type Totals = { readonly count: number; readonly net: number; readonly absolute: number; readonly byRate: object };
type Journal = {
  readonly defects: number;
  readonly toSign: unknown[];
  readonly uploadedTo: number;
  readonly book: { readonly perpetual: Totals; readonly shift: { readonly totals: Totals }; readonly journal: { readonly seq: number } };
};

/** The journal as the hub has it, once the closing of the shift is in there, and what the till signed of how much it sent: all that was done before is sent first. */
async function settledJournal(till: Page, registerId: string): Promise<Journal> {
  const path = JSON.stringify(`/v1/till/registers/${registerId}/journal`);
  return till.evaluate<Journal>(`(async () => {
    for (;;) {
      const answer = await fetch(${path}, { headers: { "weft-session": "weft_till" } }).catch(() => undefined);
      const journal = answer?.ok ? await answer.json() : undefined;
      if (journal?.book?.shift.totals.count === 0 && journal.uploadedTo > 0) return journal;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  })()`);
}

async function verifiedInOffice(office: Page, register: string): Promise<void> {
  await office.getByRole("navigation", { name: "Main" }).waitFor();
  await visit(office, "/office/journal");
  const row = office.getByRole("row").filter({ hasText: register });
  await row.getByText("Signed").waitFor();
  await row.getByRole("button", { name: "Verify" }).click();
  await office.getByText("Everything holds").waitFor();
}
