import { withDatabase } from "../lib/database.ts";
import { PUBLISHABLE, startBenchHub } from "../lib/hub.ts";
import { clientOf, percentiles, type Call } from "../lib/load.ts";
import { surroundings, costOf } from "../lib/measure.ts";
import { figure, type Bench } from "../lib/report.ts";

const STORES = 50_000;
/** As the data set scatters its stores. */
const EUROPE = { south: 36, north: 60, west: -9, east: 25 };
const WARM_UP = 50;

export const near: Bench = {
  name: "near",
  about: "the 10 nearest of 50,000 stores from anywhere in Europe, one question after the other: in the database, and over HTTP",
  async run({ seconds }) {
    const hub = await startBenchHub({ products: 1, customers: 10, stores: STORES });
    const { call, close } = clientOf(hub.url, 1);
    try {
      const { result, cost } = await costOf(hub, () => withDatabase(hub.home, (client) => ask(call, () => spent(client), seconds)));
      const [database, http] = [percentiles(result.database), percentiles(result.http)];
      return [
        figure("stores", STORES, "stores"),
        figure("database_p50_ms", database.p50, "ms", result.database.length),
        figure("database_p95_ms", database.p95, "ms"),
        figure("database_p99_ms", database.p99, "ms"),
        figure("http_p50_ms", http.p50, "ms"),
        figure("http_p95_ms", http.p95, "ms"),
        ...(await surroundings(hub, cost)),
      ];
    } finally {
      await close();
      await hub.stop();
    }
  },
};

type Times = { readonly database: readonly number[]; readonly http: readonly number[] };

async function ask(call: Call, spentSoFar: () => Promise<number>, seconds: number): Promise<Times> {
  for (let n = 0; n < WARM_UP; n++) await tenNearest(call);
  const [database, http]: [number[], number[]] = [[], []];
  const until = performance.now() + seconds * 1000;
  let before = await spentSoFar();
  while (performance.now() < until) {
    const at = performance.now();
    await tenNearest(call);
    http.push(performance.now() - at);
    const after = await spentSoFar();
    database.push(after - before);
    before = after;
  }
  return { database, http };
}

async function tenNearest(call: Call): Promise<void> {
  const latitude = EUROPE.south + Math.random() * (EUROPE.north - EUROPE.south);
  const longitude = EUROPE.west + Math.random() * (EUROPE.east - EUROPE.west);
  const { status, json } = await call("GET", `/v1/stores?near=${latitude.toFixed(5)},${longitude.toFixed(5)}&limit=10`, {
    headers: PUBLISHABLE,
  });
  if (status !== 200 || json.items.length !== 10)
    throw new Error(`ten stores were asked for: ${status} ${JSON.stringify(json).slice(0, 200)}`);
}

type Client = Parameters<Parameters<typeof withDatabase>[1]>[0];

/** Milliseconds that the database has planned and run the look for what is near, so far: questions are asked one at a time, so the difference is one question's. */
async function spent(client: Client): Promise<number> {
  const { rows } = await client.query<{ ms: number }>(
    `select coalesce(sum(total_exec_time + total_plan_time), 0)::float8 as ms
       from pg_stat_statements where query like '%places.place%' and query like '%ll_to_earth(latitude, longitude) <->%'
        and query not like '%pg_stat_%'`,
  );
  return rows[0]?.ms ?? 0;
}
