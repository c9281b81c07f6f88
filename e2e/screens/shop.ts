import type { Page } from "playwright-core";
import { at, enterAs, said, type Room } from "./room.ts";
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
      { name: "store-picker", open: openStorePicker },
      at("cart-empty", "/shop/cart"),
      at("card-visitor", "/shop/card"),
      at("stores", "/shop/stores"),
      { name: "stores-none", open: findNoStore },
      at("me-visitor", "/shop/me"),
      at("help", "/shop/help"),
      at("orders-none", "/shop/orders"),
      at("sign-in", "/shop/sign-in"),
      { name: "sign-in-code", open: askForCode },
      at("hand-over-enter", "/shop/handover"),
      at("hand-over-take-up", "/shop/handover/AC34DEF"),
      at("claim", "/shop/claim/AC34DEFGH"),
      at("missing", "/shop/nothing-here"),
    ],
  },
  {
    name: "shop-lea",
    app: "shop",
    enter: (page) => enterAs(page, /Léa/),
    screens: [
      at("menu", "/shop/"),
      { name: "cart", open: openFilledCart },
      { name: "cart-hand-over", open: offerHandOver },
      at("checkout", "/shop/checkout"),
      { name: "order", open: order },
      at("orders", "/shop/orders"),
      at("card", "/shop/card"),
      at("me", "/shop/me"),
      at("terms", "/shop/me/messages"),
      at("data", "/shop/me/data"),
      at("cookies", "/shop/cookies"),
      { name: "offline", open: loseConnection },
    ],
  },
];

async function openProductSheet(page: Page, say: Words): Promise<void> {
  await page.goto("/shop/?product=cappuccino");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: said(say("shop.product.add")) })
    .waitFor();
}

async function openStorePicker(page: Page, say: Words): Promise<void> {
  await page.goto("/shop/");
  await page.getByRole("button", { name: said(say("shop.store.confirm")) }).click();
  await page.getByRole("dialog").getByRole("button").nth(2).waitFor();
}

async function findNoStore(page: Page, say: Words): Promise<void> {
  await page.goto("/shop/stores");
  await page.getByLabel(say("shop.stores.search")).fill("xylophone");
  await page.getByText(say("shop.stores.none")).first().waitFor();
}

async function askForCode(page: Page, say: Words): Promise<void> {
  await page.goto("/shop/sign-in");
  await page.getByLabel(say("shop.sign_in.contact")).fill("mila.novak@example.com");
  await page.getByRole("button", { name: say("shop.sign_in.send") }).click();
  await page.getByLabel(say("shop.sign_in.code")).waitFor();
}

async function openFilledCart(page: Page, say: Words): Promise<void> {
  await page.goto(CROISSANT);
  await page.getByRole("button", { name: said(say("shop.product.add")) }).click();
  await page.goto("/shop/cart");
  await page
    .getByRole("link", { name: say("shop.cart.to_checkout") })
    .first()
    .waitFor();
}

async function offerHandOver(page: Page, say: Words): Promise<void> {
  await page.goto("/shop/cart");
  await page.getByRole("button", { name: say("shop.handover.continue_elsewhere") }).click();
  await page.getByRole("img", { name: say("shop.handover.qr") }).waitFor();
}

async function order(page: Page, say: Words): Promise<void> {
  await page.goto("/shop/checkout");
  await page.getByRole("radio", { name: said(say("shop.checkout.at_store")) }).check();
  await page.getByRole("button", { name: said(say("shop.checkout.order_now")) }).click();
  await page.waitForURL(/\/shop\/orders\/./);
}

/** The page stays as it is and learns that the network is gone. */
async function loseConnection(page: Page): Promise<void> {
  await page.goto("/shop/");
  await page.locator("h1").first().waitFor();
  await page.context().setOffline(true);
  await page.locator("[role=status] p").first().waitFor();
}
