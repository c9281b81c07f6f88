import { shopAlone, shoppersAs, whileShopping } from "../lib/beside.ts";
import { PUBLISHABLE, startBenchHub, type BenchHub } from "../lib/hub.ts";
import { clientOf, type Call } from "../lib/load.ts";
import { costOf, surroundings, type Cost } from "../lib/measure.ts";
import { figure, type Bench, type Figure } from "../lib/report.ts";
import { signInOwner } from "../lib/staff.ts";

const PRODUCTS = 100_000;
const LOOK_MS = 500;

type Check = {
  readonly id: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly done: number;
  readonly compared: number;
  readonly wrong: number;
  readonly lagging: number;
  readonly allowed: number;
};

export const sameEverywhere: Bench = {
  name: "same-everywhere",
  about:
    "what 100,000 products look like on the channels of one store (product page, its data for search engines, both feeds, till, menu board) compared with the records, and what two shoppers beside it feel; with --full at all stores",
  async run({ isFull, seconds, warmUp }) {
    const hub = await startBenchHub({ products: PRODUCTS, customers: 1000 });
    const { call, close } = clientOf(hub.url);
    try {
      const owner = await signInOwner(hub.url);
      await askForFeeds(hub, call, owner);
      const alone = await shopAlone(call, seconds, warmUp);
      const { result: one, shoppers } = await whileShopping(call, async () => measured(hub, call, owner, await firstStore(call)));
      const beside = [...shoppersAs("purchase_alone", alone), ...shoppersAs("purchase_beside_check", shoppers)];
      const figures = [...one.figures, ...beside, ...(await surroundings(hub, one.cost))];
      if (!isFull) return figures;
      const all = await measured(hub, call, owner, null);
      return [
        ...figures,
        ...all.figures.map((each) => ({ ...each, metric: `all_${each.metric}` })),
        ...(await surroundings(hub, all.cost)),
      ];
    } finally {
      await close();
      await hub.stop();
    }
  },
};

type Measured = { readonly figures: Figure[]; readonly cost: Cost };

async function measured(hub: BenchHub, call: Call, owner: Record<string, string>, placeId: string | null): Promise<Measured> {
  const began = performance.now();
  const { result: check, cost } = await costOf(hub, () => checked(call, owner, placeId));
  const seconds = (performance.now() - began) / 1000;
  const figures = [
    figure("check_s", seconds, "s"),
    figure("products", check.done, "products"),
    figure("values", check.compared, "values"),
    figure("values_per_s", check.compared / seconds, "1/s"),
    figure("wrong", check.wrong, "values"),
    figure("late", check.lagging, "values"),
    figure("intended", check.allowed, "values"),
    figure("statements_per_1000_products", ((cost.statements.ofRequests + cost.statements.after) / check.done) * 1000, "statements"),
    figure("cpu_hub_s", cost.hub, "s"),
    figure("cpu_database_s", cost.database, "s"),
  ];
  return { figures, cost };
}

/** Feeds exist once somebody has asked for them. */
async function askForFeeds(hub: BenchHub, call: Call, owner: Record<string, string>): Promise<void> {
  const { json } = await call("GET", "/v1/channels", { headers: owner });
  const channels: readonly { readonly code: string; readonly kind: string }[] = json.channels;
  for (const { code } of channels.filter(({ kind }) => kind === "web"))
    for (const feed of ["products.xml", "local-inventory.tsv"]) {
      const answer = await fetch(`${hub.url}/v1/feeds/${code}/${feed}`);
      if (!answer.ok) throw new Error(`no feed ${feed} of ${code}: ${answer.status}`);
      for await (const _piece of answer.body ?? []) void 0;
    }
}

async function firstStore(call: Call): Promise<string> {
  return (await call("GET", "/v1/stores?limit=1", { headers: PUBLISHABLE })).json.items[0].id;
}

async function checked(call: Call, headers: Record<string, string>, placeId: string | null): Promise<Check> {
  const { json: started } = await call("POST", "/v1/parity/checks", { headers, body: { placeId, renewFeedsOf: null } });
  for (;;) {
    const { status, json } = await call("GET", `/v1/parity/checks/${started.id}`, { headers });
    if (status !== 200 || json.state === "failed") throw new Error(`the check ended: ${status} ${json.state ?? json.code}`);
    if (json.state === "done") return json;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
