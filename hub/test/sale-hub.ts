import { randomBytes } from "node:crypto";
import {
  ok,
  type CartId,
  type ChannelId,
  type DeviceId,
  type EntityId,
  type Id,
  type PlaceId,
  type RecordId,
  type RegisterId,
  type StaffId,
} from "@weft/kernel";
import type { CartOperation, CartView } from "@weft/contracts";
import { cartInvariants, openCart } from "../src/modules/carts/index.ts";
import { saveCategories, upsertProducts } from "../src/modules/catalog/commands/index.ts";
import { upsertChannels } from "../src/modules/channels/index.ts";
import {
  checkoutInvariants,
  completeCart,
  completeSale,
  saleActorOf,
  type Completion,
  type SaleRequest,
  type SettleDeps,
} from "../src/modules/checkout/index.ts";
import { fulfillmentInvariants } from "../src/modules/fulfillment/index.ts";
import { ledgerInvariants } from "../src/modules/ledger/index.ts";
import { loyaltyInvariants, setProgram } from "../src/modules/loyalty/index.ts";
import { ordersInvariants } from "../src/modules/orders/index.ts";
import { paymentsInvariants, type PaymentProvider, type ProviderAnswer, type WantedTender } from "../src/modules/payments/index.ts";
import { upsertEntities, upsertPlaces, type OpeningInterval } from "../src/modules/places/index.ts";
import { savePriceLists, setPrices, setTaxRates, type PriceListId, type TaxRateId } from "../src/modules/pricing/index.ts";
import { returnsInvariants, takesBack } from "../src/modules/returns/index.ts";
import { ANONYMOUS, openSigner, openVault, type Actor, type Invariant, type Key, type Signer, type Vault } from "../src/platform/index.ts";
import { CATEGORIES, newProduct } from "./cafe-catalog.ts";
import { goodsHub, placeId, testId, variantId, type GoodsHub } from "./goods-hub.ts";

export const LYON = placeId(1);
export const PARIS = placeId(2);
export const FRANCE = testId<EntityId>("entity", 1);
export const WEB = testId<ChannelId>("channel", 1);
export const TILLS = testId<ChannelId>("channel", 2);
/** Goods by their numbers: mugs, beans and croissants are counted, a cappuccino is made to order in 50 seconds. */
export const MUG = 1;
export const BEANS = 2;
export const CROISSANT = 3;
export const CAPPUCCINO = 4;
export const PRICES: Readonly<Record<number, number>> = { 1: 1400, 2: 850, 3: 180, 4: 390 };

const ALL: readonly Invariant[] = [
  ...cartInvariants,
  ...checkoutInvariants,
  ...fulfillmentInvariants,
  ...ledgerInvariants,
  ...loyaltyInvariants,
  ...ordersInvariants,
  ...paymentsInvariants,
  ...returnsInvariants,
];

/** A small French retailer with a web shop and tills, and everything that a sale needs. */
export type SaleHub = GoodsHub & {
  readonly vault: Vault;
  readonly signer: Signer;
  readonly provider: ScriptedProvider;
  readonly deps: SettleDeps;
  /** Units on hand, counted anew. */
  stock(variant: number, place: PlaceId, units: number): Promise<void>;
  /** Gives Lyon these hours, seven lists, Monday first; those of every day until they are given again. */
  open(weekly?: Week): Promise<void>;
  level(variant: number, place?: PlaceId): Promise<{ on_hand: number; allocated: number; held: number }>;
  /** A visitor's cart of the shop, with its lines. */
  cart(lines: readonly Line[], given?: { readonly actor?: Actor; readonly place?: PlaceId }): Promise<TestCart>;
  complete(cart: TestCart, tenders: readonly WantedTender[], given?: Partial<SaleRequest> & { readonly key?: Key }): Promise<Completion>;
  /** A sale at the till in its own transaction, as the till's commands do it. */
  sell(
    cart: TestCart,
    tenders: readonly WantedTender[],
    given?: Partial<SaleRequest> & { readonly mode?: "live" | "recorded" },
  ): ReturnType<typeof completeSale>;
  /** A customer whose record is known. */
  customer(): Promise<Actor & { readonly customer: NonNullable<Actor["customer"]> }>;
  /** What breaks any invariant of a sale. */
  broken(): Promise<string[]>;
};

export type Line = readonly [goods: number, quantity: number];
export type TestCart = { readonly id: CartId; readonly actor: Actor; readonly view: CartView };

export const visitor = (): Actor => ({ ...ANONYMOUS, kind: "publishable", credential: "key shop", channelId: WEB });

export function tillActor(place: PlaceId = LYON): Actor {
  return {
    ...ANONYMOUS,
    kind: "staff",
    credential: "till",
    channelId: TILLS,
    placeId: place,
    staff: { id: testId<StaffId>("staff", 1), name: "Jordi Puig", roles: ["cashier"], placeIds: [place], sessionId: testId("session", 1) },
    device: { id: testId<DeviceId>("device", 1), kind: "till", placeId: place, registerId: testId<RegisterId>("register", 1) },
  };
}

