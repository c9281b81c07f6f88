import type { Page } from "playwright-core";
import type { Words } from "./words.ts";

/** One screen in one state, and the way there. What a way needs (a cart, a code) it makes itself, or the screen does that it comes after. */
export type Screen = {
  /** Names the picture: `cart`, `cart-empty`. */
  readonly name: string;
  readonly open: (page: Page, say: Words) => Promise<unknown>;
  /** The screen of the same room that leaves behind what this one needs. */
  readonly after?: string;
  /** It is about the side that a small screen does not show first: the ticket, and what is opened from it. */
  readonly isOtherSide?: true;
};

/** The screens that one person sees on one device, in the order in which they are visited. */
export type Room = {
  readonly name: string;
  readonly app: "shop" | "till" | "kiosk" | "office" | "board" | "tour";
  /** Signs the person in. Absent for somebody whom no channel knows. */
  readonly enter?: (page: Page, say: Words) => Promise<unknown>;
  readonly screens: readonly Screen[];
};

/** A screen that its address opens. */
export function at(name: string, path: string): Screen {
  return { name, open: (page) => visit(page, path) };
}

/** Apps whose screens stand under addresses of their own. */
const ROUTED = /^\/(shop|till|office)\//;
/** As long as a screen may take to follow its address; then the page is loaded, which is right in any case. */
const FOLLOWS_MS = 2_000;

/**
 * Shows what stands at an address. Within an app that is there already as a tap on a link does it, so that the app, its words and what has
 * been put into the page are not loaded for each of fifty screens; the screen is a new one even where the address is the same.
 */
export async function visit(page: Page, path: string): Promise<void> {
  const before = new URL(page.url());
  const [app] = ROUTED.exec(path) ?? [];
  if (app === undefined || !before.pathname.startsWith(app)) return void (await page.goto(path));
  const isSame = before.pathname === new URL(path, before).pathname;
  const ways = isSame ? [`${app}nothing-here`, path] : [path];
  for (const way of ways) if (!(await follow(page, way))) return void (await page.goto(path));
}

/** Whether the app went to the address: what it showed before is gone. What says the state of the network stays. */
async function follow(page: Page, path: string): Promise<boolean> {
  await page.evaluate(`(() => {
    for (const each of document.querySelectorAll("main > :not([role=status])")) each.setAttribute("data-left", "");
    history.pushState(null, "", ${JSON.stringify(path)});
    dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    scrollTo(0, 0);
  })()`);
  const left = page.locator("main > [data-left]").first();
  return left.waitFor({ state: "detached", timeout: FOLLOWS_MS }).then(
    () => true,
    () => false,
  );
}

/** Enters the demo through its front door, as the person whose link has this name. */
export async function enterAs(page: Page, person: RegExp): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: person }).click();
  await page.waitForURL(/\/(shop|till|office|board)\//);
}

/** A picture that is loaded when it is scrolled to is waited for only where it can be seen. */
const IN_VIEW = "(({ top, bottom }) => bottom > 0 && top < innerHeight)(image.getBoundingClientRect())";

/** Resolves when nothing on the page is on its way any more: words, fonts, pictures. */
export async function settled(page: Page): Promise<void> {
  await page.locator("h1:visible, h2:visible").first().waitFor();
  // Asked again and again instead of by a function in the page: the office's policy forbids text that becomes script there.
  for (let look = 0; look < 100; look++) {
    const isSettled = await page.evaluate<boolean>(
      `!document.querySelector('[role="status"] > .said + :is([aria-hidden], ul), [data-loading], .mantine-Skeleton-root[data-visible]') && document.fonts.status === "loaded" &&
       [...document.images].every((image) => image.complete || (image.loading === "lazy" && !${IN_VIEW}))`,
    );
    if (isSettled) return;
    await page.waitForTimeout(100); // what is on its way tells nobody when it is there
  }
}

/** Matches a text whose arguments may be anything. */
export function said(text: string): RegExp {
  const parts = text.split(/\{\w+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(parts.join(".*"));
}
