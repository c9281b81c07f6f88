import type { IntentId } from "@weft/kernel";
import { expect } from "vitest";
import {
  completeCart,
  completeSale,
  deskOn,
  saleActorOf,
  takeProviderAnswer,
  type Completion,
  type SaleRequest,
} from "../../src/modules/checkout/index.ts";
import type { readOrder } from "../../src/modules/orders/index.ts";
import type { WantedTender } from "../../src/modules/payments/index.ts";
import type { Key } from "../../src/platform/index.ts";
import { newKey, TILLS } from "../sale-hub.ts";
import { nthOf, open, openCarts } from "./cart-steps.ts";
import { VOUCHER } from "./goods.ts";
import type { ModelCart, ModelTender } from "./model.ts";
import type { StepOf } from "./steps.ts";
import { realCart, realOrder, takeUp, takeUpCards, tillAt, told, unknown, type World } from "./world.ts";

export type Payment = {
  readonly wanted: readonly WantedTender[];
  readonly tenders: readonly ModelTender[];
  /** What becomes of the money by itself: taken, refused at once, or by what an outside provider says. */
  readonly comes: "at once" | "not" | "outside" | "outside declined" | "outside later" | "too little";
};

export const card = (token: string, amount: number, comes: Payment["comes"]): Payment => ({
  wanted: [{ kind: "card", token }],
  tenders: [{ kind: "card", left: amount, card: null }],
  comes,
});

/** How somebody pays, with what the model says of it. */
function paymentOf({ model, cards }: World, cart: ModelCart, pay: StepOf<"order">["pay"], nth: number): Payment {
  const total = model.total(cart);
  if (pay === "due")
    return { wanted: [{ kind: "due_at_collection" }], tenders: [{ kind: "due", left: total, card: null }], comes: "at once" };
  if (pay === "declined") return card("inline_decline", total, "not");
  if (pay === "outside_decline") return card(pay, total, "outside declined");
  if (pay === "outside_pending") return card(pay, total, "outside later");
  if (pay === "outside_capture" || pay === "outside_lose") return card(pay, total, "outside");
  const at = nth % Math.max(1, cards.length);
  const [code, onCard = 0] = [cards[at]?.code, model.cards[at]];
  if (pay === "gift" && code !== undefined)
    return {
      wanted: [{ kind: "gift_card", code }],
      tenders: [{ kind: "gift_card", left: total, card: at }],
      comes: onCard >= total ? "at once" : "too little",
    };
  const value = pay === "mixed" && code !== undefined ? onCard : pay === "credit" ? (model.credit.get(cart.buyer) ?? 0) : 0;
  const part = Math.min(value, total);
  if (part === 0 || part === total) return card("inline", total, "at once");
  const kind = pay === "credit" ? "store_credit" : "gift_card";
  const own: WantedTender = kind === "store_credit" ? { kind, amount: part } : { kind: "gift_card", code: code ?? "", amount: part };
  return {
    wanted: [own, { kind: "card", token: "inline" }],
    tenders: [
      { kind, left: part, card: kind === "gift_card" ? at : null },
      { kind: "card", left: total - part, card: null },
    ],
    comes: "at once",
  };
}

function requestOf(world: World, cart: ModelCart, tenders: readonly WantedTender[]): SaleRequest {
  const kind = cart.isTicket ? ("take_away" as const) : ("collect" as const);
  return {
    cartId: realCart(world, cart).id,
    fulfillment: { kind, placeId: null, dining: "take_away", dueAt: null },
    tenders,
    expectedTotal: { amount: world.model.total(cart), currency: "EUR" },
    contact: null,
  };
}

export async function complete(world: World, cart: ModelCart, tenders: readonly WantedTender[], key: Key): Promise<Completion> {
  const { actor } = realCart(world, cart);
  const completion = await completeCart({ ...world.hub.around, actor }, world.hub.deps, requestOf(world, cart, tenders), key);
  told(world, "completions", completion.kind === "placed" || completion.kind === "stored");
  return completion;
}

/** A cart is completed, also twice at once: by a client that asks again, or from two screens. */
export async function order(world: World, { nth, pay, twice }: StepOf<"order">): Promise<void> {
  const cart = nthOf(openCarts(world), nth);
  if (!cart) return;
  const payment = paymentOf(world, cart, pay, nth);
  const isAsked = payment.comes.startsWith("outside");
  const keys = [newKey(), ...(twice === "once" || isAsked ? [] : [newKey()])];
  const [first = newKey()] = keys;
  const attempts = keys.map((key) => complete(world, cart, payment.wanted, twice === "one key" ? first : key));
  await judge(world, cart, payment, await Promise.all(attempts));
}

