import { expect } from "vitest";
import { dispatchTransfer, enterStock, receiveTransfer } from "../../src/modules/stock/index.ts";
import { variantId } from "../goods-hub.ts";
import type { StepOf } from "./steps.ts";
import { attempt, placeAt, tillAt, type World } from "./world.ts";

type Entry = Parameters<typeof enterStock>[1];

async function enter(world: World, entry: Entry): Promise<boolean> {
  return (await attempt(world, `stock ${entry.kind}`, (ctx) => enterStock(ctx, entry))).ok;
}

export async function receive(world: World, { counted, units, place }: StepOf<"receive">): Promise<void> {
  const at = { variantId: variantId(counted), placeId: placeAt(world, place), reason: "delivery" };
  expect(await enter(world, { ...at, kind: "receipt", quantity: units })).toBe(true);
  world.model.move(place, counted, units);
}

/** What is gone is gone, whatever it was promised for [STK-3]. */
export async function waste(world: World, { counted, units, place }: StepOf<"waste">): Promise<void> {
  const at = { variantId: variantId(counted), placeId: placeAt(world, place), reason: "broken" };
  expect(await enter(world, { ...at, kind: "waste", quantity: units })).toBe(true);
  world.model.move(place, counted, -units);
}

/** A count is booked where its figure still stands [STK-7]. */
export async function count(world: World, { counted, units, place, isStale }: StepOf<"count">): Promise<void> {
  const at = { variantId: variantId(counted), placeId: placeAt(world, place), reason: "stocktaking" };
  const now = world.model.standing(place, counted);
  const isBooked = await enter(world, { ...at, kind: "count", counted: units, changeFromQuantity: isStale ? now + 1 : now });
  expect(isBooked).toBe(!isStale);
  if (isBooked) world.model.move(place, counted, units - now);
}

/** Goods travel to the other store, but what somebody was promised stays [STK-10]. */
export async function transfer(world: World, { counted, units, place }: StepOf<"transfer">): Promise<void> {
  const to = 1 - place;
  const lines = [{ variantId: variantId(counted), quantity: units }];
  const way = { fromPlaceId: placeAt(world, place), placeId: placeAt(world, to), note: null, lines };
  const sent = await attempt(world, "transfers sent", (ctx) => dispatchTransfer(ctx, way), tillAt(world, place));
  expect(sent.ok).toBe(units <= world.model.free(place, counted));
  if (!sent.ok) return;
  world.model.move(place, counted, -units);
  const arrived = await attempt(world, "transfers received", (ctx) => receiveTransfer(ctx, sent.value, []), tillAt(world, to));
  expect(arrived.ok).toBe(true);
  world.model.move(to, counted, units);
}
