import { afterAll, beforeAll, expect, it } from "vitest";
import { startHubProcess } from "./hub-processes.ts";
import { LYON, MUG, saleHub, tillActor, type SaleHub } from "./sale-hub.ts";
import type { SaleToMake } from "./sales-fixture.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
}, 30_000);
afterAll(() => hub.close());

const SHOPPERS = 200;
const UNITS = 10;

it("[STK-1] 200 shoppers on four hub processes want ten units: ten orders, 190 are told that nothing is left", async () => {
  await hub.stock(MUG, LYON, SHOPPERS);
  const actor = tillActor();
  const sales: SaleToMake[] = [];
  for (let n = 0; n < SHOPPERS; n++) {
    const { id, view } = await hub.cart([[MUG, 1]], { actor });
    const fulfillment = { kind: "collect" as const, placeId: null, dining: "take_away" as const, dueAt: null };
    const request = { cartId: id, fulfillment, tenders: [{ kind: "cash" as const }], expectedTotal: view.totals.total, contact: null };
    sales.push({ actor, request });
  }
  // Nobody holds any more: as after the holds have run out.
  await hub.rows("delete from stock.hold");
  await hub.rows("update stock.level set held = 0, on_hand = $1", [UNITS]);
  const processes = await Promise.all(Array.from({ length: 4 }, () => startHubProcess(hub)));
  const outcomes = (await Promise.all(processes.map((make, at) => make(sales.filter((_, n) => n % 4 === at))))).flat();
  expect(outcomes.filter((outcome) => outcome === "placed")).toHaveLength(UNITS);
  expect(outcomes.filter((outcome) => outcome === "stock.insufficient")).toHaveLength(SHOPPERS - UNITS);
  expect(await hub.level(MUG)).toEqual({ on_hand: UNITS, allocated: UNITS, held: 0 });
  expect(await hub.broken()).toEqual([]);
}, 90_000);