export const newKey = (): Key => ({
  credential: "key shop",
  route: "checkout.complete",
  key: randomBytes(12).toString("hex"),
  requestHash: Buffer.from("same"),
});

export async function saleHub(): Promise<SaleHub> {
  const goods = await goodsHub();
  const vault = openVault("a secret that is long enough for tests");
  const signer = await openSigner(goods.pool, vault);
  const provider = scriptedProvider();
  const deps: SettleDeps = { vault, provider, takesBack, providerWaitMs: 50 };
  await fill(goods);
  const hub: SaleHub = {
    ...goods,
    vault,
    signer,
    provider,
    deps,
    async stock(variant, place, units) {
      await goods.rows(
        "insert into stock.level (variant_id, place_id, on_hand) values ($1, $2, $3) on conflict (variant_id, place_id) do update set on_hand = $3",
        [variantId(variant), place, units],
      );
    },
    async open(weekly = ALWAYS_OPEN) {
      await goods.must(async (ctx) => ok(await upsertPlaces(ctx, [newStore(LYON, "Lyon", weekly)])));
      goods.around.snapshots.invalidate();
    },
    async level(variant, place = LYON) {
      const [row] = await goods.rows<{ on_hand: number; allocated: number; held: number }>(
        "select on_hand, allocated, held from stock.level where variant_id = $1 and place_id = $2",
        [variantId(variant), place],
      );
      return row ?? { on_hand: 0, allocated: 0, held: 0 };
    },
    async cart(lines, { actor = visitor(), place = LYON } = {}) {
      const operations = lines.map(([goodsNumber, quantity]): CartOperation => ({
        id: randomId(),
        kind: "add",
        sku: `SKU-${goodsNumber}`,
        quantity,
        options: [],
      }));
      const opened = await goods.must(
        (ctx) => openCart(ctx, { placeId: place, fulfillment: "collect", operations, isTicket: actor.device !== null }),
        actor,
      );
      const holder = opened.token ? { ...actor, cartToken: opened.token } : actor;
      return { id: opened.cart.id as CartId, actor: holder, view: opened.cart };
    },
    complete: (cart, tenders, { key = newKey(), ...given } = {}) =>
      completeCart({ ...goods.around, actor: cart.actor }, deps, { ...requestOf(cart, tenders, "collect"), ...given }, key),
    async sell(cart, tenders, { mode = "live", ...given } = {}) {
      return goods.run(
        (ctx) =>
          completeSale(
            ctx,
            deps,
            { ...requestOf(cart, tenders, "take_away"), ...given },
            { mode, at: ctx.now, actor: saleActorOf(ctx, TILLS) ?? unreachable() },
          ),
        cart.actor,
      );
    },
    async customer() {
      const recordId = randomId() as RecordId;
      // One statement: whoever asks the invariants meanwhile sees all of a customer or nothing.
      await goods.rows(
        `with record as (insert into customers.source_record (id, channel_id, state, known_at) values ($1, $2, 'known', now()) returning id),
              customer as (insert into customers.customer (id) select id from record)
         insert into customers.record_customer (generation, record_id, customer_id) select living, record.id, record.id from record, customers.generation`,
        [recordId, WEB],
      );
      return { ...visitor(), kind: "customer", credential: `customer ${recordId}`, customer: { recordId, sessionId: randomId() } };
    },
    broken: () => goods.violations(ALL),
  };
  return hub;
}

function unreachable(): never {
  throw new Error("a till has a channel");
}

function requestOf(cart: TestCart, tenders: readonly WantedTender[], kind: "collect" | "take_away"): SaleRequest {
  return {
    cartId: cart.id,
    fulfillment: { kind, placeId: null, dining: "take_away", dueAt: null },
    tenders,
    expectedTotal: cart.view.totals.total,
    contact: null,
  };
}

let made = 0;
function randomId(): string {
  return testId<Id<"made">>("made", ++made);
}

type Week = readonly (readonly OpeningInterval[])[];
const ALWAYS_OPEN: Week = Array.from({ length: 7 }, () => [{ from: 0, until: 24 * 60 }]);

/** A store that never closes, or with these hours. */
export const newStore = (id: PlaceId, code: string, weekly = ALWAYS_OPEN) => ({
  id,
  entityId: FRANCE,
  groupId: null,
  kind: "store" as const,
  name: code,
  code,
  latitude: 45.7,
  longitude: 4.8,
  timeZone: "Europe/Paris",
  dayEnd: 0,
  phone: null,
  services: [],
  settings: {},
  address: {
    line1: "1 rue du Test",
    city: code,
    postcode: "69002",
    country: "FR",
  },
  hours: {
    weekly,
    exceptions: [],
  },
});

