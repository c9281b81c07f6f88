import { startBenchHub } from "../lib/hub.ts";
import { shopAlone, shoppersAs, whileShopping } from "../lib/beside.ts";
import { clientOf, type Call } from "../lib/load.ts";
import { costOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench, type Figure } from "../lib/report.ts";
import { signInOwner, tillsOf } from "../lib/staff.ts";
import { GROWTH_SETS } from "./growth.ts";

type Parts = { readonly call: Call; readonly owner: Record<string, string>; readonly tills: string };

export const linkLevel: Bench = {
  name: "link-level",
  about:
    "the dry run of a link level and its switch, down to handing over and up again, with two shoppers beside; 100,000 customers, a tenth of them on both channels (with --full 1,000,000)",
  async run({ isFull, seconds, warmUp }) {
    const set = isFull ? GROWTH_SETS.full : GROWTH_SETS.large;
    const hub = await startBenchHub(set);
    const { call, close } = clientOf(hub.url);
    try {
      const owner = await signInOwner(hub.url);
      const parts = { call, owner, tills: await tillsOf(call, owner) };
      await offerCollection(parts);
      const { result: figures, cost } = await costOf(hub, async () => [
        ...shoppersAs("purchase_alone", await shopAlone(call, seconds, warmUp)),
        ...(await dryRun(parts)),
        ...(await switched(parts, "handover", "down")),
        ...(await switched(parts, "linked", "up")),
      ]);
      return [figure("customers", set.customers, "records"), ...figures, ...(await surroundings(hub, cost))];
    } finally {
      await close();
      await hub.stop();
    }
  },
};

/**
 * Lets the stores offer collection. Below `linked` the shop promises only what such stores have, and at `siloed` nothing of theirs, as it should:
 * every purchase beside the switch would be refused with `places.not_serving` until it is up again. Both levels part the same customers.
 */
async function offerCollection({ call, owner }: Parts): Promise<void> {
  const { json } = await call("GET", "/v1/places", { headers: owner });
  const places: readonly { readonly id: string }[] = json.places;
  for (const { id } of places) {
    const { status } = await call("PATCH", `/v1/places/${id}`, { headers: owner, body: { services: ["collect"] } });
    if (status !== 200) throw new Error(`a store may not offer collection: ${status}`);
  }
}

async function dryRun({ call, owner, tills }: Parts): Promise<Figure[]> {
  const { result: seconds, shoppers } = await whileShopping(call, async () => {
    const times: number[] = [];
    for (let n = 0; n < 2; n++) {
      const began = performance.now();
      const { status, json } = await call("GET", `/v1/channels/${tills}/level-preview?level=siloed`, { headers: owner });
      if (status !== 200) throw new Error(`the dry run was refused: ${status} ${json.code}`);
      times.push((performance.now() - began) / 1000);
    }
    return times;
  });
  return [
    figure("dry_run_first_s", seconds[0] ?? 0, "s"),
    figure("dry_run_s", seconds[1] ?? 0, "s"),
    ...shoppersAs("purchase_beside_dry_run", shoppers),
  ];
}

type Change = { readonly id: string; readonly state: "building" | "turned" | "done"; readonly total: number };

/** From the owner's call until the switch holds for everybody, and until what no generation shows any more is swept away. */
async function switched({ call, owner, tills }: Parts, level: "handover" | "linked", name: "down" | "up"): Promise<Figure[]> {
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const { result, shoppers } = await whileShopping(call, async () => {
    const { status, json } = await call("POST", `/v1/channels/${tills}/level-changes`, { headers: owner, body: { level } });
    if (status !== 201) throw new Error(`the switch was refused: ${status} ${json.code}`);
    const asked = since();
    let turned = 0;
    for (let change: Change = json; ; change = await changeOf(call, owner, tills, json.id)) {
      if (change.state !== "building" && turned === 0) turned = since();
      if (change.state === "done") return { asked, turned, swept: since(), records: change.total };
      await new Promise((done) => setTimeout(done, 200));
    }
  });
  return [
    figure(`${name}_call_s`, result.asked, "s"),
    figure(`${name}_turned_s`, result.turned, "s", result.records),
    figure(`${name}_swept_s`, result.swept, "s"),
    figure(`${name}_records_per_s`, result.records / result.turned, "1/s"),
    ...shoppersAs(`purchase_beside_${name}`, shoppers),
  ];
}

async function changeOf(call: Call, headers: Record<string, string>, tills: string, id: string): Promise<Change> {
  const { json } = await call("GET", `/v1/channels/${tills}/level-changes`, { headers });
  const changes: readonly Change[] = json.items;
  const change = changes.find((one) => one.id === id);
  if (!change) throw new Error("the switch is not among those of its channel");
  return change;
}
