import { randomUUID } from "node:crypto";
import { SECRET, startBenchHub, TILL_SECRET } from "../lib/hub.ts";
import { clientOf, closedLoop, percentiles, type Call, type LoadResult } from "../lib/load.ts";
import { costOf, latenciesOf, surroundings } from "../lib/measure.ts";
import { figure, type Bench, type BenchOptions, type Figure } from "../lib/report.ts";
import { signInOwner } from "../lib/staff.ts";
import { FREQUENT, GROWTH_SETS, someCustomers } from "./growth.ts";

/** Few, so that a latency is that of the work and not of waiting for others. */
const CLIENTS = 4;
/** How many pages of 100 a timeline is walked back before its deep pages are asked for. */
const DEEP_PAGES = 20;

type Parts = { readonly call: Call; readonly owner: Record<string, string>; readonly customers: number; readonly known: Known };
type Known = { readonly ids: readonly string[]; readonly frequent: readonly string[]; readonly cards: readonly string[] };
type Question = { readonly name: string; readonly ask: () => Promise<string | null> };

export const identity: Bench = {
  name: "identity",
  about:
    "identify that merges, merge and unmerge, find by each kind of identifier, pages of the timeline; each alone, 4 clients; 100,000 customers with 500,000 touchpoints (with --full 1,000,000 with 50,000,000)",
  async run(options) {
    const set = options.isFull ? GROWTH_SETS.full : GROWTH_SETS.large;
    const hub = await startBenchHub(set);
    const { call, close } = clientOf(hub.url);
    try {
      const parts = { call, owner: await signInOwner(hub.url), customers: set.customers, known: await knownOf(call, set.customers) };
      const { result: figures, cost } = await costOf(hub, async () => [
        ...(await linking(parts, options)),
        ...(await each([...finding(parts), ...(await timelines(parts))], options)),
      ]);
      const sizes = [figure("customers", set.customers, "records"), figure("touchpoints", set.touchpoints, "touchpoints")];
      return [...sizes, ...figures, ...(await surroundings(hub, cost))];
    } finally {
      await close();
      await hub.stop();
    }
  },
};

async function knownOf(call: Call, customers: number): Promise<Known> {
  const pageOf = async (n: number) => (await call("GET", `/v1/customers?query=person${n}@example.com`, { headers: SECRET })).json.items[0];
  const frequent = [];
  for (let n = 0; n < FREQUENT; n++) frequent.push(await pageOf(n));
  return {
    ids: await someCustomers(call, customers),
    frequent: frequent.map(({ id }) => id),
    cards: frequent.flatMap(({ cardNumber }) => cardNumber ?? []),
  };
}

async function linking(parts: Parts, { seconds, warmUp }: BenchOptions): Promise<Figure[]> {
  const identified = await timed(CLIENTS, { seconds: seconds / 2, warmUp: warmUp / 3 }, (tell) => identifying(parts, tell));
  const alone = await timed(1, { seconds: seconds / 2, warmUp: 1 }, (tell) => identifying(parts, tell));
  const linked = await timed(CLIENTS, { seconds, warmUp: warmUp / 3 }, (tell) => mergingAndUndoing(parts, tell));
  return [
    ...figuresOf("identify", identified.of("call")),
    ...figuresOf("identify_until_read", identified.whole),
    ...figuresOf("identify_one_client", alone.of("call")),
    ...figuresOf("identify_until_read_one_client", alone.whole),
    ...figuresOf("merge", linked.of("merge")),
    ...figuresOf("unmerge", linked.of("unmerge")),
  ];
}

/** A closed loop whose work has parts that take their own time: told by name, counted after the warming up. */
async function timed(
  clients: number,
  { seconds, warmUp }: Omit<BenchOptions, "isFull">,
  workWith: (tell: Tell) => () => Promise<string | null>,
) {
  const from = performance.now() + warmUp * 1000;
  const times = new Map<string, number[]>();
  const tell: Tell = (name, ms) => {
    if (performance.now() < from) return;
    const told = times.get(name);
    if (told) told.push(ms);
    else times.set(name, [ms]);
  };
  const whole = await closedLoop({ clients, seconds, warmUp, work: workWith(tell) });
  return { whole, of: (name: string): LoadResult => ({ ...whole, ...percentiles(times.get(name) ?? []) }) };
}

type Tell = (name: string, ms: number) => void;

/** Customers one after the other, far from each other, and others in the next run: on a set that is used as it is some were linked before. */
function fresh(customers: number): () => number {
  let at = Date.now();
  return () => (at += 7919) % customers;
}

/**
 * Somebody whom the site knows by a proven address is identified by it at the till: the call, and then until the customer is read with the
 * till's record among theirs, under the name that the site has.
 */
