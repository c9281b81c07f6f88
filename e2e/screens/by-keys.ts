import type { Page } from "playwright-core";
import { settled } from "./room.ts";

/** A list of a hundred alike is told by its beginning, and every screen has its bars within that. */
const MOST_STEPS = 24;

/** What has the focus: where it stands, and what a person who sees sees of it. */
type Reached = { readonly name: string; readonly isMarked: boolean; readonly isCovered: boolean };

/** Read in the page: the outline may be the element's own or that of the tile around it; a bar may lie above. Null where the page ends. */
const FOCUS = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const hasOutline = (one) => one && getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) > 0;
  const around = [element, element.parentElement, element.parentElement?.parentElement, element.closest("li")];
  const { left, top, width, height } = element.getBoundingClientRect();
  const shown = document.elementFromPoint(Math.min(Math.max(left + width / 2, 0), innerWidth - 1), top + Math.min(height, innerHeight) / 2);
  const label = [...(element.labels ?? [])].some((one) => one.contains(shown));
  return {
    name: (element.ariaLabel || element.innerText || element.outerHTML).slice(0, 80),
    isMarked: around.some(hasOutline),
    isCovered: !(shown && (element.contains(shown) || shown.contains(element) || label)),
  };
})()`;

/** Goes through a screen by the Tab key alone. Answers what is wrong with it, a sentence each. */
export async function faultsByKeyboard(page: Page, what: string): Promise<string[]> {
  const faults: string[] = [];
  // What a tap was answered with lies over the foot of the page, for eight seconds or until it is put away.
  await page.evaluate(`document.querySelector("[class*=_toast_] [class*=_dismiss_]")?.click()`);
  await page.locator("[class*=_toast_]").waitFor({ state: "detached" });
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press("Tab");
    const first = await focused(page);
    // What came late may have moved it: reached once more, it is to be in sight.
    const reached = first?.isCovered ? await reachedAgain(page) : first;
    if (reached === null) break;
    if (!reached.isMarked) faults.push(`${what}: nothing marks ${reached.name}`);
    if (reached.isCovered) faults.push(`${what}: something lies over ${reached.name}`);
  }
  return faults;
}

/** Where all is well at once nothing needs to be drawn for it; what seems wrong is looked at again when what the key did has been drawn. */
async function focused(page: Page): Promise<Reached | null> {
  const first = await page.evaluate<Reached | null>(FOCUS);
  if (first?.isMarked && !first.isCovered) return first;
  await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
  return page.evaluate<Reached | null>(FOCUS);
}

async function reachedAgain(page: Page): Promise<Reached | null> {
  await settled(page);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  return focused(page);
}
