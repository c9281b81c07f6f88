import { ok, type ChannelId, type EntityId, type PlaceId, type StaffId } from "@weft/kernel";
import type { FastifyInstance } from "fastify";
import type { LightMyRequestResponse } from "fastify";
import { catalogInvariants, catalogRoutes, servePictures } from "../src/modules/catalog/index.ts";
import { cafeHub } from "./cafe-catalog.ts";
import { upsertChannels } from "../src/modules/channels/index.ts";
import { upsertEntities, upsertPlaces, type NewPlace } from "../src/modules/places/index.ts";
import { savePriceLists, setPrices, setTaxRates, type PriceListId, type TaxRateId } from "../src/modules/pricing/index.ts";
import { receiveStock, stockInvariants, stockRoutes } from "../src/modules/stock/index.ts";
import { ANONYMOUS, openEdge, openVault, serveRoutes, SYSTEM, type Actor, type ShownTouch } from "../src/platform/index.ts";
import { availabilityRoutes } from "../src/views/availability/index.ts";
import { keepFeed, keptFeed, packedFeed } from "../src/modules/parity/index.ts";
import { productFileRoutes } from "../src/modules/integrations/index.ts";
import { catalogPresenters, feedRoutes, productsRoutes } from "../src/views/products/index.ts";
import { placeId, testId, variantId, type GoodsHub } from "./goods-hub.ts";

export const LYON = placeId(1);
export const BERLIN = placeId(2);
export const GIRONA = placeId(3);
export const DEPOT = placeId(4);
const ENTITY = testId<EntityId>("entity", 1);
export const WEB = testId<ChannelId>("channel", 1);

/** A visitor of the shop, and the manager of the store in Lyon only. */
export const VISITOR: Actor = { ...ANONYMOUS, kind: "publishable", credential: "pk", channelId: WEB };
export const OWNER: Actor = staff("Olga Owner", "owner", []);
export const MANAGER: Actor = staff("Anna Keller", "manager", [LYON]);

function staff(name: string, role: "owner" | "manager", placeIds: readonly PlaceId[]): Actor {
  return {
    ...SYSTEM,
    kind: "staff",
    credential: name,
    staff: { id: testId<StaffId>("staff", 1), name, roles: [role], placeIds, sessionId: "s" },
  };
}

