import type { Page } from "playwright-core";
import { sellAhead } from "./house.ts";
import { openChangeLink, openLink } from "./offers.ts";
import { at, enterAs, said, visit, type Room } from "./room.ts";
import type { Words } from "./words.ts";

const CROISSANT = "/shop/p/butter-croissant";

/** The shop as somebody sees it who has never been here, then as Léa does. */
export const SHOP_ROOMS: readonly Room[] = [
  {
    name: "shop-visitor",
    app: "shop",
    screens: [
      at("front-door", "/"),
      at("menu", "/shop/"),
      at("menu-search", "/shop/?q=capuccino"),
      at("menu-search-nothing", "/shop/?q=xylophone"),
      at("product", CROISSANT),
      { name: "product-sheet", open: openProductSheet },
      at("product-gift-card", "/shop/p/gift-card"),
      { name: "store-picker", open: openStorePicker },
      at("cart-empty", "/shop/cart"),
      at("card-visitor", "/shop/card"),
      at("stores", "/shop/stores"),
      { name: "stores-none", open: findNoStore },
      at("me-visitor", "/shop/me"),
      at("help", "/shop/help"),
      at("orders-none", "/shop/orders"),
      at("saved-visitor", "/shop/saved"),
      at("bookings-visitor", "/shop/bookings"),
      at("sign-in", "/shop/sign-in"),
      { name: "sign-in-code", open: askForCode },
      at("hand-over-enter", "/shop/handover"),
      at("hand-over-take-up", "/shop/handover/AC34DEF"),
      at("claim", "/shop/claim/AC34DEFGH"),
      at("receipt-claim", "/shop/receipt/AbCdEfGhIjKlMnOpQrSt_-"),
      { name: "offer-link", open: openLink("link", true) },
      { name: "offer-quote", open: openLink("quote", false) },
      at("offer-unknown", "/shop/offers/AAAAAAAAAAAAAAAAAAAAAA"),
      at("missing", "/shop/nothing-here"),
    ],
  },
  {
    name: "shop-lea",
    app: "shop",
    enter: (page) => enterAs(page, /Léa/),
    screens: [
      at("menu", "/shop/"),
      { name: "product-ahead", open: openAhead },
      { name: "cart", open: openFilledCart },
      { name: "cart-hand-over", after: "cart", open: offerHandOver },
      { ...at("checkout", "/shop/checkout"), after: "cart" },
      { name: "order", after: "cart", open: order },
      { name: "order-pay-due", after: "order", open: openDueOrder },
      { name: "order-change", open: changeOrder },
      { name: "change-link", after: "order", open: openChangeLink },
      { name: "checkout-gift-card", open: useGiftCard },
      { name: "order-gift-card", open: orderGiftCard },
      { name: "order-invoice", after: "order-gift-card", open: askInvoice },
      { name: "cart-note", open: noteInCart },
      at("orders", "/shop/orders"),
      at("saved", "/shop/saved"),
      at("bookings", "/shop/bookings"),
      at("book", "/shop/book"),
      { name: "book-for-money", open: chooseWorkshop },
      { name: "cart-service", after: "book-for-money", open: putWorkshopInCart },
      at("card", "/shop/card"),
      { name: "card-give", open: openGiving },
      at("purse-none", "/shop/purse"),
      at("purse-join", "/shop/purse/AAAAAAAAAAAAAAAAAAAAAA"),
      at("friend", "/shop/friend/ABCDEFGH"),
      at("me", "/shop/me"),
      at("terms", "/shop/me/messages"),
      at("data", "/shop/me/data"),
      at("cookies", "/shop/cookies"),
      // In another store than before.
      { name: "checkout-slots", open: chooseSlot },
      { name: "offline", open: loseConnection },
    ],
  },
];

async function openGiving(page: Page, say: Words): Promise<void> {
  await visit(page, "/shop/card");
  await page.getByRole("button", { name: say("shop.give.title") }).click();
  await page.getByLabel(say("shop.give.card")).waitFor();
}

