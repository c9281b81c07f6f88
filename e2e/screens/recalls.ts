import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import type { Words } from "./words.ts";

const ID = randomUUID();
const PLACES = ["Lyon Bellecour", "Barcelona Gràcia", "Berlin Mitte"];

const NAME = {
  en: "Mountain honey, 500 g jar",
  fr: "Miel de montagne, pot de 500 g",
  de: "Berghonig, Glas mit 500 g",
  ca: "Mel de muntanya, pot de 500 g",
};

/** As the hub would say it. A real one would be a task of every store. */
const RECALL = {
  id: ID,
  productId: randomUUID(),
  variantId: null,
  batches: ["L-2207", "L-2208"],
  serials: [],
  reason: { en: "There may be pieces of glass in the jars" },
  name: NAME,
  advice: { en: "Do not eat it. Bring it back to any store, with or without the receipt: the money is returned." },
  soldFrom: "2026-11-01",
  announcedAt: "2026-11-20T09:12:00Z",
  announcedBy: "Anna Keller",
  tellingSince: "2026-11-20T09:20:00Z",
  liftedAt: null,
};

const FIGURES = {
  sold: 214,
  unit: "piece",
  places: PLACES.map((name, at) => ({ placeId: randomUUID(), name, sold: 120 - 40 * at })),
  purchases: { known: 171, unknown: 38 },
  told: { queued: 2, sent: 160, failed: 1, noAddress: 5, leftAlone: 3 },
};

const sale = (at: number, told: string | null, name: string | null) => ({
  orderId: randomUUID(),
  orderNumber: `W-1537${at}`,
  at: `2026-11-1${at}T10:30:00Z`,
  placeName: PLACES[at],
  quantity: at + 1,
  returned: at === 1 ? 1 : 0,
  unit: "piece",
  batch: "L-2207",
  serial: null,
  customer: name === null ? null : { id: randomUUID(), name },
  told,
});

/** A recall that stands, with those who were told of it and those who could not be. It stays while its room is looked at: the office asks anew. */
export async function openRecall(page: Page, say: Words): Promise<void> {
  const items = [sale(0, "failed", "Maximiliane-Alexandrina von Hohenstaufen"), sale(1, "no_address", "Rosa Serra"), sale(2, null, null)];
  await page.route(/\/v1\/recalls(\?|$)/, (route) => route.fulfill({ json: { items: [RECALL], nextCursor: null } }));
  await page.route(`**/v1/recalls/${ID}`, (route) => route.fulfill({ json: { ...RECALL, ...FIGURES } }));
  await page.route(`**/v1/recalls/${ID}/sales**`, (route) => route.fulfill({ json: { items, nextCursor: null } }));
  // The list that was looked at before is fresh enough for the office, and another one.
  await page.goto(`/office/recalls?open=${ID}`);
  await page
    .locator("aside")
    .getByRole("heading", { name: say("office.recall.sales"), exact: true })
    .waitFor();
}
