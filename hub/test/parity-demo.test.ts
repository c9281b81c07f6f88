import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { ParityCheckView } from "@weft/contracts";
import { parityInvariants } from "../src/modules/parity/index.ts";
import { checkInvariants } from "../src/platform/index.ts";
import { openDemoHub, type DemoHub } from "./demo-hub.ts";

let demo: DemoHub;
let anna: Record<string, string>;
beforeAll(async () => {
  demo = await openDemoHub();
  anna = await demo.enter("anna");
});
afterAll(() => demo.close());

async function ask<Answer>(url: string, payload?: object): Promise<Answer> {
  const answer = await demo.app.inject({ method: payload ? "POST" : "GET", url, headers: anna, ...(payload && { payload }) });
  if (answer.statusCode >= 300) throw new Error(`${url}: ${answer.body}`);
  return answer.json();
}

async function check(body: object = {}): Promise<ParityCheckView> {
  const { id } = await ask<ParityCheckView>("/v1/parity/checks", body);
  return vi.waitUntil(
    async () => {
      const now = await ask<ParityCheckView>(`/v1/parity/checks/${id}`);
      return now.state === "done" && now;
    },
    { timeout: 40_000, interval: 100 },
  );
}

const broken = async () =>
  (await checkInvariants(demo.pool, parityInvariants)).results.filter(({ violations }) => violations > 0).map(({ name }) => name);

it("[PAR-7] all channels of the demo chain show the same, feeds too", async () => {
  for (const feed of ["products.xml", "local-inventory.tsv"])
    expect((await demo.app.inject(`/v1/feeds/online/${feed}`)).statusCode).toBe(200);
  const found = await check();
  expect(found).toMatchObject({ wrong: 0, lagging: 0, done: found.total });
  expect(found.compared).toBeGreaterThan(5000);
  expect(await broken()).toEqual([]);
});

it("[PAR-7] a price list for one linked channel breaks the invariant of the demo, until it is gone", async () => {
  const { channels } = await ask<{ channels: { id: string; code: string }[] }>("/v1/channels");
  const { items } = await ask<{ items: { defaultSku: string }[] }>("/v1/products?limit=1");
  const [online, sku] = [channels.find(({ code }) => code === "online")?.id, items[0]?.defaultSku];
  const list = await ask<{ id: string }>("/v1/price-lists", {
    name: "Online only",
    currency: "EUR",
    taxIncluded: true,
    priority: 0,
    channelIds: [online],
  });
  await ask(`/v1/price-lists/${list.id}/prices`, { prices: [{ sku, unitPrice: { amount: 1 } }] });
  expect((await check({ renewFeedsOf: online })).wrong).toBeGreaterThan(0);
  expect(await broken()).toEqual(["PAR-7 linked channels show the same"]);
  await ask(`/v1/price-lists/${list.id}/prices`, { prices: [{ sku, unitPrice: null }] });
  expect((await check({ renewFeedsOf: online })).wrong).toBe(0);
  expect(await broken()).toEqual([]);
});
