import type { Page } from "playwright-core";
import { at, type Room } from "./room.ts";
import type { Words } from "./words.ts";

/** A screen that hangs nowhere yet, then the one over the counter of the first store. */
export const BOARD_ROOMS: readonly Room[] = [
  { name: "board-new", app: "board", screens: [at("enroll", "/board/"), at("tv", "/tv")] },
  { name: "board", app: "board", enter: hang, screens: [at("queue", "/board/"), at("menu", "/board/menu")] },
];

/** Its code is confirmed as the office does it, over the API: the office has its own pictures. */
async function hang(page: Page, say: Words): Promise<void> {
  await page.goto("/board/");
  const code = await page.locator("[data-code]").getAttribute("data-code");
  const headers = { "weft-session": "weft_office" };
  await page.request.post("/v1/demo-sessions", { headers, data: { persona: "anna" } });
  const { places } = (await (await page.request.get("/v1/places", { headers })).json()) as { places: { id: string; kind: string }[] }; // the API's answer
  const placeId = places.find(({ kind }) => kind === "store")?.id;
  await page.request.post(`/v1/device-enrollments/${code}/confirmation`, { headers, data: { placeId, name: "Board" } });
  await page.getByRole("heading", { name: say("board.queue.ready") }).waitFor();
}
