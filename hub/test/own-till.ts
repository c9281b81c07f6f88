import type { RegisterId } from "@weft/kernel";
import { expect } from "vitest";
import { tillInvariants } from "../src/modules/till/invariants.ts";
import { verifyJournal } from "../src/modules/till/journal.ts";
import { saveDayPrices } from "./day-prices.ts";
import { BEANS, CROISSANT, LYON, MUG, saleHub, type SaleHub } from "./sale-hub.ts";
import { testTill, type TestTill } from "./till-hub.ts";

/** A retailer with everything that a price can depend on, as registers have a copy of it. */
export async function pricedHub(): Promise<SaleHub> {
  const hub = await saleHub();
  await saveDayPrices(hub);
  return hub;
}

/** A till of Lyon that nobody has used, and goods enough for it. */
export async function stockedTill(hub: SaleHub): Promise<TestTill> {
  for (const goods of [MUG, BEANS, CROISSANT]) await hub.stock(goods, LYON, 100);
  return testTill(hub);
}

export function registerIdOf({ actor }: TestTill): RegisterId {
  if (!actor.device?.registerId) throw new Error("a till has a register");
  return actor.device.registerId;
}

/** What must hold after whatever a till did by itself: every invariant, and its journal. */
export async function expectWhole(hub: SaleHub, till: TestTill): Promise<void> {
  expect(await hub.broken()).toEqual([]);
  expect(await hub.violations(tillInvariants)).toEqual([]);
  expect(await verifyJournal(hub, registerIdOf(till))).toEqual([]);
}
