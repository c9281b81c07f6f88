import { withDatabase } from "../lib/database.ts";
import { startBenchHub, type BenchHub } from "../lib/hub.ts";
import { shopAlone, shoppersAs, whileShopping } from "../lib/beside.ts";
import { clientOf, type Call } from "../lib/load.ts";
import { costOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench, type Figure } from "../lib/report.ts";
import { signInOwner } from "../lib/staff.ts";
import { GROWTH_SETS } from "./growth.ts";

export const matching: Bench = {
  name: "matching",
  about:
    "a run of matching over the living customer file, from start to the last finding applied, with two shoppers beside; 100,000 customers with 20,000 forms of the till (with --full 1,000,000)",
  async run({ isFull, seconds, warmUp }) {
    const set = isFull ? GROWTH_SETS.full : GROWTH_SETS.large;
    const hub = await startBenchHub(set);
    const { call, close } = clientOf(hub.url);
    try {
      const owner = await signInOwner(hub.url);
      const { result: figures, cost } = await costOf(hub, async () => [
        ...shoppersAs("purchase_alone", await shopAlone(call, seconds, warmUp)),
        ...(await run(hub, call, owner)),
      ]);
      return [figure("customers", set.customers, "records"), ...figures, ...(await surroundings(hub, cost))];
    } finally {
      await close();
      await hub.stop();
    }
  },
};

const PHASES = ["read", "compare", "keys", "apply"] as const;
type Run = {
  readonly state: string;
  readonly phase: (typeof PHASES)[number];
  readonly records: number;
  readonly compared: number;
  readonly linked: number;
  readonly asked: number;
};

async function run(hub: BenchHub, call: Call, owner: Record<string, string>): Promise<Figure[]> {
  const began = performance.now();
  const phases: Record<string, number> = {};
  let peak = 0;
  const { result, shoppers } = await whileShopping(call, async () => {
    const started = await call("POST", "/v1/matching/runs", { headers: owner });
    if (started.status !== 201 && started.status !== 200) throw new Error(`matching was refused: ${started.status} ${started.json.code}`);
    for (let at = performance.now(); ;) {
      const { json } = await call("GET", "/v1/matching", { headers: owner });
      const state: Run = json.run;
      const now = performance.now();
      phases[state.phase] = (phases[state.phase] ?? 0) + (now - at) / 1000;
      at = now;
      peak = Math.max(peak, hub.memoryBytes());
      if (state.state !== "running") return state;
      await new Promise((done) => setTimeout(done, 500));
    }
  });
  if (result.state !== "done") throw new Error(`matching ended as ${result.state}`);
  return [
    figure("seconds", (performance.now() - began) / 1000, "s", result.records),
    ...PHASES.map((phase) => figure(`${phase}_s`, phases[phase] ?? 0, "s")),
    figure("peak_memory_mb", peak / 1024 / 1024, "MB"),
    figure("pairs_compared", result.compared, "pairs"),
    figure("linked", result.linked, "links"),
    figure("asked", result.asked, "pairs"),
    ...(await rightness(hub)),
    ...shoppersAs("purchase_beside", shoppers),
  ];
}

/** By the ids that the data set gives: `p5` is the form of the customer `c5`. Forms that share a proven address were one before. */
async function rightness(hub: BenchHub): Promise<Figure[]> {
  return withDatabase(hub.home, async (client) => {
    const { rows } = await client.query<{ joined: string; right: string; forms: string }>(
      `select count(*) as joined, count(*) filter (where substr(a.external_id, 2) = substr(b.external_id, 2)) as right,
              (select count(*) from customers.source_record r where r.external_id ~ '^p[0-9]*5$') as forms
         from customers.link l join customers.source_record a on a.id = l.a_record join customers.source_record b on b.id = l.b_record
        where l.kind = 'model' and l.state = 'active'`,
    );
    const [row] = rows;
    const [joined, right, forms] = [Number(row?.joined ?? 0), Number(row?.right ?? 0), Number(row?.forms ?? 0)];
    return [
      figure("links_right", joined === 0 ? 1 : right / joined, "share", joined),
      figure("forms_found", right / forms, "share", forms),
    ];
  });
}
