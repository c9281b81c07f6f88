import { strict as assert } from "node:assert";
import type { Page } from "playwright-core";
import { askInOffice, openAllHours, zoneAtMidday } from "../lib/api.ts";
import { annasOffice, chooseStore, fillCartOnPhone, RUN, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

story("S4 a slot is chosen at checkout, seen in the office's day, and moved on the phone while the store has not begun", async (stage) => {
  const office = await annasOffice(stage);
  const store = `Slots ${RUN}`;
  const placeId = await openAllHours(office, store, { sku: "PAS-CHO", quantity: 10 });
  const settings = { slotMinutes: 60, slotOrders: 1, slotLeadMinutes: 0, slotWindows: "Mo-Su 06:00-22:00" };
  await askInOffice(office, "PATCH", `/v1/places/${placeId}`, { settings });
  const phone = await strangersPhone(stage);
  await chooseStore(phone, store);
  await fillCartOnPhone(phone, "Double espresso");
  await phone.getByRole("link", { name: "To checkout" }).click();
  await phone.getByRole("radio", { name: "At a time" }).check();
  const slots = phone.getByRole("combobox", { name: "Collection slot" });
  const [first = "", second = ""] = await slotsOfTomorrow(slots);
  await slots.selectOption(first);
  await phone.getByText(/^Kept for you until/).waitFor();
  await phone.getByRole("button", { name: /^Pay €/ }).click();
  await phone.waitForURL(/\/shop\/orders\//);
  await phone.getByText("Collect it on").waitFor();
  const number =
    (
      await phone
        .getByText(/^Order /)
        .first()
        .innerText()
    ).match(/[A-Z0-9-]*\d+/)?.[0] ?? "";

  const isAt = async (slotId: string): Promise<void> => {
    await visit(office, `/office/collections?place=${placeId}&date=${dateOf(slotId)}`);
    await office.getByRole("row", { name: new RegExp(`1 of 1.*${number}`) }).waitFor();
  };
  await isAt(first);
  await phone.getByRole("button", { name: "Choose another time" }).click();
  const dialog = phone.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Collection slot" }).selectOption(second);
  await dialog.getByRole("button", { name: "Come at this time" }).click();
  await dialog.waitFor({ state: "hidden" });
  await office.getByRole("row", { name: new RegExp(`${clockOf(second)}.*1 of 1.*${number}`) }).waitFor();
  assert.deepEqual(await taken(office, placeId, dateOf(second)), [second]);
});

/** The names of slots that begin on another day than the first, so that the hour of the day decides nothing. */
async function slotsOfTomorrow(slots: ReturnType<Page["getByRole"]>): Promise<string[]> {
  await slots.locator("option").first().waitFor({ state: "attached" });
  const all = await slots.locator("option").evaluateAll((options) => options.map((option) => option.getAttribute("value") ?? ""));
  const today = dateOf(all[0] ?? "");
  return all.filter((id) => dateOf(id) !== today).slice(2);
}

const TIME_ZONE = zoneAtMidday();
const instantOf = (slotId: string): Date => new Date(Number(slotId.split(".")[1]) * 60_000);
const dateOf = (slotId: string): string => new Intl.DateTimeFormat("sv-SE", { timeZone: TIME_ZONE }).format(instantOf(slotId));
/** The hour, however a locale writes it. */
const clockOf = (slotId: string): string =>
  String(Number(new Intl.DateTimeFormat("en-GB", { timeZone: TIME_ZONE, hour: "2-digit" }).format(instantOf(slotId))) % 12 || 12);

async function taken(office: Page, placeId: string, date: string): Promise<string[]> {
  const day = (await askInOffice(office, "GET", `/v1/places/${placeId}/collection-day?date=${date}`)) as {
    slots: { id: string; orders: number }[];
  }; // by the contract
  return day.slots.filter(({ orders }) => orders > 0).map(({ id }) => id);
}
