import { randomUUID } from "node:crypto";
import type { CartView, OrderView } from "@weft/contracts";
import { asId, ok, type CartId, type FulfillmentId, type LineId, type OrderId, type PlaceId, type Result } from "@weft/kernel";
import { expect } from "vitest";
import { enterStock } from "../../src/modules/stock/index.ts";
import { statement, type Actor, type Ctx } from "../../src/platform/index.ts";
import { variantId } from "../goods-hub.ts";
import { tillActor, visitor, type SaleHub } from "../sale-hub.ts";
import { COUNTED } from "./goods.ts";
import { Model, type Buyer, type ModelCart, type ModelOrder } from "./model.ts";

export type RealCart = { readonly id: CartId; readonly actor: Actor; view: CartView; lastOperation: string | null };
export type RealOrder = {
  readonly id: OrderId;
  readonly number: string;
  readonly fulfillment: FulfillmentId;
  readonly actor: Actor;
  /** By their goods; what a change brings comes behind. */
  readonly lines: LineId[];
};

const CUSTOMERS = 3;
/** Units of each counted goods at each place when a history begins: few, so that they run out. */
const ON_HAND = 9;

/** What was asked of all worlds, and how often it was refused. */
export type Counts = { commands: number; refused: number; readonly of: Record<string, number> };

/**
 * Two stores and three customers that nobody else touches, in the hub and in the model. Other worlds act on the same database at the same
 * time: goods and people are each world's own, so that what must happen is known exactly, while everything else is shared.
 */
export type World = {
  readonly hub: SaleHub;
  readonly model: Model;
  readonly places: readonly PlaceId[];
  readonly customers: readonly Awaited<ReturnType<SaleHub["customer"]>>[];
  readonly carts: Map<ModelCart, RealCart>;
  readonly orders: Map<ModelOrder, RealOrder>;
  readonly cards: { readonly id: string; readonly code: string }[];
  readonly counts: Counts;
};

/** A world as it is when a history begins: the shelves counted, customers who are new. Nothing may be left of the history before. */
export async function openWorld(hub: SaleHub, places: readonly PlaceId[], counts: Counts): Promise<World> {
  for (const place of places)
    for (const goods of COUNTED) {
      const { on_hand: changeFromQuantity } = await hub.level(goods, place);
      const entry = {
        kind: "count",
        variantId: variantId(goods),
        placeId: place,
        counted: ON_HAND,
        changeFromQuantity,
        reason: "stocktaking",
      } as const;
      await hub.must((ctx) => enterStock(ctx, entry));
    }
  const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => hub.customer()));
  return { hub, model: new Model(places.length, ON_HAND), places, customers, carts: new Map(), orders: new Map(), cards: [], counts };
}

export const placeAt = ({ places }: World, at: number): PlaceId => places[at] ?? unknown(`place ${at}`);
export const actorOf = ({ customers }: World, buyer: Buyer): Actor =>
  buyer === 0 ? visitor() : (customers[buyer - 1] ?? unknown(`customer ${buyer}`));
export const tillAt = (world: World, at: number): Actor => tillActor(placeAt(world, at));
export const realCart = ({ carts }: World, cart: ModelCart): RealCart => carts.get(cart) ?? unknown("cart");
export const realOrder = ({ orders }: World, order: ModelOrder): RealOrder => orders.get(order) ?? unknown("order");
export const operationId = (): string => randomUUID();

export function unknown(what: string): never {
  throw new Error(`the model speaks of a ${what} that the hub does not have`);
}

/** Counts a command of a kind, and whether it was refused. */
export function told(world: World, kind: string, isDone: boolean): boolean {
  world.counts.commands += 1;
  if (!isDone) world.counts.refused += 1;
  world.counts.of[kind] = (world.counts.of[kind] ?? 0) + 1;
  return isDone;
}

/** Runs a command and says whether it was done. */
export async function attempt<T, E>(
  world: World,
  kind: string,
  command: (ctx: Ctx) => Promise<Result<T, E>>,
  actor?: Actor,
): Promise<Result<T, E>> {
  const result = await world.hub.run(command, actor);
  told(world, kind, result.ok);
  return result;
}

