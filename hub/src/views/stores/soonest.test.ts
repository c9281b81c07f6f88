import { afterAll, beforeAll, expect, it } from "vitest";
import { LYON, PARIS, saleHub, tillActor, type SaleHub } from "../../../test/sale-hub.ts";
import { storesRoutes } from "./routes.ts";

let hub: SaleHub;
beforeAll(async () => {
  hub = await saleHub();
  // Two stores 500 m apart.
  await hub.rows("update places.place set latitude = 45.76, longitude = 4.83 where id = $1", [LYON]);
  await hub.rows("update places.place set latitude = 45.7645, longitude = 4.83 where id = $1", [PARIS]);
  hub.around.snapshots.invalidate();
}, 30_000);
afterAll(() => hub.close());

async function near(sort: "nearest" | "soonest") {
  const list = storesRoutes.find(({ operation }) => operation === "stores.list");
  if (list?.kind !== "read") throw new Error("the list of stores is read");
  const ctx = { ...hub.around, actor: tillActor(), db: hub.db, now: new Date() };
  // The route's own input, as the edge parses it.
  const answer = await list.handle(ctx, { query: { limit: 20, near: "45.7601,4.83", sort } } as never);
  if (!answer.ok) throw new Error("stores are always listed");
  const { items } = answer.value as { items: { id: string; inHand: { at: string; travelMinutes: number } | null }[] }; // by the contract
  return items.filter(({ id }) => id === LYON || id === PARIS);
}

it("[PRM-81] the nearest store with a long queue comes after one a few minutes farther, and each says when", async () => {
  expect((await near("soonest")).map(({ id }) => id)).toEqual([LYON, PARIS]);
  await hub.rows("insert into promises.queue_item values (gen_random_uuid(), $1, 3600, now())", [LYON]);
  hub.around.snapshots.invalidate();
  const stores = await near("soonest");
  expect(stores.map(({ id }) => id)).toEqual([PARIS, LYON]);
  expect(stores.map(({ inHand }) => inHand?.travelMinutes)).toEqual([8, 1]);
  expect((await near("nearest")).map(({ id }) => id)).toEqual([LYON, PARIS]);
});
