import { sql } from "kysely";
import { addJob, job, type Job, type ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { pricingSnapshot } from "../pricing/index.ts";
import { tellAll } from "./commands/tell.ts";

/** Nobody looks at a list for longer. */
const KEPT_MONTHS = 25;
/** A wish that was made while the goods arrived saw neither them nor the fact of it: it is judged again this long. */
const FRESH_MINUTES = 3;
/** Catalog and prices are read from memory, which follows a fact a moment later; looked for again as long. */
export const AFTER_MS = 1000;

/** The revision that the memory of a node must have reached before it is worth looking; empty: look now. */
export type Seen = { readonly catalog?: number; readonly pricing?: number };

export const compareKey = (what: keyof Seen): string => `saved.compare ${what}`;

/** Tells of everything that is so now; made by the clock, and when the catalog or prices changed. */
export function compareJob(): Job<Seen> {
  const compare: Job<Seen> = job(
    "saved.compare",
    async (ctx, seen) => {
      const behind = await whatIsBehind(ctx.read, seen ?? {});
      await ctx.write(async (own) => {
        if (behind === null) await tellAll(own, null);
        else await addJob(own, compare, seen, { key: compareKey(behind), at: new Date(own.now.getTime() + AFTER_MS) });
      });
    },
    { cron: "*/10 * * * *" },
  );
  return compare;
}

async function whatIsBehind({ snapshots }: Pick<ReadCtx, "snapshots">, { catalog = 0, pricing = 0 }: Seen): Promise<keyof Seen | null> {
  if ((await snapshots.current(catalogSnapshot)).revision < catalog) return "catalog";
  return (await snapshots.current(pricingSnapshot)).revision < pricing ? "pricing" : null;
}

export const savedJobs: readonly Job[] = [
  job(
    "saved.compare_fresh",
    (ctx) => ctx.write(async (own) => void (await tellAll(own, new Date(own.now.getTime() - FRESH_MINUTES * 60_000)))),
    { cron: "* * * * *" },
  ),
  job(
    "saved.forget",
    (ctx) =>
      ctx.write(async ({ db }) => {
        await sql`delete from saved.list where updated_at < now() - make_interval(months => ${KEPT_MONTHS}::integer)`.execute(db);
        await sql`
          delete from saved.wish where coalesce(told_at, made_at) < now() - make_interval(months => ${KEPT_MONTHS}::integer)`.execute(db);
        await sql`
          delete from saved.menu m where not exists (
            select from saved.wish w where w.kind = 'new_on_menu' and w.state = 'waiting' and w.place_id = m.place_id)`.execute(db);
      }),
    { cron: "51 3 * * *" },
  ),
];
