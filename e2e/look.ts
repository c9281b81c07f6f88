// npm run look: leaves a picture of every screen in .screenshots/look/, light and dark, on the sizes that its app is used on, in English
// and German. `--locales en,fr,de,ca` for others, `--sizes phone,wide` and `--schemes light` for fewer, `--whole` down to the end of the page,
// `--url URL` for a hub that runs already; a word chooses rooms and screens by their name.
// Fails when a screen cannot be reached, is wider than its device, cuts off a text, has something to touch that is smaller than a finger,
// throws, or complains in the browser's console.
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { startBrowser } from "./browser.ts";
import { startHubs } from "./hubs.ts";
import { BOARD_ROOMS } from "./screens/board.ts";
import { BUSY_ROOMS } from "./screens/busy.ts";
import { faultsOf, type Fingers } from "./screens/faults.ts";
import { KIOSK_ROOMS } from "./screens/kiosk.ts";
import { OFFICE_ROOMS } from "./screens/office.ts";
import { settled, type Room, type Screen } from "./screens/room.ts";
import { SHOP_ROOMS } from "./screens/shop.ts";
import { TILL_ROOMS } from "./screens/till.ts";
import { TOUR_ROOMS } from "./screens/tour.ts";
import { wordsOf } from "./screens/words.ts";
import { VIEWPORTS } from "./story.ts";

type Size = { readonly width: number; readonly height: number };

const FOLDER = join(import.meta.dirname, "../.screenshots/look");
const SIZES = { phone: VIEWPORTS.phone, tablet: VIEWPORTS.tablet, wide: VIEWPORTS.desk } as const;
const COUNTER = { phone: VIEWPORTS.phone, small: { width: 1024, height: 768 }, wide: VIEWPORTS.till } as const;
const WALL = { upright: { width: 1080, height: 1920 }, wide: { width: 1920, height: 1080 } } as const;
/** A kiosk stands upright, or is a tablet. */
const STANDING = { phone: VIEWPORTS.phone, small: { width: 1024, height: 768 }, wide: { width: 1080, height: 1920 } } as const;
/** Where the screens of an app are looked at, by the name of the size. */
const SIZES_OF: Readonly<Record<Room["app"], Readonly<Record<string, Size>>>> = {
  shop: SIZES,
  till: COUNTER,
  kiosk: STANDING,
  office: SIZES,
  board: WALL,
  tour: SIZES,
};
/** What is touched, and not clicked with a mouse or looked at from afar. */
const FINGERS: Readonly<Partial<Record<Room["app"], Fingers>>> = { shop: 44, till: 56, kiosk: 56, tour: 44 };
const PATIENCE_MS = 20_000;

const { values, positionals } = parseArgs({
  options: {
    locales: { type: "string", default: "en,de" },
    sizes: { type: "string" },
    schemes: { type: "string", default: "light,dark" },
    whole: { type: "boolean", default: false },
    url: { type: "string" },
  },
  allowPositionals: true,
});

let complaints = 0;
let pictures = 0;
const hubs = values.url === undefined ? await startHubs(1) : { urls: [values.url], stop: async () => {} };
try {
  if (positionals.length === 0) await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  const browser = await startBrowser();
  // What is busy last: it leaves much behind.
  for (const rooms of [[...SHOP_ROOMS, ...TILL_ROOMS, ...KIOSK_ROOMS, ...OFFICE_ROOMS, ...BOARD_ROOMS, ...TOUR_ROOMS], BUSY_ROOMS])
    for (const locale of values.locales.split(",")) for (const room of rooms) await lookAt(browser, room, locale, hubs.urls[0] ?? "");
  await browser.close();
} finally {
  await hubs.stop();
}
console.log(`${pictures} pictures in ${FOLDER}, ${complaints} complaints`);
process.exit(complaints === 0 && pictures > 0 ? 0 : 1);

