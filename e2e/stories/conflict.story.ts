import type { Page } from "playwright-core";
import { askInOffice, leave, openAllHours, orderToCollect } from "../lib/api.ts";
import { annasOffice, jordisTill, payByCard, RUN } from "../lib/people.ts";
import { scan } from "../lib/scan.ts";
import { visit } from "../screens/room.ts";
import { story } from "../story.ts";

async function barcodeOf(office: Page, sku: string): Promise<string> {
  const found = (await askInOffice(office, "GET", `/v1/products?query=${sku}&limit=5`)) as { items: { id: string; defaultSku: string }[] }; // as above
  const id = found.items.find(({ defaultSku }) => defaultSku === sku)?.id;
  const product = (await askInOffice(office, "GET", `/v1/products/${id}`)) as { variants: { sku: string; barcodes: string[] }[] }; // as above
  const [barcode] = product.variants.find((variant) => variant.sku === sku)?.barcodes ?? [];
  if (!barcode) throw new Error(`${sku} has no barcode`);
  return barcode;
}

/** The till tells of a sale after it, from its outbox: the conflict is asked for until it is there. */
async function conflictOf(office: Page, sku: string): Promise<string> {
  for (let look = 0; look < 150; look++) {
    const { items } = (await askInOffice(office, "GET", "/v1/stock/conflicts?limit=50")) as { items: { id: string; sku: string }[] }; // as above
    const conflict = items.find((one) => one.sku === sku);
    if (conflict) return conflict.id;
    await office.waitForTimeout(200);
  }
  throw new Error(`${sku} is in no conflict`);
}

const CORNER = `Lyon Corner ${RUN}`;

/** One product for each way out; nobody else's story sells them. */
const WAYS = [
  { sku: "GEA-PRE", button: () => `Let ${CORNER} serve it`, told: "The conflict is over." },
  { sku: "GEA-MOK", button: () => /^Cancel 1 unit, money back$/, told: "The conflict is over." },
  { sku: "GEA-GRI", button: (number: string) => `Cancel ${number}`, told: "The conflict is over." },
  { sku: "MUG-FLA", button: () => "Wait for goods", told: "Noted. The conflict stays open until goods come." },
] as const;

/** Once a day is known on which goods come, the order waits until it, and its customer is told. */
async function waitUntil(office: Page, number: string): Promise<void> {
  const { items } = (await askInOffice(office, "GET", "/v1/stock?query=MUG-FLA&limit=50")) as {
    items: { placeId: string; placeName: string }[];
  }; // as above
  const placeId = items.find(({ placeName }) => placeName.includes("Bellecour"))?.placeId;
  const ahead = (most: number) =>
    askInOffice(office, "PUT", "/v1/stock/ahead", { placeId, sku: "MUG-FLA", kind: "backorder", most, comesOn: null, inDays: 7 });
  await ahead(3);
  await office.goto(`/office/conflicts?open=${await conflictOf(office, "MUG-FLA")}`); // what the office knows of it is older
  const beside = office.getByRole("complementary").filter({ hasText: "missing for these orders" });
  await beside.getByLabel("Why").fill("More come next week");
  const own = beside.getByRole("listitem").filter({ hasText: number });
  await own.getByRole("button", { name: /^Wait until .+, customer is told$/ }).click();
  await office.getByText("The conflict is over.").first().waitFor();
  await ahead(0);
}

story("Office: what the till sold although it was promised comes from elsewhere, is given up, canceled or waited for", async (stage) => {
  const office = await annasOffice(stage);
  const corner = await openAllHours(office, CORNER, { sku: "GEA-PRE", quantity: 2 });
  const numbers = new Map<string, string>();
  for (const { sku } of WAYS) {
    await leave(office, sku, 2);
    numbers.set(sku, (await orderToCollect(stage, [{ sku, quantity: 2 }], { kind: "card", token: "sandbox_approve" })).number);
  }
  const till = await jordisTill(stage);
  for (const { sku } of WAYS) await scan(till, await barcodeOf(office, sku));
  await payByCard(till);
  for (const { sku, button, told } of WAYS) {
    await visit(office, `/office/conflicts?open=${await conflictOf(office, sku)}`);
    const beside = office.getByRole("complementary").filter({ hasText: "missing for these orders" });
    await beside.getByLabel("Why").fill("Sold at the counter");
    const own = beside.getByRole("listitem").filter({ hasText: numbers.get(sku) ?? sku });
    await (sku === "MUG-FLA" ? beside : own).getByRole("button", { name: button(numbers.get(sku) ?? "") }).click();
    await office.getByText(told).first().waitFor();
  }
  await askInOffice(office, "PATCH", `/v1/places/${corner}`, { status: "closed" });
  await handOn(office);
  await waitUntil(office, numbers.get("MUG-FLA") ?? "");
});

/** What still waits for goods is a task of the store, which asks the customer service; and one kind of task is done by itself from now on, until people are asked again. */
async function handOn(office: Page): Promise<void> {
  const conflictId = await conflictOf(office, "MUG-FLA");
  const { items } = (await askInOffice(office, "GET", "/v1/tasks?kind=stock_conflict&limit=50")) as {
    items: { id: string; reference: { id: string } }[];
  }; // as above
  // Those of the conflicts that are over are about to go.
  await visit(office, `/office/tasks?kind=stock_conflict&open=${items.find(({ reference }) => reference.id === conflictId)?.id}`);
  const task = office.getByRole("complementary").filter({ hasText: "What happened" });
  await task.getByText("Hand to another team").first().click();
  await task.getByLabel("To which team").selectOption("service");
  await task.getByLabel("What they should know").fill("Two guests wait for flat white mugs");
  await task.getByRole("button", { name: "Hand to another team" }).click();
  await task.getByText(/Handed to: Customer service/).waitFor();
  await visit(office, "/office/task-kinds");
  const kind = office.getByRole("region", { name: "Order not collected" });
  const wait = kind.getByLabel("After (minutes)");
  await kind.getByText("Do it", { exact: true }).click();
  await wait.waitFor();
  await kind.getByText("Ask people", { exact: true }).click();
  await wait.waitFor({ state: "hidden" });
}
