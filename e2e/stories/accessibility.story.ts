import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { BOARD_ROOMS } from "../screens/board.ts";
import { faultsByKeyboard } from "../screens/by-keys.ts";
import { KIOSK_ROOMS } from "../screens/kiosk.ts";
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
/** The menu is the same on every page, a quarter of all that axe looks at in the office: it is looked at on the first. */
const WITHOUT_MENU = `{ exclude: [["nav"]] }`;

type Look = { readonly rules: string; readonly within: string };

/**
 * Holds what is on the screen against WCAG 2.2 AA. The page's policy keeps scripts of others out, so axe is evaluated and not loaded, and
 * once per document: its half megabyte is parsed as long as many a screen is looked at. Nobody is told selectors, so none are made: a tenth less.
 */
async function assertAccessible(page: Page, what: string, { rules, within }: Look): Promise<void> {
  if (!(await page.evaluate<boolean>(`"axe" in window`))) await page.evaluate(AXE);
  const violations = await page.evaluate<Violation[]>(
    `axe.run(${within}, { runOnly: ${rules}, resultTypes: ["violations"], preload: false, selectors: false }).then(({ violations }) => violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.map(({ html }) => ({ html })) })))`,
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
  kiosk: { width: 1080, height: 1920 },
  office: VIEWPORTS.desk,
  board: VIEWPORTS.desk,
  tour: VIEWPORTS.desk,
} as const;

/** Goes through all screens of a room, dialogs and states too: a screen in the tables of e2e/screens is held against the rules by itself. */
async function walk(page: Page, room: Room): Promise<void> {
  const say = wordsOf(room.app, "de");
  await room.enter?.(page, say);
  for (const [index, screen] of room.screens.entries()) {
    await screen.open(page, say);
    await settled(page);
    const within = index === 0 ? "document" : WITHOUT_MENU;
    await assertAccessible(page, `${room.name} ${screen.name}`, { rules: EVERYTHING, within });
    assert.deepEqual((await page.content()).match(UNSAID) ?? [], [], `${room.name} ${screen.name} has words for all that it says`);
    if (room.app !== "shop") continue;
    await page.emulateMedia({ colorScheme: "dark" });
    await colorsCame(page);
    await assertAccessible(page, `${room.name} ${screen.name} in the dark`, { rules: COLORS, within });
    await page.emulateMedia({ colorScheme: "light" });
    await colorsCame(page);
    assert.deepEqual(await faultsByKeyboard(page, screen.name), [], "what the keyboard reaches is marked and in sight");
  }
}

/** Colors change over some hundredths of a second. */
async function colorsCame(page: Page): Promise<void> {
  const areChanging = `document.getAnimations().some((animation) => animation instanceof CSSTransition)`;
  for (let look = 0; look < 100 && (await page.evaluate<boolean>(areChanging)); look++) await page.waitForTimeout(20);
}

for (const room of [...SHOP_ROOMS, ...TILL_ROOMS, ...KIOSK_ROOMS, ...OFFICE_ROOMS, ...BOARD_ROOMS, ...TOUR_ROOMS]) {
  const how = room.app === "shop" ? "in German, in the light, in the dark and by the keyboard alone" : "in German";
  story(`everyone can use the screens of ${room.name} ${how}`, async (stage) =>
    walk(await stage.device("device", { viewport: DEVICES[room.app], locale: "de" }), room),
  );
}