/** What the model says of a completion, against what the hub did. */
export async function judge(world: World, cart: ModelCart, payment: Payment, completions: readonly Completion[]): Promise<void> {
  const { model } = world;
  const [placed, ...others] = completions.filter((one) => one.kind === "placed");
  for (const other of others) expect(other.view.id).toBe(placed?.view.id);
  const isAsked = payment.comes.startsWith("outside");
  const canBegin = cart.lines.size > 0 && (isAsked ? model.canHoldAll(cart) : model.hasAll(cart));
  if (isAsked && canBegin) model.holdAll(cart);
  const isPlaced = canBegin && (payment.comes === "at once" || (payment.comes === "outside" && model.hasAll(cart)));
  expect(placed !== undefined, JSON.stringify(completions)).toBe(isPlaced);
  if (placed) takeUp(world, cart, model.place(cart, payment.tenders, false), placed.view);
  else if (canBegin && payment.comes === "outside later") await waits(world, cart, completions);
  else if (canBegin && isAsked) cart.holds.clear();
}

async function waits(world: World, cart: ModelCart, completions: readonly Completion[]): Promise<void> {
  expect(completions.map(({ kind }) => kind)).toEqual(["pending"]);
  cart.state = "paying";
}

/** The provider decides about a payment that waited, and says so twice at once. A cart whose goods are gone meanwhile is no order. */
export async function answer(world: World, { nth, isCaptured }: StepOf<"answer">): Promise<void> {
  const { model, hub } = world;
  const cart = nthOf(
    model.carts.filter(({ state }) => state === "paying"),
    nth,
  );
  if (!cart) return;
  const real = realCart(world, cart);
  const [intent] = await hub.rows<{ id: IntentId }>("select id from payments.intent where cart_id = $1 and state = 'pending_action'", [
    real.id,
  ]);
  if (!intent) unknown("payment that waits");
  const said = hub.provider.settle(intent.id, isCaptured ? "captured" : "declined");
  await Promise.all([1, 2].map(() => takeProviderAnswer(deskOn(hub.around), hub.deps, intent.id, said)));
  told(world, "answers of the provider", isCaptured);
  const [written] = await hub.rows<{ id: Parameters<typeof readOrder>[1] }>("select id from orders.orders where cart_id = $1", [real.id]);
  expect(written !== undefined).toBe(isCaptured && model.hasAll(cart));
  if (!written) {
    cart.state = "open";
    cart.holds.clear();
    return;
  }
  const tenders: ModelTender[] = [{ kind: "card", left: model.total(cart), card: null }];
  takeUp(world, cart, model.place(cart, tenders, false), await viewOf(world, written.id));
}

type OrderView = Extract<Completion, { kind: "placed" }>["view"];

/** What of an order the model needs, as the hub's answer would have it. */
async function viewOf({ hub }: World, id: string): Promise<OrderView> {
  const [row] = await hub.rows<{ view: OrderView }>(
    `select jsonb_build_object('id', o.id, 'number', o.number,
       'lines', (select jsonb_agg(jsonb_build_object('id', l.id, 'sku', l.sku)) from orders.order_line l where l.order_id = o.id),
       'fulfillments', (select jsonb_agg(jsonb_build_object('id', f.id)) from fulfillment.fulfillment f where f.order_id = o.id)) as view
       from orders.orders o where o.id = $1`,
    [id],
  );
  return row?.view ?? unknown("order");
}

type Bought = { readonly basket: readonly (readonly [goods: number, units: number])[] };

/** A sale at the till: what is there is sold, and so is what is not, because it is in the customer's hand [STK-3]. */
export async function sell(world: World, { basket, place, pay }: Pick<StepOf<"sell">, "place" | "pay"> & Bought): Promise<void> {
  const till = tillAt(world, place);
  const cart = await open(world, { buyer: 0, place, actor: till, isTicket: true }, basket);
  const total = world.model.total(cart);
  const at = world.model.cards.findIndex((left) => left >= total);
  const isGift = pay === "gift" && at >= 0 && !cart.lines.has(VOUCHER);
  const tender: WantedTender = isGift
    ? { kind: "gift_card", cardId: world.cards[at]?.id ?? unknown("gift card") }
    : pay === "cash"
      ? { kind: "cash" }
      : { kind: "card", token: "inline" };
  const paid: ModelTender = { kind: isGift ? "gift_card" : pay === "cash" ? "cash" : "card", left: total, card: isGift ? at : null };
  const isThere = world.model.hasAll(cart);
  const live = await sold(world, cart, tender, "live");
  expect(live.ok).toBe(isThere);
  const done = live.ok ? live : await sold(world, cart, tender, "recorded");
  if (!done.ok) throw new Error(`a sale that happened was refused: ${JSON.stringify(done.error)}`);
  const made = world.model.place(cart, [paid], true);
  takeUp(world, cart, made, done.value.view);
  await takeUpCards(world, realOrder(world, made));
}

async function sold(world: World, cart: ModelCart, tender: WantedTender, mode: "live" | "recorded") {
  const done = await world.hub.run((ctx) => {
    const actor = saleActorOf(ctx, TILLS) ?? unknown("channel of the till");
    return completeSale(ctx, world.hub.deps, requestOf(world, cart, [tender]), { mode, at: ctx.now, actor });
  }, realCart(world, cart).actor);
  told(world, `sales ${mode}`, done.ok);
  return done;
}

export const sellCards = (world: World, { place, units }: StepOf<"sell cards">): Promise<void> =>
  sell(world, { basket: [[VOUCHER, units]], place, pay: "cash" });