function identifying({ call, customers }: Parts, tell: Tell): () => Promise<string | null> {
  const next = fresh(customers);
  return async () => {
    const n = next();
    const said = { externalId: `b${randomUUID()}`, givenName: "Bench", email: `person${n}@example.com`, verified: ["email"] };
    const began = performance.now();
    const { status, json } = await call("POST", "/v1/customers", { headers: TILL_SECRET, body: said });
    tell("call", performance.now() - began);
    if (status !== 201 || json.resolution !== "matched") return `identify: ${status} ${json.resolution ?? json.code}`;
    const page = (await call("GET", `/v1/customers/${json.customer.id}`, { headers: TILL_SECRET })).json;
    const records: readonly { readonly id: string }[] = page.records;
    return records.some(({ id }) => id === json.recordId) && page.familyName !== null ? null : "not the customer";
  };
}

/** Staff join two customers and undo it: afterwards everything is as before. */
function mergingAndUndoing({ call, owner, known: { ids } }: Parts, tell: Tell): () => Promise<string | null> {
  // Each pair is taken by one client at a time.
  const pairs = Array.from({ length: Math.floor(ids.length / 2) }, (_, at) => [ids[2 * at], ids[2 * at + 1]] as const);
  return async () => {
    const pair = pairs.shift();
    if (!pair) return "no pair is left";
    const began = performance.now();
    const body = { otherId: pair[1], reason: "measuring" };
    const merged = await call("POST", `/v1/customers/${pair[0]}/merges`, { headers: owner, body });
    if (merged.status !== 201) return `merge: ${merged.status} ${merged.json.code}`;
    const between = performance.now();
    const undone = await call("DELETE", `/v1/merges/${merged.json.mergeId}`, { headers: owner });
    if (undone.status !== 200) return `unmerge: ${undone.status} ${undone.json.code}`;
    tell("merge", between - began);
    tell("unmerge", performance.now() - between);
    pairs.push(pair);
    return null;
  };
}

const drawn = (n: number): number => Math.floor(Math.random() * n);
const oneOf = (all: readonly string[]): string => all[drawn(all.length)] ?? "";

function finding({ call, customers, known }: Parts): Question[] {
  const phone = () => `+3361${String(drawn(customers)).padStart(7, "0")}`;
  const queries: Record<string, () => string> = {
    email: () => `person${drawn(customers)}@example.com`,
    phone,
    last_digits: () => phone().slice(-7 + drawn(4)),
    external_id: () => `c${1000 + drawn(customers - 1000)}`,
    card: () => oneOf(known.cards),
    name: () => oneOf(["anna", "jul", "marber", "puigros", "oriol"]),
    middle_of_name: () => oneOf(["anber", "uigro", "ilmar"]),
    two_names: () => oneOf(["anna mar", "puig lena", "jan vil", "hugo del"]),
  };
  return Object.entries(queries).map(([name, query]) => ({
    name: `find_${name}`,
    ask: async () => {
      const { status, json } = await call("GET", `/v1/customers?query=${encodeURIComponent(query())}`, { headers: SECRET });
      return status !== 200 ? String(status) : json.items.length > 0 ? null : "found nobody";
    },
  }));
}

async function timelines({ call, known }: Parts): Promise<Question[]> {
  const page = (path: string) => call("GET", path, { headers: SECRET });
  const asking = (pathOf: () => string) => async () => {
    const { status } = await page(pathOf());
    return status === 200 ? null : String(status);
  };
  const deep: string[] = [];
  for (const id of known.frequent.slice(0, 20)) {
    let cursor = "";
    for (let n = 0; n < DEEP_PAGES; n++) {
      const { json } = await page(`/v1/customers/${id}/timeline?limit=100${cursor && `&cursor=${cursor}`}`);
      if (json.nextCursor === null) break;
      cursor = encodeURIComponent(json.nextCursor);
    }
    deep.push(`/v1/customers/${id}/timeline?limit=20&cursor=${cursor}`);
  }
  return [
    { name: "timeline", ask: asking(() => `/v1/customers/${oneOf(known.ids)}/timeline?limit=20`) },
    { name: "timeline_frequent", ask: asking(() => `/v1/customers/${oneOf(known.frequent)}/timeline?limit=20`) },
    { name: "timeline_deep", ask: asking(() => oneOf(deep)) },
    { name: "timeline_of_web", ask: asking(() => `/v1/customers/${oneOf(known.frequent)}/timeline?limit=20&channelKind=web`) },
    { name: "timeline_of_tills", ask: asking(() => `/v1/customers/${oneOf(known.frequent)}/timeline?limit=20&channelKind=store`) },
    { name: "timeline_of_nothing", ask: asking(() => `/v1/customers/${oneOf(known.frequent)}/timeline?limit=20&channelKind=desk`) },
  ];
}

/** Each question by itself, for its share of the time, so that none hides behind another. */
async function each(questions: readonly Question[], { seconds, warmUp }: BenchOptions): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { name, ask } of questions)
    figures.push(...figuresOf(name, await closedLoop({ clients: CLIENTS, seconds: seconds / 4, warmUp: warmUp / 10, work: ask })));
  return figures;
}

const figuresOf = (name: string, result: LoadResult): Figure[] => latenciesOf(name, result, "requests");
