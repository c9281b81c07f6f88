import { randomUUID } from "node:crypto";
import type { DataSet } from "../lib/data-set.ts";
import { PUBLISHABLE, SECRET, startBenchHub } from "../lib/hub.ts";
import { clientOf, closedLoop, type Call, type LoadResult } from "../lib/load.ts";
import { costOf } from "../lib/measure.ts";
import { figure, type Bench, type BenchOptions, type Figure } from "../lib/report.ts";

const SMALL = { products: 1000, customers: 10_000, touchpoints: 100_000 } as const satisfies DataSet;
/** By default ten times the customers and five times the touchpoints, the set that `intake` runs on; with `--full` what the target names. */
const LARGE = { products: 1000, customers: 100_000, touchpoints: 500_000 } as const satisfies DataSet;
const FULL_TOUCHPOINTS = Number(process.env["WEFT_BENCH_TOUCHPOINTS"] ?? 50_000_000); // fewer where the disk has no 50 GB
const FULL = { products: 1000, customers: 1_000_000, touchpoints: FULL_TOUCHPOINTS } as const satisfies DataSet;

/** So many customers, the first of a data set, come all the time (hub/src/cli/bench-touchpoints.ts). */
export const FREQUENT = 50;

export const GROWTH_SETS = { small: SMALL, large: LARGE, full: FULL };

/** Few, so that a latency is that of the work and not of waiting for others. */
const CLIENTS = 4;

type Question = { readonly name: string; ask: (call: Call, at: Known) => Promise<string | null> };
type Known = { readonly customers: number; readonly ids: readonly string[] };

const statusOf = async (answer: ReturnType<Call>): Promise<string | null> => {
  const { status } = await answer;
  return status === 200 ? null : String(status);
};
const drawn = (n: number): number => Math.floor(Math.random() * n);
const find = (call: Call, query: string) => statusOf(call("GET", `/v1/customers?query=${encodeURIComponent(query)}`, { headers: SECRET }));
const ofOne = (call: Call, { ids }: Known, path: string) =>
  statusOf(call("GET", `/v1/customers/${ids[drawn(ids.length)] ?? ""}${path}`, { headers: SECRET }));

const QUESTIONS: readonly Question[] = [
  { name: "by_id", ask: (call, known) => ofOne(call, known, "") },
  { name: "timeline", ask: (call, known) => ofOne(call, known, "/timeline?limit=20") },
  { name: "find_email", ask: (call, { customers }) => find(call, `person${drawn(customers)}@example.com`) },
  { name: "find_phone", ask: (call, { customers }) => find(call, `+3361${String(drawn(customers)).padStart(7, "0")}`) },
  { name: "find_name", ask: (call) => find(call, "anna mar") },
  {
    name: "event",
    ask: (call, { customers }) => statusOf(call("POST", "/v1/track", { headers: PUBLISHABLE, body: eventOf(drawn(customers)) })),
  },
];

export const growth: Bench = {
  name: "growth",
  about:
    "the same questions, 4 clients, at 10,000 customers with 100,000 touchpoints and at 100,000 with 500,000 (with --full 1,000,000 with 50,000,000): how much slower",
  async run(options) {
    const large = options.isFull ? FULL : LARGE;
    const few = await measured(SMALL, options);
    const many = await measured(large, options);
    const ratios = QUESTIONS.map(({ name }) => (many.times.get(name)?.p50 ?? 0) / (few.times.get(name)?.p50 ?? 1));
    return [
      figure("customers", large.customers, "records"),
      figure("touchpoints", large.touchpoints, "touchpoints"),
      ...QUESTIONS.flatMap(({ name }, at): Figure[] => [
        figure(`${name}_p50_ms_small`, few.times.get(name)?.p50 ?? 0, "ms", few.times.get(name)?.count ?? 0),
        figure(`${name}_p50_ms`, many.times.get(name)?.p50 ?? 0, "ms", many.times.get(name)?.count ?? 0),
        figure(`${name}_p99_ms`, many.times.get(name)?.p99 ?? 0, "ms"),
        figure(`${name}_ratio`, ratios[at] ?? 0, "times"),
      ]),
      figure("ratio", Math.max(...ratios), "times"),
      figure("failures", few.failures + many.failures, "requests"),
      figure("foreign_cores_small", few.foreignCores, "cores"),
      figure("foreign_cores", many.foreignCores, "cores"),
    ];
  },
};

type Measured = { readonly times: ReadonlyMap<string, LoadResult>; readonly failures: number; readonly foreignCores: number };

/** Each question by itself, for its share of the time, so that none hides behind another. */
async function measured(set: DataSet, { seconds, warmUp }: BenchOptions): Promise<Measured> {
  const hub = await startBenchHub(set);
  const { call, close } = clientOf(hub.url);
  try {
    const known = { customers: set.customers, ids: await someCustomers(call, set.customers) };
    const { result, cost } = await costOf(hub, async () => {
      const times = new Map<string, LoadResult>();
      for (const { name, ask } of QUESTIONS)
        times.set(
          name,
          await closedLoop({
            clients: CLIENTS,
            seconds: seconds / 2,
            warmUp: warmUp / 3,
            work: () => ask(call, known),
          }),
        );
      return times;
    });
    const failures = [...result.values()].flatMap((one) => Object.values(one.failures)).reduce((sum, n) => sum + n, 0);
    return { times: result, failures, foreignCores: cost.foreignCores };
  } finally {
    await close();
    await hub.stop();
  }
}

/** Spread over the whole file, found by their e-mail as a till finds them. */
export async function someCustomers(call: Call, customers: number): Promise<string[]> {
  const ids = new Set<string>();
  for (let n = 0; n < 200; n++) {
    const { json } = await call("GET", `/v1/customers?query=person${Math.floor((n * customers) / 200)}@example.com`, { headers: SECRET });
    for (const { id } of json.items) ids.add(id);
  }
  if (ids.size === 0) throw new Error("the data set has no customers to ask for");
  return [...ids];
}

function eventOf(n: number) {
  return {
    event: "Product Viewed",
    messageId: randomUUID(),
    originalTimestamp: new Date().toISOString(),
    userId: `c${n}`,
    properties: { sku: `SKU-${n % 1000}`, price: n % 4900 },
  };
}
