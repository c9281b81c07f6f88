import { setTimeout as pause } from "node:timers/promises";
import type { ProductSummaryView } from "@weft/contracts/client";
import { randomOf } from "../random.ts";
import { HubRefused, openDevice, type HubAddress } from "./device.ts";
import { JOURNEYS, type Journey, type Told } from "./journeys.ts";
import { publishableKey, shopperOf, type Shopper, type Town } from "./shopper.ts";
import { openTill, TillRefused } from "./till.ts";

const LOOK_MS = 100;
const MOST_LOOKS = 100;

export type WalkOptions = {
  readonly hub: HubAddress;
  readonly seed: number;
  /** Who walk at the same time. */
  readonly people: number;
  /** No walk begins when this says so. */
  readonly isOver: (walks: number) => boolean;
  /** Milliseconds that a shopper thinks between two steps, at most. */
  readonly thinkMs: number;
  readonly print: (line: string) => void;
};

export type Summary = {
  readonly walks: number;
  readonly orders: number;
  readonly takings: number;
  readonly brokeOff: Readonly<Record<string, number>>;
};

/**
 * Lets invented customers walk across channels, through the public API only. What the hub refuses ends that one walk and is counted by
 * its code. Which people, goods and journeys come follows from the seed; who is faster does not. Errors: `HubRefused` where the hub
 * cannot be entered at all.
 */
export async function walk({ hub, seed, people, isOver, thinkMs, print }: WalkOptions): Promise<Summary> {
  const till = await openTill(hub);
  const pace = randomOf(seed, "pace");
  const think = () => (thinkMs > 0 ? pause(pace.between(thinkMs / 4, thinkMs)) : Promise.resolve());
  const town: Town = { hub, till, shelf: await shelfAt(hub, till.placeId), textSent: await mailReader(hub), think };
  const brokeOff: Record<string, number> = {};
  const summary = { walks: 0, orders: 0, takings: 0, brokeOff };
  const live = async (n: number): Promise<void> => {
    const random = randomOf(seed, "shopper", n);
    const shopper = shopperOf(town, n, random);
    while (!isOver(summary.walks)) {
      summary.walks++;
      const told = await walkOnce(town, shopper);
      if (typeof told === "string") brokeOff[told] = (brokeOff[told] ?? 0) + 1;
      else if (told.order) {
        summary.orders++;
        summary.takings += told.order.total.amount;
      }
      print(`${`${shopper.givenName} ${shopper.familyName.slice(0, 1)}.`.padEnd(14)}${lineOf(told)}`);
      await think();
    }
  };
  await Promise.all(Array.from({ length: people }, (_, n) => live(n)));
  return summary;
}

/** What became of one walk, or the code of what the hub refused. Anything else is a fault of ours and ends the simulation. */
async function walkOnce(town: Town, shopper: Shopper): Promise<Told | string> {
  try {
    return await shopper.random.weighted<Journey>(JOURNEYS)(town, shopper);
  } catch (error) {
    if (error instanceof HubRefused) return error.problem.code;
    if (error instanceof TillRefused) return error.message;
    throw error;
  }
}

function lineOf(told: Told | string): string {
  if (typeof told === "string") return `broke off: ${told}`;
  const price = told.order ? `${(told.order.total.amount / 100).toFixed(2)} ${told.order.total.currency}` : "";
  return `${told.by.join(" → ").padEnd(12)}${price.padStart(11)}  ${told.what}${told.order ? ` (${told.order.number})` : ""}`;
}

/** What the store sells and has plenty of: walks are no clearance sale, gift cards are bought by themselves, and a service needs a time. */
async function shelfAt(hub: HubAddress, placeId: string): Promise<ProductSummaryView[]> {
  const visitor = openDevice(hub, { authorization: publishableKey("online") });
  const { items } = await visitor.call("products.list", { query: { limit: 200, storeId: placeId } });
  return items.filter(
    ({ slug, isService, price, availability }) =>
      slug !== "gift-card" &&
      !isService &&
      price &&
      availability.inAssortment &&
      !availability.soldOut &&
      (!availability.tracked || (availability.available ?? 0) >= 10),
  );
}

/** The manager may read what was sent: codes of invented addresses are read there. */
async function mailReader(hub: HubAddress): Promise<Town["textSent"]> {
  const office = openDevice(hub, { "weft-session": "weft_office_shoppers" });
  await office.call("access.demoSignIn", { body: { persona: "anna" } });
  const newest = async (to: string) => (await office.call("messages.list", { query: { limit: 1, to } })).items[0];
  return async (address, because) => {
    const before = await newest(address);
    await because();
    for (let look = 0; look < MOST_LOOKS; look++) {
      const message = await newest(address);
      if (message && message.id !== before?.id) return message.text;
      await pause(LOOK_MS); // it is written after the commit, by a subscriber
    }
    throw new Error(`nothing was sent to ${address}`);
  };
}
