import type { Page } from "playwright-core";
import { tapToTheEnd } from "../lib/tour.ts";
import { at, type Room, type Screen } from "./room.ts";
import type { Words } from "./words.ts";

/** The tour as its visitor goes through it: the beginning, one scene on each level, and what happened. */
export const TOUR_ROOMS: readonly Room[] = [
  {
    name: "tour",
    app: "tour",
    enter: begin,
    screens: [
      at("begin", "/tour/"),
      played("cart-multi", "siloed", 3),
      played("cart-cross", "handover", 3),
      played("cart-omni", "linked", 4),
      { name: "happened", open: seeWhatHappened },
    ],
  },
];

async function begin(page: Page): Promise<void> {
  await page.goto("/tour/");
  await page.locator("iframe").first().waitFor();
}

/** The second scene, played to its end on a level. */
function played(name: string, level: "siloed" | "handover" | "linked", taps: number): Screen {
  return {
    name,
    async open(page, say) {
      await page.goto("/tour/?scene=cart");
      await staged(page);
      const chosen = page.getByRole("radio", { name: say(`tour.level.${level}`) });
      if (!(await chosen.isChecked())) {
        const set = page.waitForResponse((answer) => answer.url().endsWith("/mine/scenes") && answer.ok());
        await chosen.click();
        await set;
        await staged(page);
      }
      await tapToTheEnd(page, taps);
      await page.locator("li[data-state=carried], li[data-state=lost]").first().waitFor();
    },
  };
}

async function staged(page: Page): Promise<void> {
  await page.locator("iframe").first().waitFor();
  await page.locator("fieldset:not([disabled])").first().waitFor();
}

async function seeWhatHappened(page: Page, say: Words): Promise<void> {
  await page
    .getByRole("navigation")
    .getByRole("button", { name: say("tour.scene.seams") })
    .click();
  await page.getByRole("table").waitFor();
}
