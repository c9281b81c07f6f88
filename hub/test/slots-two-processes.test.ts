import { addDays, instantOf, wallClock } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { BAKERY } from "./cafe-catalog.ts";
import { productId } from "./goods-hub.ts";
import { startHubProcess } from "./hub-processes.ts";
import { CAPPUCCINO, CROISSANT, LYON, saleHub, type Line, type SaleHub } from "./sale-hub.ts";
import type { SaleToMake } from "./sales-fixture.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(CROISSANT, LYON, 1000);
  await hub.rows("update catalog.product set prep_seconds = 40, category_id = $2 where id = $1", [productId(CROISSANT), BAKERY]);
  const stations = { stations: "Bar: drinks; Kitchen: bakery", slotRoom: "Bar: 10 | Kitchen: 3" };
  const settings = { slotMinutes: 30, slotOrders: 1000, slotLeadMinutes: 0, ...stations };
  await hub.rows("update places.place set settings = $2 where id = $1", [LYON, JSON.stringify(settings)]);
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());

const ORDERS = 64;
const WISHES: readonly (readonly Line[])[] = [
  [[CAPPUCCINO, 1]],
  [
    [CROISSANT, 1],
    [CAPPUCCINO, 1],
  ],
];

it("[PRM-14] 64 orders want one slot on two hub processes at once: no station gets more work than it has room for, and none is left over", async () => {
  const dueAt = instantOf(addDays(wallClock(new Date(), "Europe/Paris").date, 1), 10 * 60, "Europe/Paris");
  const fulfillment = { kind: "collect" as const, placeId: LYON, dining: "take_away" as const, dueAt, inSlot: true };
  const tenders = [{ kind: "due_at_collection" as const }];
  const sales: SaleToMake[] = [];
  for (let n = 0; n < ORDERS; n++) {
    const cart = await hub.cart(WISHES[n % 2] ?? []);
    const request = { cartId: cart.id, fulfillment, tenders, expectedTotal: cart.view.totals.total, contact: null };
    sales.push({ actor: cart.actor, request });
  }
  const processes = await Promise.all([startHubProcess(hub), startHubProcess(hub)]);
  const outcomes = (
    await Promise.all(processes.map((make, index) => make(sales.filter((_, n) => Math.floor(n / 2) % 2 === index))))
  ).flat();
  expect(new Set(outcomes)).toEqual(new Set(["placed", "promise.slot_full"]));
  const taken = await hub.rows<{ station: string; seconds: number }>(
    "select w.key as station, sum(w.value::integer)::integer as seconds from promises.slot_booking b, jsonb_each_text(b.work) w group by 1 order by 1",
  );
  // Twelve cappuccinos of 50 seconds fill the bar; at most four croissants of 40 seconds fit into the kitchen beside them.
  expect(taken[0]).toEqual({ station: "Bar", seconds: 600 });
  expect(taken[1]?.seconds ?? 0).toBeLessThanOrEqual(180);
  expect(outcomes.filter((outcome) => outcome === "placed")).toHaveLength(12);
  expect(await hub.broken()).toEqual([]);
}, 60_000);
