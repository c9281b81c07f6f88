import type { CartOperation, CartView, DeliveryAddressView, OrderView } from "@weft/contracts";
import { type CartId, type EntityId, type FulfillmentId, type Id, type OrderId, type PlaceId } from "@weft/kernel";
import { operate } from "../src/modules/carts/index.ts";
import { upsertPlaces } from "../src/modules/places/index.ts";
import { saveDeliveryMethod, type DeliveryMethodId } from "../src/modules/promises/index.ts";
import type { Actor } from "../src/platform/index.ts";
import { placeId, testId } from "./goods-hub.ts";
import { MUG, saleHub, tillActor, visitor, type Line, type SaleHub, type TestCart } from "./sale-hub.ts";

export const DEPOT = placeId(3);
export const STANDARD = testId<DeliveryMethodId>("delivery method", 1);
export const EXPRESS = testId<DeliveryMethodId>("delivery method", 2);
export const HOME: DeliveryAddressView = {
  name: "Léa Martin",
  line1: "3 rue du Test",
  line2: null,
  postcode: "69002",
  city: "Lyon",
  country: "FR",
};

/** The small retailer with a depot that packs on every working day, and two ways of shipping within France. */
export type ShipHub = SaleHub & {
  /** A visitor's cart that is to be shipped: with its lines, an address and a way. */
  shipped(
    lines: readonly Line[],
    given?: { actor?: Actor; address?: DeliveryAddressView | null; methodId?: DeliveryMethodId | null },
  ): Promise<TestCart>;
  change(cart: TestCart, ...operations: readonly Wanted[]): Promise<{ cart: CartView; codes: (string | null)[]; data: unknown[] }>;
  /** Ordered, paid by card on the spot. */
  ordered(lines: readonly Line[], actor?: Actor): Promise<Shipped>;
  packer(): Actor;
};

export type Shipped = { readonly view: OrderView; readonly orderId: OrderId; readonly id: FulfillmentId; readonly cart: TestCart };
type Wanted = CartOperation extends infer One ? (One extends CartOperation ? Omit<One, "id"> : never) : never;

const ALL_WEEK = Array.from({ length: 7 }, () => [{ from: 0, until: 24 * 60 }]);

export async function shipHub(): Promise<ShipHub> {
  const hub = await saleHub();
  await hub.rows(
    "update catalog.product set is_shippable = true where id in (select product_id from catalog.variant where sku in ('SKU-1', 'SKU-2'))",
  );
  await hub.must((ctx) => upsertPlaces(ctx, [depot()]));
  hub.around.snapshots.invalidate();
  for (const [id, price, freeFrom, leadDays, position] of [
    [STANDARD, 490, 3500, 2, 0],
    [EXPRESS, 990, null, 1, 1],
  ] as const)
    await hub.must((ctx) =>
      saveDeliveryMethod(ctx, {
        id,
        entityId: testId<EntityId>("entity", 1),
        name: { en: position === 0 ? "Standard" : "Express" },
        price,
        taxClass: "goods",
        freeFrom,
        countries: ["FR"],
        leadDays,
        position,
        isActive: true,
      }),
    );
  hub.around.snapshots.invalidate();
  let made = 0;
  const ship: ShipHub = {
    ...hub,
    packer: () => tillActor(DEPOT),
    async change(cart, ...wanted) {
      const operations = wanted.map((one): CartOperation => ({ ...one, id: testId<Id<"operation">>("operation", ++made) }));
      const done = await hub.must((ctx) => operate(ctx, { cartId: cart.id, operations }), cart.actor);
      return { cart: done.cart, codes: done.results.map(({ code }) => code), data: done.results.map(({ data }) => data) };
    },
    async shipped(lines, { actor = visitor(), address = HOME, methodId = STANDARD } = {}) {
      const cart = await hub.cart(lines, { actor });
      const { cart: view } = await ship.change(
        cart,
        { kind: "setFulfillment", fulfillment: { kind: "ship", methodId } },
        { kind: "setAddress", address },
      );
      return { id: view.id as CartId, actor: cart.actor, view }; // as the hub names it
    },
    async ordered(lines, actor) {
      const cart = await ship.shipped(lines, actor ? { actor } : {});
      const done = await hub.complete(cart, [{ kind: "card", token: "inline" }], { fulfillment: SHIP });
      if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
      const [fulfillment] = done.view.fulfillments;
      // Ids of what the completion answered.
      return { view: done.view, orderId: done.view.id as OrderId, id: fulfillment?.id as FulfillmentId, cart };
    },
  };
  await hub.stock(MUG, DEPOT, 100);
  return ship;
}

export const SHIP = { kind: "ship", placeId: null, dining: "take_away", dueAt: null } as const;

function depot() {
  return {
    id: DEPOT,
    entityId: testId<EntityId>("entity", 1),
    groupId: null,
    kind: "warehouse" as const,
    name: "Depot",
    code: "depot",
    latitude: 45.69,
    longitude: 4.94,
    timeZone: "Europe/Paris",
    dayEnd: 0,
    phone: null,
    services: [],
    settings: {},
    address: { line1: "6 allée du Test", city: "Lyon", postcode: "69800", country: "FR" },
    hours: { weekly: ALL_WEEK, exceptions: [] },
  };
}

/** Lets stores ship as well: those of `places`, and no other. */
export async function storesShip(hub: ShipHub, places: readonly PlaceId[]): Promise<void> {
  await hub.rows(
    "update places.place set services = case when id = any ($1::uuid[]) then '{ship}'::text[] else '{}' end where kind = 'store'",
    [[...places]],
  );
  hub.around.snapshots.invalidate();
}
