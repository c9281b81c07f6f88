import type { Page } from "playwright-core";
import { at, type Room, type Screen } from "./room.ts";
import type { Words } from "./words.ts";

/** A screen that hangs nowhere yet, then the one over the counter of Jordi's store. */
export const BOARD_ROOMS: readonly Room[] = [
  { name: "board-new", app: "board", screens: [at("enroll", "/board/"), at("tv", "/tv")] },
  board("board", [at("queue", "/board/"), at("menu", "/board/menu"), at("stations", "/board/stations")]),
];

/** What hangs over the counter of Jordi's store. */
export function board(name: string, screens: readonly Screen[]): Room {
  return { name, app: "board", enter: hang, screens };
}

/** Its code is confirmed as the office does it, over the API: the office has its own pictures. */
async function hang(page: Page, say: Words): Promise<void> {
  await page.goto("/board/");
  const code = await page.locator("[data-code]").getAttribute("data-code");
  const headers = { "weft-session": "weft_office" };
  await page.request.post("/v1/demo-sessions", { headers, data: { persona: "anna" } });
  const { places } = (await (await page.request.get("/v1/places", { headers })).json()) as { places: { id: string; name: string }[] }; // the API's answer
  const placeId = places.find(({ name }) => name.includes("Bellecour"))?.id;
  await page.request.post(`/v1/device-enrollments/${code}/confirmation`, { headers, data: { placeId, name: "Board" } });
  await page.getByRole("heading", { name: say("board.queue.ready") }).waitFor();
}
