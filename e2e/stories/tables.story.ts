import { strict as assert } from "node:assert";
import type { Locator, Page } from "playwright-core";
import { lyonsBoard } from "../lib/boards.ts";
import { jordisTill } from "../lib/people.ts";
import { story } from "../story.ts";

story(
  "Tables: two courses of a table go to the stations one after the other, what is taken off shows there as canceled, and paying sends nothing again",
  async (stage) => {
    const station = await lyonsBoard(stage, "/board/stations", "For the tables");
    const all = station.getByRole("list", { name: "All stations" });
    const made = all.getByRole("listitem");
    await all.waitFor({ state: "attached" });
    await makeRoom(made);
    const till = await jordisTill(stage);
    await till.getByRole("link", { name: "Tables" }).click();
    const table = till.getByRole("listitem").filter({ hasText: "Table T4" });
    await table.getByRole("button").click();
    const tab = till.getByRole("region", { name: "Table T4" });
    await tab.waitFor();
    assert.equal(await till.getByRole("button", { name: "Eat in", exact: true }).getAttribute("aria-pressed"), "true");
    await type(till, "SAV-AVO", "Avocado toast");
    await type(till, "SAV-GOA", "goat cheese");
    const second = till.getByRole("list", { name: "Lines of the ticket" }).getByRole("listitem").filter({ hasText: "goat cheese" });
    await second.getByRole("button").first().click();
    await second.getByRole("button", { name: "Course 2" }).click();
    await tab.getByRole("button", { name: "Send (1)" }).click();
    const rounds = made.filter({ has: station.getByText("Table T4", { exact: true }) });
    await rounds.filter({ hasText: "Avocado toast" }).waitFor();
    assert.equal(await rounds.filter({ hasText: "goat cheese" }).count(), 0, "the second course waits");
    await tab.getByRole("button", { name: "Send course 2 (1)" }).click();
    await rounds.filter({ hasText: "Course 2" }).filter({ hasText: "goat cheese" }).waitFor();
    await tab.getByText("All of it is at the stations.").waitFor();
    // Taken off again: the station sees it until somebody there has tapped it.
    await second.getByRole("button", { name: /^Remove/ }).click();
    const canceled = rounds.filter({ hasText: "Canceled" });
    await canceled.waitFor();
    await canceled.getByRole("button", { name: /Done/ }).click();
    await canceled.waitFor({ state: "hidden" });
    // It waits at its table, and is paid from there.
    await tab.getByRole("button", { name: "Back to the tables" }).click();
    await table.getByRole("button", { name: /1 item/ }).click();
    await tab.waitFor();
    await rounds.getByRole("button", { name: /Done/ }).click();
    await rounds.waitFor({ state: "hidden" });
    await till.getByRole("button", { name: /^Pay/ }).click();
    await till.getByRole("button", { name: /^Exact/ }).click();
    await till.getByRole("button", { name: "Next customer" }).click();
    await till.getByRole("link", { name: "Tables" }).click();
    await table.getByText("Free").waitFor();
    assert.equal(await made.filter({ hasText: "Avocado toast" }).count(), 0, "nothing is made again");
  },
);

/** The screen shows what is wanted first: what the stories before have left to be made is made. */
async function makeRoom(made: Locator): Promise<void> {
  while ((await made.count()) > 4) {
    const first = await made.first().elementHandle();
    await made.first().getByRole("button", { name: /Done/ }).click();
    await first?.waitForElementState("hidden");
  }
}

async function type(till: Page, sku: string, shown: string): Promise<void> {
  await till.locator("main input[type=search]").fill(sku);
  await till.keyboard.press("Enter");
  await till.getByRole("list", { name: "Lines of the ticket" }).getByText(shown).waitFor();
}