/** The cafe's goods behind the HTTP edge, with stores, prices and stock. Every answer is held against its contract. */
export type CafeWindow = GoodsHub & {
  get(url: string, actor?: Actor, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  send(
    method: "POST" | "PUT" | "PATCH",
    url: string,
    body: object,
    actor?: Actor,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  sendBytes(url: string, bytes: Buffer, actor?: Actor): Promise<LightMyRequestResponse>;
  stock(variant: number, place: PlaceId, units: number): Promise<void>;
  /** The tax classes of the goods, at one rate. */
  knowTaxClasses(): Promise<void>;
  /** What was shown to somebody since the last look. */
  shown(): ShownTouch[];
  /** What the nodes would do when they hear of a change. */
  refresh(): void;
};

const EVERY_DAY: NewPlace["hours"] = { weekly: Array.from({ length: 7 }, () => [{ from: 0, until: 1440 }]), exceptions: [] };

function place(id: PlaceId, name: string, latitude: number, longitude: number, given: Partial<NewPlace> = {}): NewPlace {
  return {
    id,
    entityId: ENTITY,
    groupId: null,
    kind: "store",
    name,
    code: name.toLowerCase(),
    latitude,
    longitude,
    timeZone: "Europe/Paris",
    dayEnd: 0,
    address: {
      line1: "1 Main Street",
      postcode: "00000",
      city: name,
      country: "FR",
    },
    phone: null,
    hours: EVERY_DAY,
    services: [],
    settings: {},
    ...given,
  };
}

const LIST = testId<PriceListId>("price list", 1);
const PRICES: Readonly<Record<number, number>> = { 1: 390, 2: 350, 3: 180, 4: 210, 50: 850, 51: 2900, 6: 300, 8: 250 };

export async function cafeWindow(): Promise<CafeWindow> {
  const hub = await cafeHub();
  await hub.must(async (ctx) => {
    await upsertEntities(ctx, [{ id: ENTITY, name: "Cafe", country: "FR", vatId: null, currency: "EUR", timeZone: "Europe/Paris" }]);
    const closed = { weekly: Array.from({ length: 7 }, () => []), exceptions: [] };
    await upsertPlaces(ctx, [
      place(LYON, "Lyon", 45.76, 4.83),
      place(BERLIN, "Berlin", 52.52, 13.4),
      place(GIRONA, "Girona", 41.98, 2.82, { hours: closed }),
      place(DEPOT, "Depot", 45.7, 4.9, { kind: "warehouse" }),
    ]);
    await upsertChannels(ctx, [
      {
        id: WEB,
        kind: "web",
        name: "Shop",
        code: "shop",
        entityId: ENTITY,
        placeId: null,
        vouches: false,
        allowedOrigins: [],
        app: "shop",
      },
    ]);
    return ok(undefined);
  });
  await hub.must((ctx) => savePriceLists(ctx, [{ id: LIST, name: "All", currency: "EUR", taxIncluded: true, priority: 0, scope: {} }]));
  const unit = { scale: 0, currency: "EUR", per: { quantity: 1, unit: "piece" as const } };
  await hub.must((ctx) =>
    setPrices(
      ctx,
      Object.entries(PRICES).map(([n, amount]) => ({
        listId: LIST,
        variantId: variantId(Number(n)),
        minQuantity: 1,
        unitPrice: { ...unit, amount },
      })),
    ),
  );

  let actor: Actor = ANONYMOUS;
  let entries = 0;
  const touches: ShownTouch[] = [];
  const app = await edge(
    hub,
    () => actor,
    (touch) => touches.push(touch),
  );
  const as = <T>(who: Actor, ask: () => Promise<T>): Promise<T> => {
    actor = who;
    return ask();
  };
  return {
    ...hub,
    get: (url, who = VISITOR, headers = {}) => as(who, () => app.inject({ method: "GET", url, headers })),
    send: (method, url, body, who = OWNER, headers = {}) => as(who, () => app.inject({ method, url, payload: body, headers })),
    sendBytes: (url, bytes, who = OWNER) =>
      as(who, () => app.inject({ method: "POST", url, payload: bytes, headers: { "content-type": "application/octet-stream" } })),
    async stock(variant, at, units) {
      const receipt = { entryId: testId("entry", ++entries), variantId: variantId(variant), placeId: at, quantity: units, safety: 0 };
      await hub.must(async (ctx) => ok(await receiveStock(ctx, [receipt], "opening")));
    },
    async knowTaxClasses() {
      const codes = ["goods", "hot_drink"];
      const rates = codes.map((taxClass, n) => ({
        id: testId<TaxRateId>("tax rate", n),
        zone: { kind: "country" as const, country: "FR" },
        taxClass,
        numerator: 20,
        denominator: 100,
      }));
      await hub.must((ctx) => setTaxRates(ctx, { classes: codes.map((code) => ({ code, name: code })), rates, roundingPolicies: [] }));
      hub.around.snapshots.invalidate();
    },
    shown: () => touches.splice(0),
    refresh: () => hub.around.snapshots.invalidate(),
    async close() {
      const broken = await hub.violations([...catalogInvariants, ...stockInvariants]);
      await app.close();
      await hub.close();
      if (broken.length > 0) throw new Error(broken.join("\n"));
    },
  };
}

/** Where the feeds of the cafe lie, and what they call it. */
export const FEEDS = {
  publicUrl: "https://shop.example.com",
  brand: "Café & Co",
  shelf: { factsOf: keptFeed, packedOf: packedFeed, keep: keepFeed },
};

async function edge({ pool, around }: GoodsHub, who: () => Actor, shown: (touch: ShownTouch) => void): Promise<FastifyInstance> {
  const { log, snapshots } = around;
  const app = await openEdge(
    { authenticate: async () => who(), allowsOrigin: async () => false },
    { log, publicUrl: undefined, rateLimit: 0, trustProxy: false },
  );
  const ports = {
    authenticate: async () => who(),
    mayCall: () => ({ allowed: true }) as const,
    audit: async () => undefined,
    shown,
  };
  const routes = [
    ...catalogRoutes(catalogPresenters),
    ...productsRoutes,
    ...feedRoutes(FEEDS),
    ...productFileRoutes,
    ...stockRoutes,
    ...availabilityRoutes,
  ];
  serveRoutes(
    app,
    { pool, snapshots, log, ports, vault: openVault("a secret of the tests"), checksAnswers: true, secureCookies: false },
    routes,
  );
  servePictures(app, pool);
  return app;
}