/** The same order as one that is to be sent, and whose card can not be charged any more. */
async function openDueOrder(page: Page, say: Words): Promise<void> {
  const orders = /\/v1\/orders\/[0-9a-f-]{36}$/;
  await page.route(orders, async (route) => {
    const answer = await route.fetch();
    const order = await answer.json();
    const fulfillments = order.fulfillments.map((part: object) => ({ ...part, kind: "ship", state: "packed" }));
    await route.fulfill({ response: answer, json: { ...order, fulfillments, due: order.total, paymentState: "due_at_collection" } });
  });
  await page.reload();
  await page.getByText(say("shop.order.pay_due_hint")).waitFor();
  await page.unrouteAll({ behavior: "wait" });
}

async function openProductSheet(page: Page, say: Words): Promise<void> {
  await visit(page, "/shop/?product=cappuccino");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: said(say("shop.product.add")) })
    .waitFor();
}

/** Goods that are not there, and are sold until more come. */
async function openAhead(page: Page, say: Words): Promise<void> {
  await sellAhead(page, "PAN-GRA", "backorder");
  await chooseStore(page, say, /Bellecour/);
  await page.goto("/shop/p/house-granola");
  await page.locator("main h1").waitFor();
}

async function chooseStore(page: Page, say: Words, name: RegExp): Promise<void> {
  await visit(page, "/shop/");
  const [confirm, change] = [say("shop.store.confirm"), say("shop.store.change")].map((text) =>
    page.getByRole("button", { name: said(text) }),
  );
  await confirm
    ?.or(change ?? confirm)
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}

/** The store of the demo that has slots, and the room of one of them, which is kept for this cart. */
async function chooseSlot(page: Page, say: Words): Promise<void> {
  await chooseStore(page, say, /Girona/);
  await openFilledCart(page, say);
  await visit(page, "/shop/checkout");
  await page.getByRole("radio", { name: said(say("shop.checkout.later")) }).check();
  await page.getByText(said(say("shop.slots.kept"))).waitFor();
}

async function openStorePicker(page: Page, say: Words): Promise<void> {
  await visit(page, "/shop/");
  await page.getByRole("button", { name: said(say("shop.store.confirm")) }).click();
  await page.getByRole("dialog").getByRole("button").nth(2).waitFor();
}

async function findNoStore(page: Page, say: Words): Promise<void> {
  await visit(page, "/shop/stores");
  await page.getByLabel(say("shop.stores.search")).fill("xylophone");
  await page.getByText(say("shop.stores.none")).first().waitFor();
}

async function askForCode(page: Page, say: Words): Promise<void> {
  await visit(page, "/shop/sign-in");
  await page.getByLabel(say("shop.sign_in.contact")).fill("mila.novak@example.com");
  await page.getByRole("button", { name: say("shop.sign_in.send") }).click();
  await page.getByLabel(say("shop.sign_in.code")).waitFor();
}

async function openFilledCart(page: Page, say: Words): Promise<void> {
  await visit(page, CROISSANT);
  await page.getByRole("button", { name: said(say("shop.product.add")) }).click();
  await visit(page, "/shop/cart");
  await page
    .getByRole("link", { name: say("shop.cart.to_checkout") })
    .first()
    .waitFor();
}

/** The workshop, with the first time of a week ahead. */
async function chooseWorkshop(page: Page, say: Words): Promise<void> {
  await visit(page, "/shop/book?sku=SRV-LATTE-ART");
  await page.getByRole("button", { name: say("shop.bookings.later") }).click();
  await page.getByRole("group").getByRole("button").first().click();
  await page.getByRole("button", { name: said(say("shop.bookings.into_cart")) }).waitFor();
}

async function putWorkshopInCart(page: Page, say: Words): Promise<void> {
  await page.getByRole("button", { name: said(say("shop.bookings.into_cart")) }).click();
  await page
    .getByRole("button", { name: say("shop.cart.take_out") })
    .first()
    .waitFor();
}

/** What is made for somebody takes what they say about it; the whole order as well. */
async function noteInCart(page: Page, say: Words): Promise<void> {
  await visit(page, "/shop/p/cappuccino");
  await page.getByRole("button", { name: said(say("shop.product.add")) }).click();
  await visit(page, "/shop/cart");
  const add = page.getByRole("button", { name: said(say("shop.note.add_to")) });
  await add.first().click();
  await page.getByLabel(said(say("shop.note.label"))).fill("Extra hot, no sugar, and with a paper straw please");
  await page.getByRole("button", { name: say("shop.note.keep"), exact: true }).click();
  await page.getByText("with a paper straw").waitFor();
  await add.last().click();
  await page.getByLabel(said(say("shop.note.label"))).waitFor();
}

