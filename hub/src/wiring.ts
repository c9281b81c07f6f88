import type { PlaceId } from "@weft/kernel";
import type pg from "pg";
import { accessRoutes, mayActAt } from "./modules/access/index.ts";
import { cartInvariants, cartLive, cartRoutes } from "./modules/carts/index.ts";
import { channelForApp, channelsRoutes } from "./modules/channels/index.ts";
import { loyaltyRoutes } from "./modules/loyalty/index.ts";
import { placesRoutes, placesSnapshot } from "./modules/places/index.ts";
import { pricingInvariants, pricingSubscribers } from "./modules/pricing/index.ts";
import {
  deadLetterRoutes,
  type Config,
  type Invariant,
  type Job,
  type LivePresenter,
  type Log,
  type Route,
  type Running,
  type ShownTouch,
  type Signer,
  type Snapshots,
  type Subscriber,
  type Vault,
} from "./platform/index.ts";

export type WiringParts = {
  readonly pool: pg.Pool;
  readonly config: Pick<Config, "isDemo" | "smtpFrom"> & Partial<Pick<Config, "publicUrl" | "smtpUrl">>;
  readonly log: Log;
  readonly vault: Vault;
  readonly signer: Signer;
  readonly snapshots: Snapshots;
};

/** What the modules give to the hub, and the ports between those that must not know each other, joined. */
export type Wired = {
  readonly routes: readonly Route[];
  readonly subscribers: readonly Subscriber[];
  readonly presenters: readonly LivePresenter[];
  readonly invariants: readonly Invariant[];
  readonly shown: (touch: ShownTouch) => void;
  readonly jobs: readonly Job[];
  /** What runs beside the requests on nodes that work. */
  startBeside(): Running[];
  stop(): Promise<void>;
};

/** The parts of the hub that are modules: their routes, listeners, live views and invariants, with the ports between them. */
export async function wireModules({ config, signer, snapshots, vault }: WiringParts): Promise<Wired> {
  const publicUrl = config.publicUrl ?? "";
  return {
    routes: [
      ...accessRoutes({
        vault,
        greet: async () => undefined,
        placeName: async (ctx, placeId: PlaceId) => (await ctx.snapshots.current(placesSnapshot)).places.get(placeId)?.name,
        channelFor: (_ctx, sessionName, placeId) => channelForApp(snapshots, sessionName, placeId),
        demoPersonas: null,
      }),
      ...placesRoutes({ mayActAt: (actor, placeId) => placeId === null || mayActAt(actor, placeId) }),
      ...channelsRoutes({ brand: { name: "Trama", logoUrl: null }, isDemo: config.isDemo, version: "0.1.0" }),
      ...loyaltyRoutes({ signer }),
      ...cartRoutes({ publicUrl }),
      ...deadLetterRoutes,
    ],
    subscribers: [...pricingSubscribers],
    presenters: [cartLive],
    invariants: [...pricingInvariants, ...cartInvariants],
    shown: () => undefined,
    jobs: [],
    startBeside: () => [],
    stop: async () => undefined,
  };
}
