import type { DataSet } from "../lib/data-set.ts";
import { PUBLISHABLE, startBenchHub } from "../lib/hub.ts";
import { clientOf, closedLoop, zipf, type Call, type LoadResult } from "../lib/load.ts";
import { costOf } from "../lib/measure.ts";
import { figure, type Bench, type BenchOptions, type Figure } from "../lib/report.ts";
import { addLines, buy, openCart, openShop, type Shop } from "../lib/shopper.ts";

const NONE = { products: 1000, customers: 1000 } as const satisfies DataSet;
const LARGE = { ...NONE, orders: 100_000 } as const satisfies DataSet;
const FULL = { ...NONE, orders: 1_000_000 } as const satisfies DataSet;
const STORES = { ...NONE, stores: 500 } as const satisfies DataSet;

export const VOLUMES = { large: LARGE, full: FULL };

/** Few, so that a latency is that of the work and not of waiting for others. */
const SHOPPERS = 4;

type Question = { readonly name: string; readonly ask: (call: Call, shop: Shop) => Promise<string | null> };

const get = async (call: Call, path: string): Promise<string | null> => {
  const { status } = await call("GET", path, { headers: PUBLISHABLE });
  return status === 200 ? null : String(status);
};

const QUESTIONS: readonly Question[] = [
  { name: "checkout", ask: buy },
  {
    name: "cart",
    ask: async (call, shop) => {
      const cart = await openCart(call, shop);
      const added = typeof cart === "string" ? cart : await addLines(call, cart, [shop.sku(), shop.sku(), shop.sku()]);
      return typeof added === "string" ? added : null;
    },
  },
  { name: "list", ask: (call, shop) => get(call, `/v1/products?limit=20&storeId=${shop.places[0] ?? ""}`) },
  { name: "search", ask: (call, shop) => get(call, `/v1/products?limit=20&storeId=${shop.places[0] ?? ""}&query=ceda`) },
  { name: "availability", ask: (call, shop) => get(call, `/v1/availability?sku=${shop.sku()}&near=45.7,4.8`) },
];

export const orderVolume: Bench = {
  name: "order-volume",
  about:
    "a purchase, a cart, a list, a search and where goods are near, 4 shoppers, each alone: with no order in the book, with 100,000 (with --full 1,000,000), and with 500 stores instead of 5: how much slower",
  async run(options) {
    const none = await measured(NONE, options);
    const many = await measured(options.isFull ? FULL : LARGE, options);
    const stores = await measured(STORES, options);
    const ratio = (of: Measured, name: string): number => (of.times.get(name)?.p50 ?? 0) / (none.times.get(name)?.p50 ?? 1);
    const ratios = (of: Measured): number[] => QUESTIONS.map(({ name }) => ratio(of, name));
    return [
      figure("orders", (options.isFull ? FULL : LARGE).orders, "orders"),
      ...QUESTIONS.flatMap(({ name }): Figure[] => [
        figure(`${name}_p50_ms_none`, none.times.get(name)?.p50 ?? 0, "ms", none.times.get(name)?.count ?? 0),
        figure(`${name}_p50_ms`, many.times.get(name)?.p50 ?? 0, "ms", many.times.get(name)?.count ?? 0),
        figure(`${name}_p99_ms`, many.times.get(name)?.p99 ?? 0, "ms"),
        figure(`${name}_ratio`, ratio(many, name), "times"),
        figure(`${name}_ratio_500_stores`, ratio(stores, name), "times"),
      ]),
      figure("ratio", Math.max(...ratios(many)), "times"),
      figure("ratio_500_stores", Math.max(...ratios(stores)), "times"),
      figure("failures", none.failures + many.failures + stores.failures, "requests"),
      figure("foreign_cores", Math.max(none.foreignCores, many.foreignCores, stores.foreignCores), "cores"),
    ];
  },
};

type Measured = { readonly times: ReadonlyMap<string, LoadResult>; readonly failures: number; readonly foreignCores: number };

/** Each question by itself, for its share of the time, so that none hides behind another. */
async function measured(set: DataSet, { seconds, warmUp }: BenchOptions): Promise<Measured> {
  const hub = await startBenchHub(set);
  const { call, close } = clientOf(hub.url);
  try {
    const draw = zipf(set.products);
    const shop = await openShop(call, () => `SKU-${draw()}`);
    const { result, cost } = await costOf(hub, async () => {
      const times = new Map<string, LoadResult>();
      for (const { name, ask } of QUESTIONS) {
        const load = { clients: SHOPPERS, seconds: seconds / 2, warmUp: warmUp / 3, work: () => ask(call, shop) };
        times.set(name, await closedLoop(load));
      }
      return times;
    });
    const failed = [...result.values()].flatMap(({ failures }) => Object.entries(failures));
    for (const [failure, times] of failed) console.error(`${failure}: ${times}`);
    return { times: result, failures: failed.reduce((sum, [, times]) => sum + times, 0), foreignCores: cost.foreignCores };
  } finally {
    await close();
    await hub.stop();
  }
}