async function offerHandOver(page: Page, say: Words): Promise<void> {
  await visit(page, "/shop/cart");
  await page.getByRole("button", { name: say("shop.handover.continue_elsewhere") }).click();
  await page.getByRole("img", { name: say("shop.handover.qr") }).waitFor();
}

async function order(page: Page, say: Words): Promise<void> {
  await visit(page, "/shop/checkout");
  await page.getByRole("radio", { name: said(say("shop.checkout.at_store")) }).check();
  await page.getByRole("button", { name: said(say("shop.checkout.order_now")) }).click();
  await page.waitForURL(/\/shop\/orders\/./);
}

/** A code is read whole while it is typed. */
async function useGiftCard(page: Page, say: Words): Promise<void> {
  await openFilledCart(page, say);
  await visit(page, "/shop/checkout");
  await page.getByLabel(say("shop.gift_card.code")).fill("AAAA-CCCC-DDDD-EEEE");
  await page.getByRole("button", { name: say("shop.gift_card.use"), exact: true }).scrollIntoViewIfNeeded();
}

/** Ordered by itself, through the API: what this table looks at is the order with its code. */
const BUY_GIFT_CARD = `(async () => {
  const ask = async (url, body) => {
    const headers = { "content-type": "application/json", "weft-session": "weft_shop", "idempotency-key": crypto.randomUUID() };
    const answer = await fetch(url, { method: body ? "POST" : "GET", headers, ...(body && { body: JSON.stringify(body) }) });
    if (!answer.ok) throw new Error(url + " answered " + (await answer.text()));
    return answer.json();
  };
  const { items } = await ask("/v1/stores?query=Bellecour");
  const placeId = items[0].id;
  await ask("/v1/session");
  const operations = [{ id: crypto.randomUUID(), kind: "add", sku: "GIF-50", quantity: 1 }];
  const { cart } = await ask("/v1/carts", { placeId, fulfillment: "collect", operations });
  const order = await ask("/v1/carts/" + cart.id + "/completion", {
    fulfillment: { kind: "collect", placeId, dining: "take_away", dueAt: null },
    tenders: [{ kind: "card", token: "sandbox_approve" }],
    expectedTotal: cart.totals.total,
  });
  return order.id;
})()`;

async function orderGiftCard(page: Page, say: Words): Promise<void> {
  // A cart of goods takes no gift card: the one before is ordered first.
  await openFilledCart(page, say);
  await order(page, say);
  const id = await page.evaluate<string>(BUY_GIFT_CARD);
  await visit(page, `/shop/orders/${id}`);
  await page.getByRole("img", { name: say("shop.gift_card.qr") }).waitFor();
}

/** The last order as if it had been bought over a counter: there it has a receipt, and an invoice where somebody asks. */
async function askInvoice(page: Page, say: Words): Promise<void> {
  const [orders, documents] = [/\/v1\/orders\/[0-9a-f-]{36}$/, "**/v1/orders/*/documents"];
  await page.route(documents, (route) => route.fulfill({ json: { items: [] } }));
  await page.route(orders, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), channelKind: "store", paymentState: "paid" } });
  });
  await page.reload();
  await page.getByRole("button", { name: say("shop.order.ask_invoice") }).click();
  await page.getByRole("button", { name: say("ui.invoice.ask") }).waitFor();
  await page.unrouteAll({ behavior: "wait" });
}

/** A change that is not sent yet, with what it would cost. */
async function changeOrder(page: Page, say: Words): Promise<void> {
  await openFilledCart(page, say);
  await order(page, say);
  await page.getByRole("button", { name: said(say("ui.change.open")) }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("group").getByRole("button").last().click();
  await dialog.getByText(said(say("ui.change.owed"))).waitFor();
}

/** The page stays as it is and learns that the network is gone. */
async function loseConnection(page: Page): Promise<void> {
  await visit(page, "/shop/");
  await page.locator("h1").first().waitFor();
  await page.context().setOffline(true);
  await page.locator("[role=status] p").first().waitFor();
}
