import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { fillCartOnPhone, jordisTill, leasPhone, payInApp, RUN } from "../lib/people.ts";
import { story, type Stage } from "../story.ts";

const WALL = { width: 1920, height: 1080 };

/** The screen over the counter of Lyon Bellecour. */
async function lyonsBoard(stage: Stage, path = "/board/", name = "Over the counter"): Promise<Page> {
  const board = await stage.device("board", { viewport: WALL });
  await board.goto(path);
  const code = (await board.locator("[data-code]").getAttribute("data-code")) ?? "no code";
  const office = await annasDevices(stage);
  await office.getByLabel("Code on the screen").fill(code.toLowerCase());
  await office.getByLabel("Store").selectOption({ label: "Lyon Bellecour" });
  await office.getByLabel("Name").fill(name);
  await office.getByRole("button", { name: "It hangs here" }).click();
  await board.getByRole("heading", { name: "Lyon Bellecour" }).waitFor();
  return board;
}

/** Where Anna confirms screens, and takes them out of use. */
async function annasDevices(stage: Stage): Promise<Page> {
  const office = await stage.device("office");
  await office.goto("/office/devices");
  await office.getByRole("button", { name: "Come in as Anna, the manager" }).click();
  await office.getByRole("heading", { name: "Devices" }).waitFor();
  return office;
}

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
  "beside",
);

story(
  "Board: what is sold out at the till is sold out on the wall's menu at once",
  async (stage) => {
    const board = await lyonsBoard(stage, "/board/menu");
    await board.getByRole("listitem").first().waitFor();
    assert.equal(await fitsTheWall(board), true, "the wall never scrolls");
    const name = await board.getByRole("listitem").first().locator("span").innerText();
    const till = await jordisTill(stage);
    await till.getByRole("button", { name: "More" }).click();
    await till.getByRole("button", { name: "Mark something as sold out" }).click();
    await till
      .getByRole("button", { name: new RegExp(`^${name}`) })
      .first()
      .click();
    await board.getByText("sold out").first().waitFor({ timeout: 2000 });
  },
  "beside",
);

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
  "beside",
);
