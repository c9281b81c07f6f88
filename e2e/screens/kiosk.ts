import type { Page } from "playwright-core";
import { at, type Room } from "./room.ts";
import type { Words } from "./words.ts";

/** A screen that stands nowhere yet, then the kiosk of Jordi's store, which takes cards, by day and by night. */
export const KIOSK_ROOMS: readonly Room[] = [
  { name: "kiosk-new", app: "kiosk", screens: [at("enroll", "/till/kiosk")] },
  {
    name: "kiosk",
    app: "kiosk",
    enter: setUp,
    screens: [
      { name: "start", open: (page, say) => begin(page, say) },
      { name: "low", open: lower },
      { name: "menu", open: openMenu },
      { name: "product", after: "menu", open: openProduct },
      { name: "cart", after: "product", open: openCart },
      { name: "pay", after: "cart", open: openPay },
      { name: "card-declined", open: declineCard },
      { name: "card", open: askForCard },
      { name: "number", open: order },
      { name: "staff", open: openDoor },
      { name: "staff-settings", after: "staff", open: openSettings },
      { name: "closed", open: close },
      { name: "away", open: cut },
      { name: "menu-cut", open: cutInTheMiddle },
    ],
  },
];

/** Its code is confirmed as the office does it, over the API: the office has its own pictures. */
async function setUp(page: Page, say: Words): Promise<void> {
  await page.goto("/till/kiosk");
  const code = await page.locator("[data-code]").getAttribute("data-code");
  const headers = { "weft-session": "weft_office" };
  await page.request.post("/v1/demo-sessions", { headers, data: { persona: "anna" } });
  const { places } = (await (await page.request.get("/v1/places", { headers })).json()) as { places: { id: string; name: string }[] }; // the API's answer
  const placeId = places.find(({ name }) => name.includes("Bellecour"))?.id;
  const register = await page.request.post("/v1/till/registers", { headers, data: { placeId, name: "Kiosk" } });
  const { id: registerId } = (await register.json()) as { id: string }; // the API's answer
  await page.request.post(`/v1/device-enrollments/${code}/confirmation`, { headers, data: { placeId, name: "Kiosk", registerId } });
  await isOpen(page, "open");
  await page.getByRole("heading", { name: say("till.kiosk.welcome") }).waitFor();
}

/** Whatever the clock of the store says. */
async function isOpen(page: Page, state: "open" | "closed"): Promise<void> {
  await page.unroute("**/v1/kiosk");
  await page.route("**/v1/kiosk", async (route) => {
    const answer = await route.fetch();
    const open = { state, nextChange: new Date(Date.now() + 8 * 3_600_000).toISOString(), because: null };
    await route.fulfill({ response: answer, json: { ...(await answer.json()), open } });
  });
}

/** Another customer, who finds everything at its usual height. */
async function begin(page: Page, say: Words): Promise<void> {
  const welcome = page.getByRole("heading", { name: say("till.kiosk.welcome") });
  const close = page.getByRole("button", { name: say("ui.close") });
  if (await close.isVisible()) await close.click();
  const back = page
    .getByRole("button", { name: say("till.kiosk.start_over") })
    .or(page.getByRole("button", { name: say("till.kiosk.finish") }));
  if (await back.isVisible()) await back.click();
  else if (!(await welcome.isVisible())) await page.goto("/till/kiosk");
  await welcome.waitFor();
  const low = page.getByRole("button", { name: say("till.kiosk.low"), pressed: true });
  if (await low.isVisible()) await low.click();
}

async function lower(page: Page, say: Words): Promise<void> {
  await begin(page, say);
  await page.getByRole("button", { name: say("till.kiosk.low") }).click();
}

async function openMenu(page: Page, say: Words): Promise<void> {
  await begin(page, say);
  await page.getByRole("button", { name: say("till.kiosk.eat_in") }).click();
  await page.locator("[data-product]").first().waitFor();
}

/** Something with options to choose. */
async function openProduct(page: Page, say: Words): Promise<void> {
  if (!(await page.locator("[data-product]").first().isVisible())) await openMenu(page, say);
  await page.locator("[data-product]:enabled").first().click();
  await addButton(page, say).waitFor();
}

const addButton = (page: Page, say: Words) => page.getByRole("button", { name: say("till.kiosk.add", { price: "" }).trim() });

