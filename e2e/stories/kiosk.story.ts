import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { annasDevices, lyonsBoard } from "../lib/boards.ts";
import { jordisTill, RUN } from "../lib/people.ts";
import { story } from "../story.ts";

const UPRIGHT = { width: 1080, height: 1920 };
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();

type Place = { readonly id: string; readonly name: string; readonly hours: object };

/** Lyon is open whenever this is played; answers the way back. */
async function openAllDay(office: Page): Promise<() => Promise<unknown>> {
  const { places } = (await askInOffice(office, "GET", "/v1/places")) as { places: Place[] }; // by the contract
  const store = places.find(({ name }) => name.includes("Bellecour"));
  if (!store) throw new Error("there is no store in Lyon");
  const set = (hours: object) => askInOffice(office, "PATCH", `/v1/places/${store.id}`, { hours });
  await set({ weekly: Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]), exceptions: [] });
  return () => set(store.hours);
}

/** One thing of the menu, and the way to payment. */
async function choose(kiosk: Page, dining: string, product: RegExp): Promise<void> {
  await press(kiosk, dining);
  await press(kiosk, product);
  await press(kiosk, /^Add · /);
  await kiosk.getByRole("dialog").waitFor({ state: "hidden" });
  await press(kiosk, /^Your order: 1 item/);
  await press(kiosk, /^Pay/);
}

const numberAt = (kiosk: Page): Promise<string> => kiosk.locator("[data-number] strong").innerText();

story(
  "Kiosk: ordered without staff, called by its number on the wall, paid at the till or by card beside it; nothing of anybody stays",
  async (stage) => {
    const name = `Kiosk ${RUN}`;
    const board = await lyonsBoard(stage);
    const till = await jordisTill(stage);
    const kiosk = await stage.device("kiosk", { viewport: UPRIGHT, isTouch: true });
    await kiosk.goto("/till/kiosk");
    const code = (await kiosk.locator("[data-code]").getAttribute("data-code")) ?? "no code";
    const office = await annasDevices(stage);
    const putBack = await openAllDay(office);
    await office.getByLabel("Code on the screen").fill(code);
    await office.getByLabel("Store").selectOption({ label: "Lyon Bellecour" });
    await office.getByRole("textbox", { name: "Name" }).fill(name);
    await office.getByLabel(/^Register, for a kiosk/).selectOption("A new register");
    await press(office, "It stands here");
    await kiosk.getByRole("heading", { name: "Order here" }).waitFor();
    const preparing = board.getByRole("region", { name: "In preparation" });

    // At the counter: the till has it as soon as it is ordered, and whoever works there begins once it is paid.
    await press(kiosk, "Français");
    await press(kiosk, "English");
    await choose(kiosk, "Eat here", /^Double espresso/);
    await press(kiosk, "At the counter");
    const first = await numberAt(kiosk);
    assert.match(first, /^K\d+$/);
    assert.equal(await preparing.getByText(first, { exact: true }).count(), 0, "nothing is made before it is paid");
    await till.locator(`[data-kiosk-order=${first}]`).click();
    await press(till, /^Pay/);
    await press(till, /^Exact/);
    await preparing.getByText(first, { exact: true }).waitFor();
    await press(kiosk, "Done");
    await kiosk.getByRole("heading", { name: "Order here" }).waitFor();

    // By card, at the terminal that a manager has paired: sold through the register of the kiosk, with its receipt on the screen.
    await press(kiosk, "Staff");
    await kiosk.getByLabel("PIN of a manager").fill("9876");
    await press(kiosk, "Open");
    await press(kiosk, "Use the bridge of the demo");
    await kiosk.getByLabel("Card terminal of this till").selectOption("Comptoir");
    await press(kiosk, "Close");
    await choose(kiosk, "Take away", /^Double espresso/);
    await press(kiosk, "By card, here");
    await kiosk.getByRole("heading", { name: "Thank you, it is paid" }).waitFor();
    const second = await numberAt(kiosk);
    assert.notEqual(second, first);
    await kiosk.getByRole("img").waitFor();
    await preparing.getByText(second, { exact: true }).waitFor();
    await press(kiosk, "Done");

    // Whoever leaves in the middle leaves nothing.
    await press(kiosk, "Eat here");
    await press(kiosk, /^Double espresso/);
    await press(kiosk, /^Add · /);
    await press(kiosk, "Start over");
    await press(kiosk, "Take away");
    await kiosk.getByRole("button", { name: "Nothing chosen yet" }).waitFor();

    // Out of use at once.
    await office.reload();
    await press(office, `Take ${name} out of use`);
    await press(office, "Yes, at once");
    await kiosk.reload();
    await kiosk.locator("[data-code]").waitFor();
    await putBack();
  },
);