/** Takes up an order that the hub has written, with its lines in the order of the model's. */
export function takeUp(world: World, cart: ModelCart, order: ModelOrder, view: OrderView): void {
  const lines = order.lines.map(({ goods }) => asId<LineId>(view.lines.find(({ sku }) => sku === `SKU-${goods}`)?.id ?? unknown("line")));
  world.orders.set(order, {
    id: asId<OrderId>(view.id),
    number: view.number,
    fulfillment: asId<FulfillmentId>(view.fulfillments[0]?.id ?? unknown("fulfillment")),
    actor: realCart(world, cart).actor,
    lines,
  });
}

/** Remembers gift cards that an order made, in the order of the model's. */
export async function takeUpCards(world: World, { id }: Pick<RealOrder, "id">): Promise<void> {
  const made = await world.hub.rows<{ id: string; sealed: string }>(
    "select id, code_sealed as sealed from payments.gift_card where order_id = $1 order by id",
    [id],
  );
  for (const card of made) world.cards.push({ id: card.id, code: world.hub.vault.open(card.sealed) ?? "" });
}

type Standing = {
  readonly levels: readonly (readonly [onHand: number, allocated: number, free: number])[];
  readonly points: readonly number[];
  readonly credit: readonly number[];
  readonly cards: readonly number[];
  /** Paid and not given back, due, what stays, and whether it is canceled. */
  readonly orders: readonly (readonly [net: number, due: number, owed: number, isCanceled: boolean])[];
  readonly carts: readonly Readonly<Record<string, number>>[];
};

const STANDING = `
  select (select jsonb_agg(jsonb_build_array(l.on_hand, l.allocated, l.on_hand - l.allocated - coalesce((
                   select sum(h.quantity) from stock.hold h where h.variant_id = l.variant_id and h.place_id = l.place_id and h.expires_at > now()), 0))
                   order by l.place_id, l.variant_id)
            from stock.level l where l.place_id = any ($1::uuid[])) as levels,
         (select jsonb_agg(coalesce((select m.balance from loyalty.read_member m where m.record_id = r.id), 0) order by nth)
            from unnest($2::uuid[]) with ordinality as r(id, nth)) as points,
         (select jsonb_agg(coalesce((select v.balance from ledger.read_value v where v.record_id = r.id and v.kind = 'store_credit'), 0) order by nth)
            from unnest($2::uuid[]) with ordinality as r(id, nth)) as credit,
         (select coalesce(jsonb_agg(v.balance order by nth), '[]')
            from unnest($3::uuid[]) with ordinality as c(id, nth) join ledger.read_value v on v.card_id = c.id) as cards,
         (select coalesce(jsonb_agg(jsonb_build_array(o.paid - o.refunded, o.due,
                   case when o.state = 'canceled' then 0 else o.total - o.canceled_amount - o.returned_amount end, o.state = 'canceled') order by nth), '[]')
            from unnest($4::uuid[]) with ordinality as w(id, nth) join orders.orders o on o.id = w.id) as orders,
         (select coalesce(jsonb_agg((select coalesce(jsonb_object_agg(l.sku, l.quantity), '{}') from carts.cart_line l where l.cart_id = c.id) order by nth), '[]')
            from unnest($5::uuid[]) with ordinality as c(id, nth)) as carts`;

/** Everything that the model knows, as the hub has it. */
export async function compare(world: World): Promise<void> {
  const { hub, model, places, customers, cards } = world;
  const open = model.carts.filter(({ state }) => state !== "ended");
  const records = customers.map(({ customer }) => customer.recordId);
  const [found] = await statement<Standing>(hub.pool, STANDING, [
    places,
    records,
    cards.map(({ id }) => id),
    model.orders.map((order) => realOrder(world, order).id),
    open.map((cart) => realCart(world, cart).id),
  ]);
  const expected: Standing = {
    levels: places.flatMap((_, at) =>
      COUNTED.map((goods) => [model.standing(at, goods), model.allocated(at, goods), model.free(at, goods)] as const),
    ),
    points: customers.map((_, at) => model.points(at + 1)),
    credit: customers.map((_, at) => model.credit.get(at + 1) ?? 0),
    cards: model.cards,
    orders: model.orders.map(
      (order) => [model.owed(order) - model.due(order), model.due(order), model.owed(order), order.state === "canceled"] as const,
    ),
    carts: open.map(({ lines }) => Object.fromEntries([...lines].map(([goods, quantity]) => [`SKU-${goods}`, quantity]))),
  };
  expect(found).toEqual(expected);
}

/** A command that answers nothing, as the hub's transactions want it. */
export const done = async <T>(work: Promise<T>): Promise<Result<T, never>> => ok(await work);
