import type { ChannelId, PlaceId, ProductId } from "@weft/kernel";
import { sql } from "kysely";
import { publish, type Ctx, type JobContext } from "../../platform/index.ts";
import { activeProductIds, countActiveProducts } from "../catalog/index.ts";
import { openBooks } from "./book.ts";
import { comparePage, type Tools } from "./compare-page.ts";
import { compareStores } from "./compare-stores.ts";
import type { CheckId } from "./domain/index.ts";
import { ParityCheckAsked, ParityChecked } from "./events.ts";
import { keptFeeds } from "./feeds.ts";
import { openFindings, saveCounts, saveFindings, takeCells, type Findings } from "./findings.ts";
import { readLateness } from "./lateness.ts";
import type { ShopWindows } from "./ports.ts";
import { stageFeeds } from "./stage-feeds.ts";
import { openWindows } from "./windows.ts";

/** So many products are compared at once: what a check has in memory. */
const PAGE_PRODUCTS = 400;

type Run = { readonly id: CheckId; readonly placeId: PlaceId | null; readonly renewOf: readonly ChannelId[] };

/** Who runs a check and gives no sign of life for so long is gone. */
const SILENT_SECONDS = 60;

/** Takes up a check that waits, or that a killed node left half done: it begins again. Undefined: it has ended, or somebody runs one. */
async function takeRun({ db }: Ctx, id: CheckId): Promise<Run | undefined> {
  const { rows } = await sql<Run>`
    update parity.run set state = 'running', started_at = now(), beat_at = now(), done = 0, compared = 0, wrong = 0, lagging = 0, allowed = 0,
           not_kept = 0
     where id = ${id} and (state = 'waiting' or (state = 'running' and beat_at < now() - make_interval(secs => ${SILENT_SECONDS})))
       and not exists (select from parity.run where state = 'running' and id <> ${id})
    returning id, place_id as "placeId", renew_of as "renewOf"`.execute(db);
  if (rows[0]) await sql`delete from parity.difference where run_id = ${id}`.execute(db);
  return rows[0];
}

/** Whether a check is still to be run, by whoever is free first. */
async function isOpen({ db }: Pick<Ctx, "db">, id: CheckId): Promise<boolean> {
  const { rows } = await sql`select from parity.run where id = ${id} and state in ('waiting', 'running')`.execute(db);
  return rows.length > 0;
}

/**
 * Runs a check to its end [PAR-1]: reads feeds back, then compares page after page of products and writes down what differs. Neither memory
 * nor the statements of a page depend on how many products there are [PAR-6]. A hub that stops leaves it to the next, which begins again.
 */
export async function runCheck(job: JobContext, shop: ShopWindows, id: CheckId): Promise<"done" | "interrupted" | "busy" | "ended"> {
  const run = await job.write((ctx) => takeRun(ctx, id));
  if (!run) return (await isOpen(job.read, id)) ? "busy" : "ended";
  const ctx = { ...job.read, now: new Date() };
  for (const feed of await keptFeeds(ctx)) if (run.renewOf.includes(feed.channelId)) await shop.produce({ ...ctx, now: new Date() }, feed);
  const windows = await openWindows(ctx, run.placeId);
  const lateness = await readLateness(ctx, await stageFeeds(job));
  const tools: Tools = { shop, windows, lateness, books: await openBooks(ctx, windows) };
  const findings = openFindings(id);
  for (const { window, cells } of await compareStores(ctx, windows, tools.books.places))
    takeCells(findings, { window, product: null, variant: null }, cells);
  const isWhole = await comparePages(job, tools, findings);
  if (!isWhole) return "interrupted";
  await job.write((own) => endRun(own, findings));
  return "done";
}

/** Whether it came to the last page. */
async function comparePages(job: JobContext, tools: Tools, findings: Findings): Promise<boolean> {
  const total = await countActiveProducts(job.read);
  let done = 0;
  for (let after: ProductId | null = null; ;) {
    if (job.signal.aborted) return false;
    const ids: ProductId[] = await activeProductIds(job.read, after, PAGE_PRODUCTS);
    after = ids.at(-1) ?? null;
    if (after === null) return true;
    for (const compared of await comparePage({ ...job.read, now: new Date() }, tools, ids)) takeCells(findings, compared, compared.cells);
    done += ids.length;
    await job.write((own) => saveFindings(own, findings, { done, total: Math.max(done, total) }));
  }
}

/** Only the differences of this check are shown from here on, so those before go. One that waited for its end is asked for again. */
async function endRun(ctx: Ctx, findings: Findings): Promise<void> {
  const { runId, totals } = findings;
  await saveFindings(ctx, findings, null);
  await saveCounts(ctx, findings);
  await sql`update parity.run set state = 'done', ended_at = now() where id = ${runId}`.execute(ctx.db);
  await sql`delete from parity.difference where run_id <> ${runId}`.execute(ctx.db);
  const { rows } = await sql<{ id: CheckId }>`select id from parity.run where state = 'waiting'`.execute(ctx.db);
  for (const { id } of rows) await publish(ctx, ParityCheckAsked, `parity/${id}`, { runId: id });
  const { wrong, lagging, allowed } = totals;
  await publish(ctx, ParityChecked, `parity/${runId}`, { runId, wrong, lagging, allowed });
}
