import type { CartOperation } from "@weft/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { operate } from "../src/modules/carts/index.ts";
import { createReward, pointsOf, programNow } from "../src/modules/loyalty/index.ts";
import { variantId } from "./goods-hub.ts";
import { startHubProcess } from "./hub-processes.ts";
import type { SaleToMake } from "./sales-fixture.ts";
import { CAPPUCCINO, LYON, MUG, saleHub, tillActor, type SaleHub } from "./sale-hub.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  await hub.stock(MUG, LYON, 100);
}, 30_000);
afterAll(() => hub.close());

const CARTS = 40;
const EARNED = 140;
const COST = 10;

it("[LOY-1] carts that burn one balance on two hub processes at once: exactly as many orders as there are points for", async () => {
  const ada = await hub.customer();
  const bought = await hub.complete(await hub.cart([[MUG, EARNED / 14]], { actor: ada }), [{ kind: "card", token: "inline" }]);
  expect(bought.kind).toBe("placed");
  const benefit = { kind: "product" as const, variantIds: [variantId(CAPPUCCINO)] };
  const everywhere = { validFrom: null, validTo: null, placeIds: [], channelIds: [] };
  const drink = await hub.must((ctx) => createReward(ctx, { ...everywhere, name: { en: "A free cappuccino" }, cost: COST, benefit }));
  hub.around.snapshots.invalidate();
  const actor = { ...tillActor(), customer: ada.customer };
  const sales: SaleToMake[] = [];
  for (let n = 0; n < CARTS; n++) {
    const { id } = await hub.cart([[CAPPUCCINO, 1]], { actor });
    await hub.rows("update carts.cart set record_id = $2 where id = $1", [id, ada.customer.recordId]);
    const wish: CartOperation = { id: crypto.randomUUID(), kind: "applyReward", rewardId: drink.id };
    const { cart } = await hub.must((ctx) => operate(ctx, { cartId: id, operations: [wish] }), actor);
    const fulfillment = { kind: "take_away" as const, placeId: null, dining: "take_away" as const, dueAt: null };
    sales.push({ actor, request: { cartId: id, fulfillment, tenders: [], expectedTotal: cart.totals.total, contact: null } });
  }
  const processes = await Promise.all([startHubProcess(hub), startHubProcess(hub)]);
  const outcomes = await Promise.all(processes.map((make, index) => make(sales.filter((_, n) => n % 2 === index))));
  expect(outcomes.flat().filter((outcome) => outcome === "placed")).toHaveLength(EARNED / COST);
  expect(new Set(outcomes.flat())).toEqual(new Set(["placed", "loyalty.not_enough_points"]));
  const program = await programNow(hub.around);
  if (!program) throw new Error("the hub has a program");
  expect((await pointsOf(hub, [ada.customer.recordId], program.rule.programId)).balance).toBe(0);
  expect(await hub.rows("select distinct order_id from loyalty.redemption")).toHaveLength(EARNED / COST);
  expect(await hub.broken()).toEqual([]);
}, 60_000);
