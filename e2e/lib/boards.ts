import type { Page } from "playwright-core";
import type { Stage } from "../story.ts";

const WALL = { width: 1920, height: 1080 };

/** The screen over the counter of Lyon Bellecour. */
export async function lyonsBoard(stage: Stage, path = "/board/", name = "Over the counter"): Promise<Page> {
  const board = await stage.device("board", { viewport: WALL });
  await board.goto(path);
  await hang(await annasDevices(stage), board, name);
  await board.getByRole("heading", { name: "Lyon Bellecour" }).waitFor();
  return board;
}

/** Says in the office that a screen that shows its code stands in Lyon Bellecour. */
export async function hang(office: Page, screen: Page, name: string): Promise<void> {
  const code = (await screen.locator("[data-code]").getAttribute("data-code")) ?? "no code";
  await office.getByLabel("Code on the screen").fill(code.toLowerCase());
  await office.getByLabel("Store").selectOption({ label: "Lyon Bellecour" });
  await office.getByRole("textbox", { name: "Name" }).fill(name);
  await office.getByRole("button", { name: "It stands here" }).click();
}

/** Where Anna confirms screens, and takes them out of use. */
export async function annasDevices(stage: Stage): Promise<Page> {
  const office = await stage.device("office");
  await office.goto("/office/devices");
  await office.getByRole("button", { name: "Come in as Anna, the manager" }).click();
  await office.getByRole("heading", { name: "Devices" }).waitFor();
  return office;
}
