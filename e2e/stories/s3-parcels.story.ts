import type { Page } from "playwright-core";
import { askInOffice } from "../lib/api.ts";
import { annasOffice, chooseBellecour, fillCartOnPhone, RUN, strangersPhone } from "../lib/people.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

const VERBENA = { sku: "PAN-TEV", name: "Lemon verbena leaves" };
const DEPOT = "Lyon Depot";
const PARIS = "Paris Canal";
const BELLECOUR = "Lyon Bellecour";

type Level = Readonly<Record<"sku" | "placeId" | "placeName", string>> &
  Readonly<Record<"onHand" | "allocated" | "held" | "safety", number>>;

async function levelAt(office: Page, placeName: string): Promise<Level> {
  const { items } = (await askInOffice(office, "GET", `/v1/stock?query=${VERBENA.sku}&limit=100`)) as { items: Level[] }; // by the contract
  const level = items.find((one) => one.sku === VERBENA.sku && one.placeName === placeName);
  if (!level) throw new Error(`${placeName} keeps no ${VERBENA.sku}`);
  return level;
}

/** Leaves so many units of the verbena that can be promised at these places: what a count finds beside what is promised already. */
async function free(office: Page, units: Readonly<Record<string, number>>): Promise<void> {
  for (const [placeName, wanted] of Object.entries(units)) {
    const level = await levelAt(office, placeName);
    const counted = wanted + level.allocated + level.held + level.safety;
    if (counted === level.onHand) continue;
    await askInOffice(office, "POST", "/v1/stock/movements", {
      kind: "count",
      placeId: level.placeId,
      sku: VERBENA.sku,
      counted,
      changeFromQuantity: level.onHand,
      reason: "counted",
    });
  }
}

/** The checkout of a visitor's phone with two tins, to be sent home. */
async function twoTinsToSend(phone: Page): Promise<void> {
  await chooseBellecour(phone);
  await fillCartOnPhone(phone, VERBENA.name);
  await fillCartOnPhone(phone, VERBENA.name);
  await visit(phone, "/shop/checkout");
  await phone.getByRole("radio", { name: "Ship it to me" }).check();
  await phone.getByLabel("First and last name").fill("Nora Blanc");
  await phone.getByLabel("Street and number").fill("3 rue de la Trame");
  await phone.getByLabel("Postcode").fill("69002");
  await phone.getByLabel("City", { exact: true }).fill("Lyon");
  await phone.getByRole("button", { name: "Use this address" }).click();
  await phone.getByText("69002 Lyon").waitFor();
}

story(
  "S3 in two parcels: what no place has alone is said, paid and followed as two, and when a store cannot send its part another one does",
  async (stage) => {
    const office = await annasOffice(stage);
    await free(office, { [DEPOT]: 1, [PARIS]: 1, [BELLECOUR]: 4 });
    const phone = await strangersPhone(stage);
    await twoTinsToSend(phone);
    await phone.getByText("Comes in 2 parcels").waitFor();
    await phone.getByLabel("E-mail").fill(`parcels.${RUN}@example.org`);
    await phone.getByRole("button", { name: /^Pay €/ }).click();
    await phone.waitForURL(/\/shop\/orders\//);
    await phone.getByText(`Sent from ${DEPOT}`).waitFor();
    await phone.getByText(`Sent from ${PARIS}`).waitFor();
    const number = /W-\d+/.exec(await phone.getByText(/W-\d+/).first().innerText())?.[0] ?? "";

    await free(office, { [DEPOT]: 1 });
    await visit(office, `/office/shipping?place=${(await levelAt(office, PARIS)).placeId}&query=${number}`);
    await office.getByRole("link", { name: number }).first().click();
    await office.getByText("Something is missing").click();
    await office.getByRole("button", { name: "Cannot be sent from here" }).click();
    await phone.getByText(`1 × ${VERBENA.name} is sent from ${DEPOT} instead.`).waitFor();
    await phone.getByText(`Sent from ${PARIS}`).waitFor({ state: "hidden" });
    await visit(office, `/office/orders?query=${number}`);
    await office.getByRole("link", { name: number }).first().click();
    await office.getByText(`1 × ${VERBENA.name}`).first().waitFor();
  },
);