async function fill(page: Page, say: Words): Promise<void> {
  if (!(await addButton(page, say).isVisible())) {
    await openMenu(page, say);
    await openProduct(page, say);
  }
  await addButton(page, say).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

async function openCart(page: Page, say: Words): Promise<void> {
  await fill(page, say);
  await page.locator("button[data-kind=primary]:enabled").click();
  await page.getByRole("heading", { name: say("till.kiosk.cart_title") }).waitFor();
}

async function openPay(page: Page, say: Words): Promise<void> {
  if (!(await page.getByRole("heading", { name: say("till.kiosk.cart_title") }).isVisible())) await openCart(page, say);
  await page.locator("button[data-kind=primary]:enabled").click();
  await page.getByRole("heading", { name: say("till.kiosk.pay_title") }).waitFor();
}

/** Its number, as the hub would give it by day. */
async function payWith(page: Page, say: Words, way: "card" | "counter"): Promise<void> {
  await page.unroute("**/v1/kiosk/orders");
  await page.route("**/v1/kiosk/orders", (route) => route.fulfill({ status: 201, json: { cartId: crypto.randomUUID(), number: "K27" } }));
  await openPay(page, say);
  await page.getByRole("button", { name: say(`till.kiosk.way_${way}`) }).click();
}

/** The hub has asked the reader, and has not answered yet. */
async function askForCard(page: Page, say: Words): Promise<void> {
  await page.unroute("**/v1/payment-methods**");
  await page.route("**/v1/till/commands", async (route) => {
    if (route.request().postData()?.includes("sale.complete")) return;
    await route.continue();
  });
  await payWith(page, say, "card");
  await page.getByText(say("till.kiosk.card_asked_text")).waitFor();
}

async function declineCard(page: Page, say: Words): Promise<void> {
  await page.route("**/v1/payment-methods**", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), card: null } });
  });
  await payWith(page, say, "card");
  await page.getByText(say("till.kiosk.card_none")).waitFor();
}

async function order(page: Page, say: Words): Promise<void> {
  await page.unroute("**/v1/till/commands");
  await payWith(page, say, "counter");
  await page.locator("[data-number]").waitFor();
}

async function openDoor(page: Page, say: Words): Promise<void> {
  await begin(page, say);
  await page.getByRole("button", { name: say("till.kiosk.staff"), exact: true }).click();
  await page.getByLabel(say("till.kiosk.pin")).waitFor();
}

/** Anna's PIN. */
async function openSettings(page: Page, say: Words): Promise<void> {
  if (!(await page.getByLabel(say("till.kiosk.pin")).isVisible())) await openDoor(page, say);
  await page.getByLabel(say("till.kiosk.pin")).fill("9876");
  await page.getByLabel(say("till.kiosk.pin")).press("Enter");
  await page.getByText(say("till.kiosk.register_ready")).waitFor();
}

async function close(page: Page, say: Words): Promise<void> {
  await isOpen(page, "closed");
  await page.goto("/till/kiosk");
  await page.getByRole("heading", { name: say("till.kiosk.closed") }).waitFor();
}

async function cut(page: Page, say: Words): Promise<void> {
  await page.unroute("**/v1/kiosk");
  await page.route("**/v1/kiosk", (route) => route.abort("internetdisconnected"));
  await page.goto("/till/kiosk");
  await page.getByRole("heading", { name: say("till.kiosk.away") }).waitFor();
}

/** Whoever has begun is told as soon as something cannot be sent. */
async function cutInTheMiddle(page: Page, say: Words): Promise<void> {
  await page.unroute("**/v1/carts**");
  await isOpen(page, "open");
  await page.goto("/till/kiosk");
  await openMenu(page, say);
  await openProduct(page, say);
  await page.unroute("**/v1/kiosk");
  for (const path of ["**/v1/kiosk", "**/v1/carts**"]) await page.route(path, (route) => route.abort("internetdisconnected"));
  await addButton(page, say).click();
  await page.getByText(say("till.kiosk.cut")).waitFor();
  await page.getByRole("button", { name: say("ui.close") }).click();
  await page.unroute("**/v1/carts**");
}

/** At a till of the same store: who ordered at a kiosk stands in front of it. */
export async function showKioskOrders(page: Page, say: Words): Promise<void> {
  const waiting = (cartId: string, kioskNumber: string, amount: number) => ({
    cartId,
    kioskNumber,
    items: 2,
    total: { amount, currency: "EUR" },
    givenName: null,
    deviceName: "Kiosk",
    own: false,
    parkedAt: new Date().toISOString(),
  });
  const items = [waiting(crypto.randomUUID(), "K28", 470), waiting(crypto.randomUUID(), "K27", 1240)];
  await page.route("**/v1/till/parked-tickets", (route) => route.fulfill({ json: { items } }));
  await page.goto("/till/");
  await page.getByRole("heading", { name: say("till.kiosk.waiting") }).waitFor();
}
