import { startBenchHub } from "../lib/hub.ts";
import { clientOf, closedLoop, zipf } from "../lib/load.ts";
import { costOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench, type Figure } from "../lib/report.ts";
import { addLines, buy, complete, openCart, openShop, type OpenCart } from "../lib/shopper.ts";

export const checkout: Bench = {
  name: "checkout",
  about:
    "a cart with three lines and a promotion to a placed and paid order, over HTTP: 1,000 products drawn by Zipf, 5 places, 8 and 32 shoppers",
  async run({ seconds, warmUp }) {
    const hub = await startBenchHub({ products: 1000, customers: 1000 });
    const { call, close } = clientOf(hub.url);
    try {
      const draw = zipf(1000);
      const shop = await openShop(call, () => `SKU-${draw()}`);
      const figures: Figure[] = [];
      for (const clients of [8, 32]) {
        const { result, cost } = await costOf(hub, () => closedLoop({ clients, seconds, warmUp, work: () => buy(call, shop) }));
        const flows = result.all;
        figures.push(
          figure(`flows_per_s_${clients}`, result.perSecond, "1/s", result.count),
          figure(`p50_ms_${clients}`, result.p50, "ms"),
          figure(`p99_ms_${clients}`, result.p99, "ms"),
          figure(`sql_per_flow_${clients}`, cost.statements.ofRequests / flows, "statements"),
          figure(`sql_after_per_flow_${clients}`, cost.statements.after / flows, "statements"),
          figure(`cpu_ms_per_flow_${clients}`, ((cost.hub + cost.database) * 1000) / flows, "ms"),
          figure(
            `failures_${clients}`,
            Object.values(result.failures).reduce((sum, n) => sum + n, 0),
            "flows",
          ),
        );
        if (clients === 32) figures.push(...(await surroundings(hub, cost)));
      }
      figures.push(await completionsAlone(call, shop, seconds));
      return figures;
    } finally {
      await close();
      await hub.stop();
    }
  },
};

/** Completion alone: the carts are filled before the clock starts. */
async function completionsAlone(call: Parameters<typeof buy>[0], shop: Parameters<typeof buy>[1], seconds: number): Promise<Figure> {
  const ready: { cart: OpenCart; total: unknown }[] = [];
  const fill = async () => {
    const cart = await openCart(call, shop);
    if (typeof cart === "string") return;
    const added = await addLines(call, cart, [shop.sku(), shop.sku(), shop.sku()]);
    if (typeof added !== "string") ready.push({ cart, total: added.total });
  };
  const wanted = 300 * seconds;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (ready.length < wanted) await fill();
    }),
  );
  const started = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      for (let next = ready.pop(); next && performance.now() - started < seconds * 1000; next = ready.pop())
        if ((await complete(call, next.cart, next.total)) === null) done++;
    }),
  );
  return figure("completions_per_s", done / ((performance.now() - started) / 1000), "1/s", done);
}
