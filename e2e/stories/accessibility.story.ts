import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { BOARD_ROOMS } from "../screens/board.ts";
import { OFFICE_ROOMS } from "../screens/office.ts";
import { settled, type Room } from "../screens/room.ts";
import { SHOP_ROOMS } from "../screens/shop.ts";
import { TILL_ROOMS } from "../screens/till.ts";
import { TOUR_ROOMS } from "../screens/tour.ts";
import { wordsOf } from "../screens/words.ts";
import { story, VIEWPORTS } from "../story.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Violation = {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
};

/** What axe looks at. */
const EVERYTHING = `["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]`;
/** The dark differs by its colors alone; the rest was looked at in the light. */
const COLORS = `{ type: "rule", values: ["color-contrast"] }`;

/**
 * Holds what is on the screen against WCAG 2.2 AA. The page's policy keeps scripts of others out, so axe is evaluated and not loaded, and
 * once per document: its half megabyte is parsed as long as many a screen is looked at.
 */
async function assertAccessible(page: Page, what: string, rules: string): Promise<void> {
  if (!(await page.evaluate<boolean>(`"axe" in window`))) await page.evaluate(AXE);
  const violations = await page.evaluate<Violation[]>(
    `axe.run(document, { runOnly: ${rules}, resultTypes: ["violations"] }).then(({ violations }) => violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map(({ html }) => ({ html })) })))`,
  );
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}×, such as ${nodes[0]?.html.slice(0, 140)})`);
  assert.deepEqual(told, [], `${what} can be used by everyone`);
}

/** A key that a screen shows because its words are not there. */
const UNSAID = /⟦[^⟧]*⟧/g;

/** The device that a room's person holds. */
const DEVICES = {
  shop: VIEWPORTS.phone,
  till: VIEWPORTS.till,
  office: VIEWPORTS.desk,
  board: VIEWPORTS.desk,
  tour: VIEWPORTS.desk,
} as const;

/** Goes through all screens of a room, dialogs and states too: a screen in the tables of e2e/screens is held against the rules by itself. */
async function walk(page: Page, room: Room, locale: string, rules = EVERYTHING): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const say = wordsOf(room.app, locale);
  await room.enter?.(page, say);
  for (const screen of room.screens) {
    await screen.open(page, say);
    await settled(page);
    await assertAccessible(page, `${room.name} ${screen.name}`, rules);
    assert.deepEqual((await page.content()).match(UNSAID) ?? [], [], `${room.name} ${screen.name} has words for all that it says`);
  }
}

for (const room of [...SHOP_ROOMS, ...TILL_ROOMS, ...OFFICE_ROOMS, ...BOARD_ROOMS, ...TOUR_ROOMS]) {
  story(`everyone can use the screens of ${room.name} in German`, async (stage) =>
    walk(await stage.device("device", { viewport: DEVICES[room.app], locale: "de" }), room, "de"),
  );
}

for (const room of SHOP_ROOMS) {
  story(`everyone can use the screens of ${room.name} in the dark`, async (stage) =>
    walk(await stage.device("device", { viewport: VIEWPORTS.phone, colorScheme: "dark" }), room, "en", COLORS),
  );
}
