import type { OpenedCartView, OrderView, ProductSummaryView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { demoChannels } from "../channels.ts";
import { DEFAULT_SEED } from "../ids.ts";
import { emailOf } from "../people/contacts.ts";
import { FAMILY_NAMES, GIVEN_NAMES } from "../people/names.ts";
import type { Random } from "../random.ts";
import { openDevice, type Device, type HubAddress } from "./device.ts";
import type { ShoppersTill } from "./till.ts";

export type Online = "online" | "app";

/** What a walk happens in: the hub, the shelf of the store, the till there, and how long people think between two steps. */
export type Town = {
  readonly hub: HubAddress;
  readonly till: ShoppersTill;
  readonly shelf: readonly ProductSummaryView[];
  /** Does something and answers the text that is sent to an address because of it: where a sign-in code is read. */
  textSent(address: string, because: () => Promise<unknown>): Promise<string>;
  think(): Promise<void>;
};

/** One invented person with a browser and a phone. */
export type Shopper = {
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  readonly random: Random;
  readonly visitorId: string;
  /** The phone with the app, signed in on its first use. */
  app(): Promise<Device>;
  browser(): Device;
};

export const publishableKey = (code: Online): string =>
  `Bearer ${demoChannels(DEFAULT_SEED).find((channel) => channel.code === code)?.publishableKey}`;

/** The `n`-th shopper; numbers begin far above those of the chain's own customers, so that nobody is met twice. */
export function shopperOf(town: Town, n: number, random: Random): Shopper {
  const givenName = random.pick(GIVEN_NAMES.FR);
  const familyName = random.pick(FAMILY_NAMES.FR);
  const email = emailOf(givenName, familyName, "FR", 9_000_000 + n);
  let app: Promise<Device> | undefined;
  return {
    givenName,
    familyName,
    email,
    random,
    visitorId: `shopper-${n}-${email}`,
    app: () => (app ??= signIn(town, { givenName, familyName, email })),
    browser: () => openDevice(town.hub, { authorization: publishableKey("online") }),
  };
}

async function signIn(
  town: Town,
  { givenName, familyName, email }: { readonly givenName: string; readonly familyName: string; readonly email: string },
): Promise<Device> {
  const headers = { authorization: publishableKey("app"), "weft-session": "weft_shop_shoppers" };
  const phone = openDevice(town.hub, headers);
  let challengeId = "";
  const text = await town.textSent(email, async () => {
    ({ challengeId } = await phone.call("access.requestSignInCode", { body: { contact: email, givenName, familyName } }));
  });
  const code = /\b\d{6}\b/.exec(text)?.[0] ?? "";
  await phone.call("access.customerSignIn", { body: { challengeId, code } });
  return phone;
}

export type OpenCart = { readonly id: string; readonly headers: Readonly<Record<string, string>>; readonly cart: OpenedCartView["cart"] };

/** Looks at some goods, as the shop's event client tells it, and puts one to three of them into a cart at the store. */
export async function fillCart(town: Town, shopper: Shopper, device: Device, code: Online): Promise<OpenCart> {
  const wanted = Array.from({ length: shopper.random.between(1, 3) }, () => shopper.random.pick(town.shelf));
  await device.post("/v1/batch", {
    writeKey: publishableKey(code).slice("Bearer ".length),
    batch: wanted.map((product) => viewOf(product, shopper)),
  });
  await town.think();
  const opened = await device.call("carts.open", {
    body: { placeId: town.till.placeId, fulfillment: "collect", operations: [], ticket: false },
  });
  const headers = { ...(opened.token && { "weft-cart": opened.token }) };
  const operations = wanted.map(({ defaultSku }) => ({ id: newId(), kind: "add" as const, sku: defaultSku, quantity: 1, options: [] }));
  const { cart } = await device.call("carts.operate", { params: { id: opened.cart.id }, body: { operations }, headers });
  await town.think();
  return { id: cart.id, headers, cart };
}

function viewOf({ defaultSku, name }: ProductSummaryView, { visitorId }: Shopper): object {
  return {
    type: "track",
    event: "Product Viewed",
    messageId: newId(),
    anonymousId: visitorId,
    timestamp: new Date().toISOString(),
    properties: { sku: defaultSku, name: name.en },
  };
}

/** Orders for collection; answers the order with the code that the shopper shows at the counter. */
export async function orderToCollect(
  town: Town,
  shopper: Shopper,
  device: Device,
  { id, headers, cart }: OpenCart,
  pays: "card" | "there",
): Promise<OrderView> {
  return device.call("checkout.complete", {
    params: { id },
    headers: { ...headers, "idempotency-key": newId() },
    body: {
      fulfillment: { kind: "collect", placeId: town.till.placeId, dining: "take_away", dueAt: null },
      tenders: [pays === "card" ? { kind: "card", token: "sandbox_approve" } : { kind: "due_at_collection" }],
      expectedTotal: cart.totals.total,
      contact: { email: shopper.email, name: shopper.givenName },
    },
  });
}
