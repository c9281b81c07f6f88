import { randomUUID } from "node:crypto";
import { withDatabase } from "../lib/database.ts";
import { PUBLISHABLE, startBenchHub, type BenchHub } from "../lib/hub.ts";
import { clientOf, closedLoop, type Call, type LoadResult } from "../lib/load.ts";
import { costOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench, type BenchOptions } from "../lib/report.ts";

const CUSTOMERS = 100_000;
const BATCH = 100;
const SENDERS = 8;
const SINGLE_SENDERS = 32;
/** One event in so many comes from somebody who was never seen, whose record must be made. */
const NEWCOMER_EVERY = 50;

export const intake: Bench = {
  name: "intake",
  about:
    "touchpoints in batches of 100 by 8 senders with a checkpoint in the middle, then one by one by 32; answered when durable, identity resolved; 500,000 present (with --full 8,000,000)",
  async run(options) {
    const present = options.isFull ? 8_000_000 : 500_000;
    const hub = await startBenchHub({ products: 1000, customers: CUSTOMERS, touchpoints: present });
    const { call, close } = clientOf(hub.url);
    try {
      const before = await countTouches(hub);
      const { result: batches, cost } = await costOf(hub, () => sendBatches(hub, call, options));
      const kept = (await countTouches(hub)) - before;
      const { result: singles, cost: singleCost } = await costOf(hub, () => sendSingles(call, options));
      const perSecond = batches.perSecond * BATCH;
      return [
        figure("present", before, "touchpoints"),
        figure("events_per_s", perSecond, "1/s", batches.count * BATCH),
        figure("p50_ms", batches.p50, "ms"),
        figure("p99_ms", batches.p99, "ms"),
        figure("failed", sumOf(batches.failures) + sumOf(singles.failures), "requests"),
        figure("stored_of_answered", kept / (BATCH * batches.answered), "share"),
        figure("cpu_ms_per_1000_events", ((cost.hub + cost.database) * 1e6) / kept, "ms"),
        figure("hub_cpu_ms_per_1000_events", (cost.hub * 1e6) / kept, "ms"),
        figure("single_events_per_s", singles.perSecond, "1/s", singles.count),
        figure("single_p99_ms", singles.p99, "ms"),
        figure("single_foreign_cores", singleCost.foreignCores, "cores"),
        ...(await surroundings(hub, cost)),
      ];
    } finally {
      await close();
      await hub.stop();
    }
  },
};

const sumOf = (failures: LoadResult["failures"]): number => Object.values(failures).reduce((sum, n) => sum + n, 0);

/** `answered` counts every batch that was answered with a success, those of the warm-up too. */
async function sendBatches(
  hub: BenchHub,
  call: Call,
  { seconds, warmUp }: BenchOptions,
): Promise<LoadResult & { readonly answered: number }> {
  let answered = 0;
  const checkpoint = setTimeout(() => void withDatabase(hub.home, (client) => client.query("checkpoint")), (warmUp + seconds / 2) * 1000);
  const result = await closedLoop({
    clients: SENDERS,
    seconds,
    warmUp,
    work: async () => {
      const sentAt = new Date().toISOString();
      const batch = Array.from({ length: BATCH }, eventAt);
      const { status, json } = await call("POST", "/v1/batch", { headers: PUBLISHABLE, body: { batch, sentAt } });
      if (status !== 200) return String(status);
      answered++;
      return json.rejected === undefined ? null : "rejected";
    },
  });
  clearTimeout(checkpoint);
  return { ...result, answered };
}

function sendSingles(call: Call, { seconds, warmUp }: BenchOptions): Promise<LoadResult> {
  return closedLoop({
    clients: SINGLE_SENDERS,
    seconds,
    warmUp,
    work: async () => {
      const { status } = await call("POST", "/v1/track", { headers: PUBLISHABLE, body: eventAt() });
      return status === 200 ? null : String(status);
    },
  });
}

function eventAt() {
  const n = Math.floor(Math.random() * CUSTOMERS);
  const isNewcomer = n % NEWCOMER_EVERY === 0;
  return {
    type: "track",
    event: "Product Viewed",
    messageId: randomUUID(),
    originalTimestamp: new Date().toISOString(),
    ...(isNewcomer ? { anonymousId: randomUUID() } : { userId: `c${n}` }),
    properties: { sku: `SKU-${n % 1000}`, price: n % 4900, position: n % 20 },
    context: { library: { name: "bench", version: "1" }, locale: "fr", page: { path: `/products/${n % 1000}`, referrer: "" } },
  };
}

async function countTouches(hub: BenchHub): Promise<number> {
  return withDatabase(hub.home, async (client) => {
    const { rows } = await client.query<{ n: string }>("select count(*) as n from touchpoints.touchpoint");
    return Number(rows[0]?.n ?? 0);
  });
}
