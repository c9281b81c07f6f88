import type { Page } from "playwright-core";
import { at, type Room } from "./room.ts";
import type { Words } from "./words.ts";

/** A screen that hangs nowhere yet, then the one over the counter of the first store. */
export const BOARD_ROOMS: readonly Room[] = [
  { name: "board-new", app: "board", screens: [at("enroll", "/board/"), at("tv", "/tv")] },
  { name: "board", app: "board", enter: hang, screens: [at("queue", "/board/"), at("menu", "/board/menu")] },
];

async function hang(page: Page, say: Words): Promise<void> {
  await page.goto("/board/");
  await page.getByRole("button", { name: say("board.enroll.demo") }).click();
  await page.getByRole("button", { name: say("board.enroll.enroll") }).click();
  await page.getByRole("heading", { name: say("board.queue.ready") }).waitFor();
}
