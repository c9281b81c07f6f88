import type { Frame, Page } from "playwright-core";

export type Level = "Multi" | "Cross" | "Omni";
export const WIDE = { width: 1440, height: 1000 };

/** Comes to the tour through the front door, on a level. */
export async function visit(page: Page, level: Level): Promise<Page> {
  await page.goto("/");
  await page.getByRole("link", { name: "Take the tour" }).click();
  await page.locator("iframe").first().waitFor();
  if (level !== "Multi") await switchTo(page, level);
  return page;
}

/** The one switch: when the page is ready again, both channels have the level. */
export async function switchTo(page: Page, level: Level): Promise<void> {
  const turned = page.waitForResponse((answer) => answer.url().endsWith("/level-changes") && answer.ok());
  await page.getByRole("radio", { name: level }).click();
  await turned;
  await page.locator("fieldset:not([disabled])").first().waitFor();
}

/** Plays a scene by so many of its highlighted taps: to its end, unless it is to stop before. */
export async function play(page: Page, scene: RegExp, taps: number, { isWhole = true } = {}): Promise<void> {
  const staged = page.waitForResponse((answer) => answer.url().endsWith("/mine/scenes") && answer.ok());
  await page.getByRole("navigation").getByRole("button", { name: scene }).click();
  await staged;
  await page.locator("fieldset:not([disabled])").first().waitFor();
  if (isWhole) await tapToTheEnd(page, taps);
  else for (let tap = 0; tap < taps; tap++) await tapNext(page);
}

/** Taps what is marked until the scene is over. What is marked after all of its taps was tapped before its app could hear: it is tapped again, as a visitor does. */
export async function tapToTheEnd(page: Page, taps: number): Promise<void> {
  for (let tap = 0; tap < taps; tap++) await tapNext(page);
  for (let again = 0; again < taps && !(await isOver(page)); again++) await tapNext(page);
  await page.locator("p[data-over]").waitFor();
}

/** How long an app may take to tell of the last tap. */
const TELLS_MS = 4000;

const isOver = (page: Page): Promise<boolean> =>
  page
    .locator("p[data-over]")
    .waitFor({ timeout: TELLS_MS })
    .then(
      () => true,
      () => false,
    );

/** Taps what is marked, in whichever app it is. */
export async function tapNext(page: Page): Promise<void> {
  let isTried = false;
  for (let look = 0; look < 200; look++) {
    // A busy machine may take a tap and tell of it too late: this one, or one before that was then given twice.
    if ((isTried || look > 20) && (await page.locator("p[data-over]").isVisible())) return;
    for (const frame of page.frames().slice(1)) {
      const next = frame.locator("[data-tour-next]");
      // A frame may be leaving just now: the next look finds the one after it.
      if ((await next.count().catch(() => 0)) !== 1) continue;
      isTried = true;
      if (
        !(await next.click({ timeout: 2000 }).then(
          () => true,
          () => false,
        ))
      )
        continue;
      await unmarked(frame).catch(() => undefined);
      return;
    }
    await page.waitForTimeout(100); // the mark is set by a look of the page's own
  }
  throw new Error(`nothing was marked: ${await page.locator("p[role=status]").innerText()}`);
}

/** The app has heard the tap before the next mark is looked for. */
async function unmarked(frame: Frame): Promise<void> {
  for (let look = 0; look < 20; look++) {
    if (frame.isDetached() || (await frame.locator("[data-tour-next]").count()) === 0) return;
    await frame.page().waitForTimeout(50); // as above
  }
}
