import { beforeAll, expect, it } from "vitest";
import { savePriceLists, setPrices } from "../commands/index.ts";
import { PricingChanged } from "../events.ts";
import { MUG, pieces, price, priceList } from "../test-data.ts";
import { type PricingHub, openPricingHub } from "../../../../test/pricing-hub.ts";
import { pricingSnapshot } from "./snapshot.ts";

let hub: PricingHub;
beforeAll(async () => {
  hub = await openPricingHub();
  return () => hub.close();
});

it("a node serves one snapshot until it hears of a change, and the changed one from then on", async () => {
  const { snapshots } = hub.around;
  await hub.must((ctx) => savePriceLists(ctx, [priceList(1)]));
  const first = await snapshots.current(pricingSnapshot);
  expect(await snapshots.current(pricingSnapshot)).toBe(first);
  await hub.must((ctx) => setPrices(ctx, [price(1, MUG, pieces(1400))]));
  expect((await snapshots.current(pricingSnapshot)).revision).toBe(1);
  snapshots.onEvents([{ type: PricingChanged.type }]);
  await expect.poll(async () => (await snapshots.current(pricingSnapshot)).revision).toBe(2);
  expect((await snapshots.current(pricingSnapshot)).lists[0]?.prices.get(MUG)).toHaveLength(1);
});

it("a completion can ask, in its own statement, whether what it priced with is still in force", async () => {
  const { revision } = await hub.must((ctx) => savePriceLists(ctx, [priceList(2)]));
  expect((await hub.pool.query("select pricing.current_revision() as revision")).rows).toEqual([{ revision }]);
});
