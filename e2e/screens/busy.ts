import { randomUUID } from "node:crypto";
import type { Page } from "playwright-core";
import { said, type Room } from "./room.ts";
import { board } from "./board.ts";
import { openTill, sell } from "./till-steps.ts";
import type { Words } from "./words.ts";

/** More than any board or desk shows at once. */
const ORDERS = 18;
const LONG_NAMES = [
  "Maximiliane-Alexandrina von Hohenstaufen",
  "Bartholomäus Großkreutz-Wittgenstein",
  "Montserrat Puigdevall i Castellarnau",
];

/** Full hands and things that go wrong. Only looked at: what they leave behind would stand in the way of stories that share their chain. */
export const BUSY_ROOMS: readonly Room[] = [
  {
    name: "till-busy",
    app: "till",
    enter: async (page, say) => {
      await openTill(page, say);
      await orderMany(page, "Bellecour");
      await makeReady(page, ORDERS / 2);
    },
    screens: [
      { name: "collections", open: (page) => collections(page) },
      { name: "order-elsewhere", open: openElsewhere },
      { name: "customer-new", open: keepNewCustomer, isOtherSide: true },
      { name: "pay-change", open: takeMore },
      { name: "paid-change", open: paid },
      { name: "pay-waiting", open: waitForTerminal },
      { name: "offline", open: loseConnection },
      { name: "shift-shared", open: shareDrawer },
      { name: "shift-counted", open: countMuch },
      { name: "shift-closed", open: closeShift },
      { name: "shift-open", open: finishShift },
      { name: "shift-joined", open: joinDrawer },
    ],
  },
  board("board-busy", [
    {
      name: "queue",
      async open(page, say) {
        await page.goto("/board/");
        await page
          .getByRole("region", { name: say("board.queue.preparing") })
          .getByRole("listitem")
          .nth(5)
          .waitFor();
      },
    },
  ]),
];

/** Orders of guests through the API of the shop, to be collected at a store; answers the number of the last one. */
async function orderMany(page: Page, store: string, count = ORDERS): Promise<string> {
  const ask = async <Answer>(url: string, data?: object, headers: Record<string, string> = {}): Promise<Answer> => {
    const answer = await page.request.fetch(url, { method: data ? "POST" : "GET", headers, ...(data && { data }) });
    if (!answer.ok()) throw new Error(`${url}: ${await answer.text()}`);
    return answer.json() as Promise<Answer>; // as the contract says
  };
  const { publishableKey } = await ask<{ publishableKey: string }>("/v1/apps/shop");
  const key = { authorization: `Bearer ${publishableKey}`, "weft-session": "weft_shop" };
  const placeId = (await ask<{ items: { id: string }[] }>(`/v1/stores?query=${store}`, undefined, key)).items[0]?.id;
  let last = "";
  for (let n = 0; n < count; n++) {
    const operations = ["COF-ESP", "COF-DBL", "COF-AME"].map((sku) => ({ id: randomUUID(), kind: "add", sku, quantity: 1 + (n % 3) }));
    const opened = await ask<{ token: string; cart: { id: string; totals: { total: object } } }>("/v1/carts", { placeId, operations }, key);
    const { number } = await ask<{ number: string }>(
      `/v1/carts/${opened.cart.id}/completion`,
      {
        fulfillment: { kind: "collect", placeId },
        tenders: [n % 2 === 0 ? { kind: "due_at_collection" } : { kind: "card", token: "sandbox_approve" }],
        expectedTotal: opened.cart.totals.total,
        contact: { name: LONG_NAMES[n % LONG_NAMES.length], phone: "+33639980123" },
      },
      { ...key, "weft-cart": opened.token, "idempotency-key": randomUUID() },
    );
    last = number;
  }
  return last;
}

/** So many of what is to be prepared at the till's store are ready. */
async function makeReady(page: Page, count: number): Promise<void> {
  const headers = { "weft-session": "weft_till" };
  const { device } = (await (await page.request.get("/v1/session", { headers })).json()) as { device: { placeId: string } }; // the API's answer
  const open = await page.request.get(`/v1/fulfillments?placeId=${device.placeId}&state=open&kind=counter&limit=100`, { headers });
  const { items } = (await open.json()) as { items: { id: string }[] }; // as above
  for (const { id } of items.slice(-count)) {
    const answer = await page.request.post(`/v1/fulfillments/${id}/readiness`, {
      headers: { ...headers, "idempotency-key": randomUUID() },
      data: {},
    });
    if (!answer.ok()) throw new Error(await answer.text());
  }
}

