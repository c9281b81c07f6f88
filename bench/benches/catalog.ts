import { PUBLISHABLE, startBenchHub } from "../lib/hub.ts";
import { clientOf, closedLoop, type Call } from "../lib/load.ts";
import { costOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench, type BenchOptions } from "../lib/report.ts";

const WORDS = ["oat", "ceda", "line", "amber", "riv", "stone", "mapel", "nor", "cloud", "embr", "velvet", "cop"];

export const catalog: Bench = {
  name: "catalog",
  about:
    "product list of 20 with price and stock of a store, and search with half-typed and misspelled words, 8 clients; with --full also among 100,000 products",
  async run(options) {
    const hub = await startBenchHub({ products: 1000, customers: 1000 });
    const { call, close } = clientOf(hub.url);
    try {
      const storeId = await firstStore(call);
      const { result: list, cost } = await costOf(hub, () =>
        closedLoop({ clients: 8, ...options, work: () => ask(call, `/v1/products?limit=20&storeId=${storeId}`) }),
      );
      const search = await searchLoad(call, storeId, options);
      const figures = [
        figure("list_per_s", list.perSecond, "1/s", list.count),
        figure("list_p99_ms", list.p99, "ms"),
        figure("search_per_s", search.perSecond, "1/s", search.count),
        figure("search_p99_ms", search.p99, "ms"),
        ...(await surroundings(hub, cost)),
      ];
      return options.isFull ? [...figures, ...(await amongMany(options))] : figures;
    } finally {
      await close();
      await hub.stop();
    }
  },
};

async function amongMany(options: BenchOptions) {
  const hub = await startBenchHub({ products: 100_000, customers: 1000 });
  const { call, close } = clientOf(hub.url);
  try {
    const search = await searchLoad(call, await firstStore(call), options);
    return [figure("search_100k_per_s", search.perSecond, "1/s", search.count), figure("search_100k_p99_ms", search.p99, "ms")];
  } finally {
    await close();
    await hub.stop();
  }
}

function searchLoad(call: Call, storeId: string, { seconds, warmUp }: BenchOptions) {
  let n = 0;
  return closedLoop({
    clients: 8,
    seconds,
    warmUp,
    work: () => ask(call, `/v1/products?limit=20&storeId=${storeId}&query=${WORDS[n++ % WORDS.length]}`),
  });
}

async function firstStore(call: Call): Promise<string> {
  return (await call("GET", "/v1/stores?limit=1", { headers: PUBLISHABLE })).json.items[0].id;
}

async function ask(call: Call, path: string): Promise<string | null> {
  const { status, json } = await call("GET", path, { headers: PUBLISHABLE });
  return status === 200 && json.items.length > 0 ? null : `list: ${json.code ?? "empty"}`;
}
