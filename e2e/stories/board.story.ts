import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { annasDevices, lyonsBoard } from "../lib/boards.ts";
import { chooseBellecour, fillCartOnPhone, jordisTill, leasPhone, payInApp, RUN } from "../lib/people.ts";
import { story } from "../story.ts";

const fitsTheWall = (board: Page): Promise<boolean> =>
  board.evaluate<boolean>("document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth");

story(
  "Board: an order that is begun shows on the wall within a second, moves over when it is ready, and the wall outlives a cut",
  async (stage) => {
    const board = await lyonsBoard(stage);
    const phone = await leasPhone(stage);
    const till = await jordisTill(stage);
    await chooseBellecour(phone); // wherever Léa bought last
    await fillCartOnPhone(phone, "Double espresso");
    await payInApp(phone, "Double espresso");
    const preparing = board.getByRole("region", { name: "In preparation" });
    const ready = board.getByRole("region", { name: "Ready to collect" });
    const number = await numberOnPhone(phone);
    await till.goto("/till/collections");
    const work = till.getByRole("listitem").filter({ hasText: number });
    await work.getByRole("button", { name: "Start", exact: true }).click();
    await preparing.getByText(number).waitFor();
    await work.getByRole("button", { name: "Ready", exact: true }).click();
    await ready.getByText(number).waitFor();
    assert.match(await ready.getByRole("listitem").filter({ hasText: number }).innerText(), /Léa/);
    assert.equal(await fitsTheWall(board), true, "the wall never scrolls");
    // A power cut while the network is away: the page is there, the hub is not.
    await board.route("**/v1/**", (route) => route.abort());
    await board.reload();
    await board.getByText(/^As of/).waitFor();
    await ready.getByText(number).waitFor();
  },
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
);

story(
  "Board: a station makes what was ordered ahead, hears who is here, keeps its taps through a cut, and calls back what was tapped too early",
  async (stage) => {
    const station = await lyonsBoard(stage, "/board/stations", "Bar");
    await clear(station);
    const phone = await leasPhone(stage);
    await chooseBellecour(phone); // wherever Léa bought last
    await fillCartOnPhone(phone, "Double espresso");
    await payInApp(phone, "Double espresso");
    const number = await numberOnPhone(phone);
    const ticket = station.getByRole("listitem").filter({ hasText: number }).filter({ hasText: "Double espresso" });
    await ticket.waitFor();
    assert.match(await ticket.innerText(), /Léa/);
    await phone.getByRole("button", { name: "I’m here" }).click();
    await ticket.getByText("Is here").waitFor();
    assert.equal(await fitsTheWall(station), true, "a station never scrolls");
    // The network is away: what is tapped is kept, also over a restart, and heard when it is back.
    await station.route("**/v1/**", (route) => route.abort());
    await ticket.getByRole("button", { name: /^(\d )?Done/ }).click();
    await ticket.waitFor({ state: "hidden" });
    await station.reload();
    await station.getByText("1 tap waits for the network").waitFor();
    assert.equal(await ticket.isVisible(), false, "it is not asked for twice");
    await station.unroute("**/v1/**");
    await phone.getByRole("heading", { name: "Ready for you" }).waitFor();
    // Tapped too early: it comes back, and its customer waits again.
    await station.getByRole("button", { name: "Call the last one back" }).click();
    await ticket.waitFor();
    await phone.getByRole("heading", { name: "It is being prepared" }).waitFor();
    await station.keyboard.press("1");
    await phone.getByRole("heading", { name: "Ready for you" }).waitFor();
  },
);

/** Makes what stories before this one have left, so that what is new has room. */
async function clear(station: Page): Promise<void> {
  const done = station.getByRole("button", { name: /^(\d )?(Done|Ready)/ });
  await station.getByRole("button", { name: "Call the last one back" }).waitFor();
  for (let left = await done.count(); left > 0; left = await done.count()) await done.first().click();
}

async function numberOnPhone(phone: Page): Promise<string> {
  const said = await phone
    .getByText(/^Order W-/)
    .first()
    .innerText();
  return /W-(\d+)/.exec(said)?.[1] ?? "no number";
}
