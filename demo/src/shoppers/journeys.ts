import type { OrderView } from "@weft/contracts/client";
import { fillCart, orderToCollect, type OpenCart, type Shopper, type Town } from "./shopper.ts";

/** How a walk ended: the channels in their order, what happened, and the order if there is one. */
export type Told = { readonly by: readonly string[]; readonly what: string; readonly order: OrderView | null };

export type Journey = (town: Town, shopper: Shopper) => Promise<Told>;

/** A stranger's cart goes to the till by its code, gets one more thing there, and is paid in cash or by card. */
const byCode: Journey = async (town, shopper) => {
  const browser = shopper.browser();
  const cart = await fillCart(town, shopper, browser, "online");
  const { code } = await browser.call("carts.offerHandover", { params: { id: cart.id }, body: { mode: "take" }, headers: cart.headers });
  await town.think();
  const claimed = await town.till.device.call("carts.claimHandover", { params: { code } });
  const order = await payAtTill(town, shopper, { id: claimed.cart.id, token: claimed.token });
  return { by: ["web", "till"], what: "moved by code and paid there", order };
};

/** A known customer says the e-mail address at the till; the cart of the phone is there and is paid. */
const byName: Journey = async (town, shopper) => {
  const phone = await shopper.app();
  await fillCart(town, shopper, phone, "app");
  const found = await town.till.findCustomer(shopper.email);
  if (!found?.currentCart) return { by: ["app", "till"], what: "not found at the till", order: null };
  await town.think();
  const taken = await town.till.device.call("carts.takeOver", { params: { id: found.currentCart.id } });
  const order = await payAtTill(town, shopper, { id: taken.cart.id, token: taken.token });
  return { by: ["app", "till"], what: `known as ${shopper.givenName}, taken over and paid`, order };
};

/** Paid in the app, collected in the store by the code. */
const collected: Journey = async (town, shopper) => {
  const phone = await shopper.app();
  const cart = await fillCart(town, shopper, phone, "app");
  const order = await orderToCollect(town, shopper, phone, cart, "card");
  await collect(town, order, []);
  return { by: ["app", "till"], what: "paid in the app, collected in the store", order };
};

/** Ordered on the site without an account, paid in cash when it is collected. */
const paidThere: Journey = async (town, shopper) => {
  const browser = shopper.browser();
  const cart = await fillCart(town, shopper, browser, "online");
  const order = await orderToCollect(town, shopper, browser, cart, "there");
  await collect(town, order, [{ kind: "cash" }]);
  return { by: ["web", "till"], what: "ordered online, paid at the collection", order };
};

/** Many look and go; the goods are free again. */
const left: Journey = async (town, shopper) => {
  const browser = shopper.browser();
  const { id, headers }: OpenCart = await fillCart(town, shopper, browser, "online");
  await browser.call("carts.abandon", { params: { id }, headers });
  return { by: ["web"], what: "looked, and left the cart", order: null };
};

export const JOURNEYS: readonly (readonly [journey: Journey, weight: number])[] = [
  [byCode, 3],
  [byName, 3],
  [collected, 3],
  [paidThere, 2],
  [left, 2],
];

async function payAtTill(town: Town, { random }: Shopper, cart: { readonly id: string; readonly token: string }): Promise<OrderView> {
  const tender = random.chance(0.4) ? ({ kind: "cash" } as const) : ({ kind: "card", token: "sandbox_approve" } as const);
  const id = await town.till.sell(cart, tender);
  return town.till.device.call("orders.read", { params: { id } });
}

async function collect(town: Town, order: OrderView, tenders: Parameters<Town["till"]["handOver"]>[2]): Promise<void> {
  const [parcel] = order.fulfillments;
  if (!parcel?.collectCode) throw new Error(`order ${order.number} has no collection code`);
  await town.think();
  await town.till.handOver(parcel.id, parcel.collectCode, tenders);
}
