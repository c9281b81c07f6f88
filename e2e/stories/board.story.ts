import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { annasDevices, lyonsBoard } from "../lib/boards.ts";
import { fillCartOnPhone, jordisTill, leasPhone, payInApp, RUN } from "../lib/people.ts";
import { story } from "../story.ts";

const fitsTheWall = (board: Page): Promise<boolean> =>
  board.evaluate<boolean>("document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth");

story(
  "Board: an order that is begun shows on the wall within a second, moves over when it is ready, and the wall outlives a cut",
  async (stage) => {
    const board = await lyonsBoard(stage);
    const phone = await leasPhone(stage);
    const till = await jordisTill(stage);
    await fillCartOnPhone(phone, "Double espresso");
    await payInApp(phone, "Double espresso");
    const preparing = board.getByRole("region", { name: "In preparation" });
    const ready = board.getByRole("region", { name: "Ready to collect" });
    const number =
      /W-(\d+)/.exec(
        await phone
          .getByText(/^Order W-/)
          .first()
          .innerText(),
      )?.[1] ?? "no number";
    await till.goto("/till/collections");
    const work = till.getByRole("listitem").filter({ hasText: number });
    await work.getByRole("button", { name: "Start", exact: true }).click();
    await preparing.getByText(number).waitFor({ timeout: 1000 });
    await work.getByRole("button", { name: "Ready", exact: true }).click();
    await ready.getByText(number).waitFor({ timeout: 1000 });
    assert.match(await ready.getByRole("listitem").filter({ hasText: number }).innerText(), /Léa/);
    assert.equal(await fitsTheWall(board), true, "the wall never scrolls");
    // A power cut while the network is away: the page is there, the hub is not.
    await board.route("**/v1/**", (route) => route.abort());
    await board.reload();
    await board.getByText(/^As of/).waitFor();
    await ready.getByText(number).waitFor();
  },
);

story("Board: what is sold out at the till is sold out on the wall's menu at once", async (stage) => {
  const board = await lyonsBoard(stage, "/board/menu");
  await board.getByRole("listitem").first().waitFor();
  assert.equal(await fitsTheWall(board), true, "the wall never scrolls");
  const name = await board.getByRole("listitem").first().locator("span").first().innerText();
  const till = await jordisTill(stage);
  await till.getByRole("button", { name: "More" }).click();
  await till.getByRole("button", { name: "Mark something as sold out" }).click();
  const tile = till.getByRole("button", { name: new RegExp(`^${name}`) }).first();
  await tile.click();
  const mark = board.getByText("sold out").first();
  await mark.waitFor({ timeout: 2000 });
  await tile.click(); // the next stories sell it
  await mark.waitFor({ state: "hidden" });
});

story(
  "Board: hung by the code on its screen, there after a restart, and dark at once when the office takes it out of use",
  async (stage) => {
    const name = `By the window ${RUN}`; // other stories hang boards here too
    const board = await lyonsBoard(stage, "/board/", name);
    await board.reload();
    await board.getByRole("heading", { name: "Lyon Bellecour" }).waitFor();
    const office = await annasDevices(stage);
    const row = office.getByRole("row").filter({ hasText: name });
    await row.getByRole("button", { name: /out of use/ }).click();
    await row.getByRole("button", { name: "Yes, at once" }).click();
    await board.reload();
    await board.locator("[data-code]").waitFor();
  },
);
