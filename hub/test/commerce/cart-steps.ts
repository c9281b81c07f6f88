import type { CartOperation } from "@weft/contracts";
import { asId, type CartId, type Id } from "@weft/kernel";
import { expect } from "vitest";
import { abandonCart, openCart, operate } from "../../src/modules/carts/index.ts";
import type { Actor } from "../../src/platform/index.ts";
import { CODE } from "./goods.ts";
import type { Buyer, ModelCart } from "./model.ts";
import type { StepOf } from "./steps.ts";
import { actorOf, attempt, operationId, placeAt, realCart, tillAt, told, type World } from "./world.ts";

type Wanted = CartOperation extends infer One ? (One extends CartOperation ? Omit<One, "id"> : never) : never;
const toOperation = (wanted: Wanted): CartOperation => ({ ...wanted, id: asId<Id<"operation">>(operationId()) });
const toAdd = ([goods, quantity]: readonly [number, number]): Wanted => ({ kind: "add", sku: `SKU-${goods}`, quantity, options: [] });

/** Units of one SKU, and in all, that the hub lets nobody hold whom it does not know: such a cart stays within them. */
const MOST_OF_ONE = 10;
const MOST_IN_ALL = 30;

export const openCarts = ({ model }: World): ModelCart[] => model.carts.filter(({ state, isTicket }) => state === "open" && !isTicket);
export const nthOf = <T>(items: readonly T[], nth: number): T | undefined => items[nth % Math.max(1, items.length)];

/** A customer goes on with the cart that they have; whoever has none opens one. */
export async function shop(world: World, { buyer, basket, place }: StepOf<"shop">): Promise<void> {
  const known = world.model.carts.find((cart) => buyer !== 0 && cart.buyer === buyer && cart.state !== "ended");
  if (known?.state === "paying") return;
  if (known) return change(world, known, basket.map(toAdd), added(known.lines, basket));
  await open(world, { buyer, place, actor: actorOf(world, buyer), isTicket: false }, basket);
}

type NewCart = { readonly buyer: Buyer; readonly place: number; readonly actor: Actor; readonly isTicket: boolean };

/** Opens a cart with its first lines, in the hub and in the model. */
export async function open(world: World, given: NewCart, basket: Basket): Promise<ModelCart> {
  const cart = await openInHub(world, given, basket);
  world.model.change(cart, added(new Map(), basket));
  return cart;
}

/** The same, where the model has to be told later what the cart got of what it wants. */
export async function openInHub(world: World, { buyer, place, actor, isTicket }: NewCart, basket: Basket): Promise<ModelCart> {
  const operations = basket.map(toAdd).map(toOperation);
  const opened = await world.hub.must(
    (ctx) => openCart(ctx, { placeId: placeAt(world, place), fulfillment: isTicket ? "take_away" : "collect", operations, isTicket }),
    actor,
  );
  told(world, "carts opened", true);
  const cart: ModelCart = { place, buyer, isTicket, lines: new Map(), holds: new Map(), hasCode: false, state: "open" };
  world.model.carts.push(cart);
  world.carts.set(cart, {
    id: asId<CartId>(opened.cart.id),
    actor: opened.token ? { ...actor, cartToken: opened.token } : actor,
    view: opened.cart,
    lastOperation: null,
  });
  return cart;
}

type Basket = readonly (readonly [goods: number, units: number])[];

function added(lines: ReadonlyMap<number, number>, basket: Basket): Map<number, number> {
  const sum = new Map(lines);
  for (const [goods, quantity] of basket) sum.set(goods, (sum.get(goods) ?? 0) + quantity);
  return sum;
}

/** Applies operations to a cart; what the model says of its lines and its total is what the hub answers. */
async function change(world: World, cart: ModelCart, wanted: readonly Wanted[], lines: ReadonlyMap<number, number>): Promise<void> {
  const quantities = [...lines.values()];
  const inAll = quantities.reduce((sum, quantity) => sum + quantity, 0);
  if (cart.buyer === 0 && (inAll > MOST_IN_ALL || Math.max(0, ...quantities) > MOST_OF_ONE)) return;
  const real = realCart(world, cart);
  const operations = wanted.map(toOperation);
  const operated = await attempt(world, "cart operations", (ctx) => operate(ctx, { cartId: real.id, operations }), real.actor);
  world.model.change(cart, lines);
  if (!operated.ok) throw new Error(`an open cart was refused: ${JSON.stringify(operated.error)}`);
  real.view = operated.value.cart;
  real.lastOperation = JSON.stringify(operations.at(-1));
  expect(real.view.totals.total.amount).toBe(world.model.total(cart));
}

/** Another quantity of goods: none takes the line off, and what is not there yet comes. */
export async function edit(world: World, { nth, goods, units }: StepOf<"edit">): Promise<void> {
  const cart = nthOf(openCarts(world), nth);
  if (!cart) return;
  const line = realCart(world, cart).view.lines.find(({ sku }) => sku === `SKU-${goods}`);
  const lines = new Map(cart.lines);
  if (units === 0) lines.delete(goods);
  else lines.set(goods, units);
  if (line) await change(world, cart, [{ kind: "setQuantity", lineId: line.id, quantity: units }], lines);
  else if (units > 0) await change(world, cart, [toAdd([goods, units])], lines);
}

export async function typeCode(world: World, { nth }: StepOf<"code">): Promise<void> {
  const cart = nthOf(openCarts(world), nth);
  if (!cart) return;
  cart.hasCode = true;
  await change(world, cart, [{ kind: "applyCode", code: CODE }], cart.lines);
}

/** The last operation arrives once more: nothing changes [CRT-1]. */
export async function repeat(world: World, { nth }: StepOf<"repeat">): Promise<void> {
  const cart = nthOf(
    openCarts(world).filter((one) => realCart(world, one).lastOperation !== null),
    nth,
  );
  if (!cart) return;
  const real = realCart(world, cart);
  const operation = JSON.parse(real.lastOperation ?? "") as CartOperation; // written by `change`
  const again = await attempt(
    world,
    "operations repeated",
    (ctx) => operate(ctx, { cartId: real.id, operations: [operation] }),
    real.actor,
  );
  expect(again.ok).toBe(true);
}

/** The time of all that a cart holds is over. */
export async function lapse(world: World, { nth }: StepOf<"lapse">): Promise<void> {
  const cart = nthOf(openCarts(world), nth);
  if (!cart) return;
  await world.hub.rows("update stock.hold set expires_at = now() - interval '1 second' where cart_id = $1", [realCart(world, cart).id]);
  cart.holds.clear();
}

export async function abandon(world: World, { nth }: StepOf<"abandon">): Promise<void> {
  const cart = nthOf(openCarts(world), nth);
  if (cart) await giveUp(world, cart);
}

export async function giveUp(world: World, cart: ModelCart): Promise<void> {
  const real = realCart(world, cart);
  const given = await attempt(
    world,
    "carts given up",
    (ctx) => abandonCart(ctx, real.id),
    cart.isTicket ? tillAt(world, cart.place) : real.actor,
  );
  expect(given.ok).toBe(true);
  world.model.end(cart);
}
