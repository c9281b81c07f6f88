import { addDays, wallClock } from "@weft/kernel";
import { askInOffice, openAllHours, zoneAtMidday } from "../lib/api.ts";
import { annasOffice, chooseStore, RUN, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

/** Packed and shelved, so that nothing else than its stock decides when it is ready. */
const GRANOLA = { sku: "PAN-GRA", name: "House granola" };
const inDays = (days: number): string => addDays(wallClock(new Date(), zoneAtMidday()).date, days);
const dayText = (date: string): string =>
  new Intl.DateTimeFormat("en", { day: "numeric", timeZone: "UTC" }).format(new Date(`${date}T00:00:00Z`));

story(
  "Ahead: the office sells more than is there, the shop says until when the rest comes, the order waits in two parts, and the delivery serves it",
  async (stage) => {
    const office = await annasOffice(stage);
    const store = `Trama Lyon Plus tard ${RUN}`;
    const placeId = await openAllHours(office, store, { sku: GRANOLA.sku, quantity: 1 });
    await visit(office, `/office/stock?query=${GRANOLA.sku}&place=${placeId}`);
    await office.getByRole("link", { name: GRANOLA.name }).first().click();
    const beside = office.getByRole("complementary").filter({ hasText: "Sell before it is there" });
    await beside.getByLabel("At most so many units").fill("5");
    await beside.getByLabel("Day", { exact: true }).fill(inDays(6));
    await beside.getByRole("button", { name: "Save" }).last().click();
    await office.getByText("Saved").first().waitFor();

    const phone = await strangersPhone(stage);
    await chooseStore(phone, store);
    await phone.getByText(GRANOLA.name, { exact: true }).first().click();
    const sheet = phone.getByRole("dialog");
    for (let more = 0; more < 2; more++) await sheet.getByRole("button", { name: /^One more/ }).click();
    await sheet.getByRole("button", { name: /^Add · / }).click();
    await sheet.waitFor({ state: "hidden" });
    await phone.goto("/shop/cart");
    await phone.getByText(new RegExp(`^2 of them come on .*\\b${dayText(inDays(6))}\\b`)).waitFor();
    await visit(phone, "/shop/checkout");
    await phone.getByRole("button", { name: /^Pay €/ }).click();
    await phone.waitForURL(/\/shop\/orders\//);
    await phone.getByText(new RegExp(`^Waiting for the goods, expected on .*\\b${dayText(inDays(6))}\\b`)).waitFor();

    // Another day is everybody's who waits, and is seen at once.
    await askInOffice(office, "PUT", "/v1/stock/ahead", { placeId, sku: GRANOLA.sku, kind: "backorder", most: 5, comesOn: inDays(8) });
    await phone.getByText(new RegExp(`^Waiting for the goods, expected on .*\\b${dayText(inDays(8))}\\b`)).waitFor();
    await askInOffice(office, "POST", "/v1/stock/movements", {
      kind: "receipt",
      placeId,
      sku: GRANOLA.sku,
      quantity: 2,
      reason: "delivery",
    });
    await phone.getByText(/^Waiting for the goods/).waitFor({ state: "hidden" });
  },
);
