import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { visit, WIDE } from "../lib/tour.ts";
import { story } from "../story.ts";

/** More than there is on the page and in both apps together. */
const MOST_STEPS = 120;

/** What has the focus, in whichever of the three documents: what it is called, whether it is what glows, and whether it is marked. */
type Reached = {
  readonly name: string;
  readonly frame: string;
  readonly isNext: boolean;
  readonly isOnward: boolean;
  readonly isMarked: boolean;
};

const FOCUS = `(() => {
  let [frame, element] = ["", document.activeElement];
  while (element?.tagName === "IFRAME") [frame, element] = [element.title, element.contentDocument?.activeElement ?? null];
  // A sheet that opens takes the focus by itself: no key has reached it, and nothing needs to mark it.
  if (!element || element.tagName === "BODY" || element.tabIndex < 0) return null;
  const hasOutline = (one) => one && getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) > 0;
  // The outline may be that of the field or tile around it, or of the text beside a radio button.
  const around = [element, element.parentElement, element.parentElement?.parentElement, element.nextElementSibling];
  return {
    name: (element.ariaLabel || element.innerText || element.outerHTML).slice(0, 60),
    frame,
    isNext: element.closest("[data-tour-next]") !== null,
    isOnward: element.matches('[data-tour="next"]'),
    isMarked: around.some(hasOutline),
  };
})()`;

/** Goes on by the Tab key until `isWanted`. Fails where nothing marks what is reached. */
async function tabTo(page: Page, key: "Tab" | "Shift+Tab", isWanted: (reached: Reached) => boolean, what: string): Promise<void> {
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press(key);
    const reached = await page.evaluate<Reached | null>(FOCUS);
    if (reached === null) continue;
    assert.ok(reached.isMarked, `nothing marks ${reached.name} in ${reached.frame || "the page"}`);
    if (isWanted(reached)) return;
  }
  throw new Error(`${what} is not reached by keys`);
}

/** What glows is in one of the two apps, and there to be tapped. */
async function glowing(page: Page): Promise<void> {
  for (let look = 0; look < 150; look++) {
    for (const frame of page.frames().slice(1))
      if (
        (await frame
          .locator("[data-tour-next]")
          .count()
          .catch(() => 0)) === 1
      )
        return;
    await page.waitForTimeout(100); // the mark is set by a look of the page's own
  }
  throw new Error("nothing glows");
}

story(
  "the tour is played by keys alone: into both apps and out again, what is reached is marked, and nothing holds the focus",
  async (stage) => {
    const page = await visit(await stage.device("visitor", { viewport: WIDE }), "Omni");
    for (let tap = 0; tap < 3; tap++) {
      await glowing(page);
      await tabTo(page, "Tab", ({ isNext }) => isNext, "what glows");
      await page.keyboard.press("Enter");
    }
    await page.locator("p[data-over]").waitFor();
    assert.equal(await page.evaluate("document.activeElement?.title"), "Till", "the way back begins in the till");
    await tabTo(page, "Shift+Tab", ({ isOnward }) => isOnward, "the way on");
    await page.keyboard.press("Enter");
    await page.waitForURL(/scene=cart/);
    await page.getByRole("radio", { name: "Multi", checked: true }).waitFor();
  },
);
