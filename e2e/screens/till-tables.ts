import type { Page } from "playwright-core";
import { said, visit, type Screen } from "./room.ts";
import { type } from "./till-steps.ts";
import type { Words } from "./words.ts";

/** Guests sit down, one line of theirs comes later, and they wait at their table. */
export const TABLES: readonly Screen[] = [
  { name: "tables", open: openTables },
  { name: "table-ticket", after: "tables", open: seat, isOtherSide: true },
  { name: "table-move-lines", after: "table-ticket", open: moveLines, isOtherSide: true },
  { name: "tables-taken", after: "table-move-lines", open: leave },
];

async function openTables(page: Page, say: Words): Promise<void> {
  await visit(page, "/till/tables");
  await tablesShown(page, say);
}

const tablesShown = (page: Page, say: Words): Promise<void> =>
  page.getByRole("heading", { level: 1, name: say("till.tables.title") }).waitFor();

/** The last button of a table is the free table, or who sits there already. */
async function seat(page: Page, say: Words): Promise<void> {
  await page.getByRole("listitem").filter({ hasText: "T1" }).getByRole("button").last().click();
  await type(page, "SAV-AVO");
  const line = page
    .getByRole("list", { name: say("till.ticket.lines") })
    .getByRole("listitem")
    .first();
  await line.getByRole("button").first().click();
  await line.getByRole("group").last().getByRole("button").nth(2).click();
}

/** One of it would go to a new ticket with a name. */
async function moveLines(page: Page, say: Words): Promise<void> {
  await page.getByRole("region", { name: "T1" }).getByRole("button").first().click();
  await page.getByRole("button", { name: said(say("till.tables.move_lines")) }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("listitem").first().getByRole("button").last().click();
  await sheet.getByRole("radio", { name: said(say("till.tables.move_new")) }).check({ force: true });
  await sheet.getByRole("textbox").fill("Marie");
}

async function leave(page: Page, say: Words): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: said(say("till.tables.leave")) }).click();
  await tablesShown(page, say);
}