async function fill(hub: GoodsHub): Promise<void> {
  const channel = (id: ChannelId, kind: "web" | "store", code: string) => ({
    id,
    kind,
    code,
    name: code,
    entityId: FRANCE,
    placeId: null,
    vouches: false,
    allowedOrigins: [],
    app: null,
  });
  const list = testId<PriceListId>("price list", 1);
  await hub.must(async (ctx) => {
    await upsertEntities(ctx, [
      { id: FRANCE, name: "Trama France", country: "FR", vatId: null, currency: "EUR", timeZone: "Europe/Paris" },
    ]);
    await upsertPlaces(ctx, [newStore(LYON, "Lyon"), newStore(PARIS, "Paris")]);
    await upsertChannels(ctx, [channel(WEB, "web", "shop"), channel(TILLS, "store", "tills")]);
    await saveCategories(ctx, CATEGORIES);
    await setProgram(ctx, { programName: "Threads", points: 1, perMinorUnits: 100, currency: "EUR" });
    return ok(undefined);
  });
  await hub.must((ctx) =>
    upsertProducts(
      ctx,
      [1, 2, 3, 4].map((n) => newProduct(n, n === CAPPUCCINO ? { isTracked: false, prepSeconds: 50 } : {})),
    ),
  );
  await hub.must((ctx) => savePriceLists(ctx, [{ id: list, name: "France", currency: "EUR", taxIncluded: true, priority: 0, scope: {} }]));
  await hub.must((ctx) =>
    setPrices(
      ctx,
      Object.entries(PRICES).map(([n, amount]) => ({
        listId: list,
        variantId: variantId(Number(n)),
        minQuantity: 1,
        unitPrice: { amount, scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } },
      })),
    ),
  );
  await hub.must((ctx) =>
    setTaxRates(ctx, {
      classes: [{ code: "goods", name: "Goods" }],
      rates: [
        {
          id: testId<TaxRateId>("tax rate", 1),
          zone: { kind: "country", country: "FR" },
          taxClass: "goods",
          numerator: 20,
          denominator: 100,
        },
      ],
      roundingPolicies: [],
    }),
  );
  hub.around.snapshots.invalidate();
}

/** A provider of the outside world that says what the test tells it to say, when the test says so. */
export type ScriptedProvider = PaymentProvider & {
  readonly asked: string[];
  /** What the next charges are answered; `hang` never ends, `lose` charges and loses the answer. */
  script: "capture" | "decline" | "pending" | "hang" | "lose";
  /** What refunds are answered. */
  refundScript: "succeeded" | "pending" | "failed";
  readonly charges: Map<string, ProviderAnswer>;
  settle(intentId: string, answer: "captured" | "declined"): ProviderAnswer;
};

function scriptedProvider(): ScriptedProvider {
  const charges = new Map<string, ProviderAnswer>();
  const answerOf = (kind: "captured" | "declined", id: string): ProviderAnswer =>
    kind === "captured" ? { kind, eventId: `c ${id}`, providerRef: `ref ${id}` } : { kind, eventId: `d ${id}`, reason: "card_declined" };
  const provider: ScriptedProvider = {
    name: "scripted",
    asked: [],
    charges,
    script: "capture",
    refundScript: "succeeded",
    cardWay: () => ({ way: "test_card" }),
    decideInline: ({ intentId, token }) =>
      token === "inline"
        ? { kind: "captured", eventId: `c ${intentId}`, providerRef: `ref ${intentId}` }
        : token === "inline_decline"
          ? { kind: "declined", eventId: `d ${intentId}`, reason: "card_declined" }
          : null,
    async charge({ intentId, token }) {
      provider.asked.push(`charge ${intentId}`);
      if (token === "tok_decline") charges.set(intentId, answerOf("declined", intentId));
      if (provider.script === "hang") return new Promise(() => {});
      if (!charges.has(intentId))
        charges.set(
          intentId,
          provider.script === "pending" ? { kind: "pending" } : answerOf(provider.script === "decline" ? "declined" : "captured", intentId),
        );
      if (provider.script === "lose") return new Promise(() => {});
      return charges.get(intentId) ?? { kind: "unknown" };
    },
    async find(intentId) {
      provider.asked.push(`find ${intentId}`);
      return charges.get(intentId) ?? { kind: "unknown" };
    },
    async cancel(intentId) {
      provider.asked.push(`cancel ${intentId}`);
      charges.set(intentId, { kind: "voided", eventId: `v ${intentId}` });
      return { kind: "voided", eventId: `v ${intentId}` };
    },
    async refund({ refundId, attempt }) {
      provider.asked.push(`refund ${refundId} ${attempt}`);
      return provider.refundScript;
    },
    settle(intentId, kind) {
      const answer = answerOf(kind, intentId);
      charges.set(intentId, answer);
      return answer;
    },
  };
  return provider;
}