async function lookAt(browser: Browser, room: Room, locale: string, baseURL: string): Promise<void> {
  const wanted = room.screens.filter(({ name }) => isWanted(`${room.name}-${name}`));
  if (wanted.length === 0) return;
  const context = await browser.newContext({ baseURL, locale, viewport: widest(room), reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  let seen = "";
  // Said at once: a run that is ended early has told what it saw.
  const complain = (text: string): void => {
    complaints += 1;
    console.log(`${room.name}-${seen} (${locale}): ${text}`);
  };
  page.on("pageerror", ({ message }) => complain(`threw ${message}`));
  page.on("console", (message) => {
    // Being cut off is what the offline screen is about, the end of its live stream too, and not being found that of an unknown order.
    const isCutOff = message.text().includes("ERR_INTERNET_DISCONNECTED") || message.location().url.includes("/v1/live/");
    const isMeant = isCutOff || (seen.endsWith("unknown") && message.text().includes("404"));
    if (message.type() === "error" && !isMeant) complain(`console: ${message.text()} ${message.location().url}`);
  });
  const say = wordsOf(room.app, locale);
  try {
    await room.enter?.(page, say);
    for (const screen of withWhatTheyNeed(room, wanted)) {
      seen = screen.name;
      if (wanted.includes(screen)) await photograph(page, room, screen, { name: `${room.name}-${screen.name}-${locale}`, say, complain });
      else await openTwice(page, screen, say);
    }
  } catch (error) {
    complain(`could not be entered: ${firstLine(error)}`);
  }
  await context.close();
}

/** Screens of a room with those that they come after, in the order of the room. */
function withWhatTheyNeed({ screens }: Pick<Room, "screens">, wanted: readonly Screen[]): readonly Screen[] {
  const isNeeded = ({ name }: Screen): boolean => wanted.some(({ after }) => after === name);
  const all = screens.filter((screen) => wanted.includes(screen) || isNeeded(screen));
  return all.length === wanted.length ? all : withWhatTheyNeed({ screens }, all);
}

/** A busy machine may be late once; what cannot be opened twice cannot be opened. */
async function openTwice(page: Page, screen: Screen, say: Picture["say"]): Promise<void> {
  const open = async (): Promise<void> => {
    await screen.open(page, say);
    await settled(page);
  };
  await open().catch(open);
}

type Picture = {
  readonly name: string;
  readonly say: ReturnType<typeof wordsOf>;
  readonly complain: (text: string) => void;
};

async function photograph(page: Page, room: Room, screen: Screen, picture: Picture): Promise<void> {
  const { say, complain } = picture;
  await page.setViewportSize(widest(room));
  try {
    await openTwice(page, screen, say);
    for (const key of (await page.content()).match(/⟦[^⟧]*⟧/g) ?? []) complain(`has no words for ${key}`);
  } catch (error) {
    complain(`could not be opened: ${firstLine(error)}`);
  }
  try {
    await photographSizes(page, room, { ...picture, isOtherSide: screen.isOtherSide ?? false });
  } catch (error) {
    complain(`could not be photographed: ${firstLine(error)}`);
  }
}

type Sided = Picture & { readonly isOtherSide: boolean };

async function photographSizes(page: Page, room: Room, { name, complain, isOtherSide }: Sided): Promise<void> {
  for (const [size, viewport] of sizesOf(room)) {
    await page.setViewportSize(viewport);
    // By its handler: what is open may cover it. The first of the two leads back.
    if (isOtherSide)
      await page.evaluate(`[...document.querySelectorAll('[data-side="products"] [data-tour="other-side"]')].at(-1)?.click()`);
    await drawn(page);
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    if (width > viewport.width) complain(`is ${width} px wide on a ${size} of ${viewport.width}`);
    for (const fault of await faultsOf(page, FINGERS[room.app])) complain(`${fault}, on a ${size}`);
    for (const colorScheme of schemesOf(room)) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(FOLDER, `${name}-${size}-${colorScheme}.png`), animations: "disabled", fullPage: values.whole });
      pictures += 1;
    }
  }
}

function sizesOf({ app }: Room): (readonly [string, Size])[] {
  const wanted = values.sizes?.split(",");
  return Object.entries(SIZES_OF[app]).filter(([name]) => wanted === undefined || wanted.includes(name));
}

function widest({ app }: Room): Size {
  return SIZES_OF[app]["wide"] ?? VIEWPORTS.desk;
}

/** A board hangs in the dark, whatever its device says. */
function schemesOf({ app }: Room): ("light" | "dark")[] {
  const schemes = (["light", "dark"] as const).filter((scheme) => values.schemes.split(",").includes(scheme));
  return app === "board" ? schemes.slice(0, 1) : schemes;
}

/** The page has seen its new size and drawn itself once more. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
}

function isWanted(name: string): boolean {
  return positionals.length === 0 || positionals.some((word) => name.includes(word));
}

function firstLine(error: unknown): string {
  return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
}