async function collections(page: Page, search = ""): Promise<void> {
  await page.goto(`/till/collections${search}`);
  await page.locator("main li button").first().waitFor();
}

async function openElsewhere(page: Page): Promise<void> {
  await collections(page, `?code=${await orderMany(page, "Canal", 1)}`);
  await page.getByRole("dialog").getByRole("listitem").first().waitFor();
}

async function keepNewCustomer(page: Page, say: Words): Promise<void> {
  await page.goto("/till/");
  await page.getByRole("button", { name: say("till.customer.find") }).click();
  await page.getByRole("button", { name: say("till.customer.new") }).click();
  await page.getByLabel(say("till.customer.given_name")).fill("Maximiliane-Alexandrina Hohenstaufen");
  await page.getByLabel(say("till.customer.contact")).fill(`maximiliane.${Date.now()}@example.com`);
  await page.getByRole("button", { name: say("till.customer.create") }).click();
  await page.getByRole("button", { name: say("till.customer.later") }).click();
  await page.getByRole("button", { name: say("till.customer.leave") }).waitFor();
}

async function takeMore(page: Page, say: Words): Promise<void> {
  await sell(page);
  await page.goto("/till/pay");
  await page.getByLabel(say("till.pay.received")).fill("200");
  await page.getByRole("button", { name: said(say("till.pay.take_change")) }).waitFor();
}

async function paid(page: Page, say: Words): Promise<void> {
  await page.getByRole("button", { name: said(say("till.pay.take_change")) }).click();
  await page.getByRole("button", { name: say("till.paid.next") }).waitFor();
}

/** The terminal of the sandbox that answers when nobody waits for it any more. */
async function waitForTerminal(page: Page, say: Words): Promise<void> {
  await sell(page, "PAS-CRO");
  await page.goto("/till/pay");
  await page.getByLabel(say("till.pay.sandbox")).selectOption("sandbox_late_approve");
  await page.getByRole("button", { name: said(say("till.pay.card_pay")) }).click();
  await page.getByText(say("till.pay.waiting_terminal")).waitFor();
}

/** Only shown as cut off: the next screen has its network again. */
async function loseConnection(page: Page): Promise<void> {
  await page.goto("/till/");
  await page.locator("main li button").first().waitFor();
  await page.context().setOffline(true);
  await page.locator("[role=status] p").first().waitFor();
}

const STATE = "**/v1/till/state?*";

/** Two more registers work on the drawer of this till. */
async function withOthers(page: Page): Promise<void> {
  await page.route(STATE, async (route) => {
    const answer = await route.fetch();
    const state = (await answer.json()) as { drawer: { others: object[] } }; // as the contract says
    const openedAt = new Date().toISOString();
    state.drawer.others = ["Bellecour 2", "Bellecour terrasse"].map((registerName) => ({ registerName, openedAt }));
    await route.fulfill({ json: state });
  });
}

async function shareDrawer(page: Page, say: Words): Promise<void> {
  await page.context().setOffline(false);
  await withOthers(page);
  await page.goto("/till/shift");
  await page.getByRole("button", { name: say("till.drawer.leave") }).waitFor();
}

async function joinDrawer(page: Page, say: Words): Promise<void> {
  await withOthers(page);
  await page.goto("/till/");
  await page.getByRole("button", { name: say("till.drawer.join") }).waitFor();
}

async function countMuch(page: Page): Promise<void> {
  await page.unroute(STATE);
  await page.goto("/till/shift");
  await page.locator("#count-200").fill("12345");
  await page.locator("#count-20000").fill("99999");
}

async function closeShift(page: Page, say: Words): Promise<void> {
  await page.getByRole("button", { name: say("till.shift.close") }).click();
  await page.getByRole("button", { name: say("till.shift.finish") }).waitFor();
}

async function finishShift(page: Page, say: Words): Promise<void> {
  await page.getByRole("button", { name: say("till.shift.finish") }).click();
  await page.getByRole("button", { name: said(say("till.open.open")) }).waitFor();
}
