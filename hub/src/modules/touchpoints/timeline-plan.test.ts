import type { ChannelId, RecordId } from "@weft/kernel";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testId } from "../../../test/goods-hub.ts";
import { pool, SHOP, startTouchHub, stopTouchHub } from "../../../test/touch-hub.ts";

const LIMIT = 51;
const PERSON: readonly RecordId[] = [1, 2, 3].map((n) => testId<RecordId>("record", n));
const OTHERS = 200;
const EACH = 150;

beforeAll(async () => {
  await startTouchHub();
  // Three months of a file, in which three records are one person's; every tenth entry is a sale.
  await pool.query(
    `insert into touchpoints.touchpoint (record_id, occurred_at, id, kind, channel_id, received_at)
     select r, now() - make_interval(hours => n * 14), gen_random_uuid(), case when n % 10 = 0 then 'sale' else 'page' end, $2, now()
       from unnest($1::uuid[] || array(select gen_random_uuid() from generate_series(1, ${OTHERS}))) r, generate_series(1, ${EACH}) n`,
    [PERSON, SHOP],
  );
  await pool.query("vacuum analyze touchpoints.touchpoint");
}, 60_000);
afterAll(stopTouchHub);

/** A step of a plan, as the database explains it. */
type Step = {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Heap Fetches"?: number;
  readonly Plans?: readonly Step[];
};

const EXPLAINED = [
  "load 'auto_explain'",
  "set auto_explain.log_nested_statements = on",
  "set auto_explain.log_analyze = on",
  "set auto_explain.log_timing = off",
  "set auto_explain.log_format = json",
  "set auto_explain.log_min_duration = 0",
  "set client_min_messages = log",
];

/** What the function did inside, as the database says of its statements. */
async function stepsOf({ at = null, channelIds = null, kind = null }: Page = {}): Promise<Step[]> {
  const client = await pool.connect();
  const said: string[] = [];
  const listen = ({ message }: { message?: string | undefined }): void => void said.push(message ?? "");
  client.on("notice", listen);
  try {
    for (const statement of EXPLAINED) await client.query(statement);
    said.length = 0;
    const given = [PERSON, at, at && testId("page", 1), channelIds, kind, LIMIT];
    await client.query("select * from touchpoints.timeline_page($1::uuid[], $2::timestamptz, $3::uuid, $4::uuid[], $5, $6)", given);
  } finally {
    client.off("notice", listen);
    client.release(true);
  }
  const flat = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(flat)];
  return said.flatMap((message) => {
    const plan = message.slice(message.indexOf("{"));
    return message.includes("plan:") ? flat((JSON.parse(plan) as { readonly Plan: Step }).Plan) : []; // as the database writes it
  });
}

type Page = { readonly at?: string | null; readonly channelIds?: readonly ChannelId[] | null; readonly kind?: string | null };

const readBy = (steps: readonly Step[]) => steps.filter((step) => step["Relation Name"]?.startsWith("touchpoint"));
const rowsOf = (steps: readonly Step[]) =>
  steps.reduce((sum, step) => sum + (step["Actual Rows"] + (step["Rows Removed by Filter"] ?? 0)) * step["Actual Loops"], 0);
const sorted = (steps: readonly Step[]) => steps.filter((step) => step["Node Type"].includes("Sort")).map((step) => step["Actual Rows"]);

it("[TCH-9] a page is read by the index alone, a page of each record at most, and no more than these are sorted", async () => {
  for (const page of [{}, { at: new Date(Date.now() - 40 * 86_400_000).toISOString() }]) {
    const steps = await stepsOf(page);
    const reads = readBy(steps);
    expect(new Set(reads.map((step) => step["Node Type"]))).toEqual(new Set(["Index Scan"]));
    // Each partition is asked in turn, and gives one row more than is taken from it.
    expect(rowsOf(reads)).toBeLessThanOrEqual(PERSON.length * (LIMIT + reads.length));
    expect(Math.max(0, ...sorted(steps))).toBeLessThanOrEqual(PERSON.length * LIMIT);
  }
});

it("[TCH-9] one kind, or one channel, is found in this person's part of the index alone, and only the page itself is fetched", async () => {
  for (const filter of [{ kind: "sale" }, { channelIds: [SHOP] }, { channelIds: [testId<never>("channel", 77)] }]) {
    const reads = readBy(await stepsOf(filter));
    expect(new Set(reads.map((step) => step["Node Type"]))).toEqual(new Set(["Index Only Scan", "Index Scan"]));
    const found = reads.filter((step) => step["Node Type"] === "Index Only Scan");
    expect(rowsOf(found)).toBeLessThanOrEqual(PERSON.length * EACH);
    expect(found.reduce((sum, step) => sum + (step["Heap Fetches"] ?? 0), 0)).toBe(0);
    expect(rowsOf(reads.filter((step) => step["Node Type"] === "Index Scan"))).toBeLessThanOrEqual(LIMIT);
  }
});
