import { ok } from "@weft/kernel";
import { z } from "zod";
import { deletionsOf, pageFrom, read, readCursor, type Route } from "../../platform/index.ts";
import { exportPage, presentExport, purposesNow } from "./query.ts";

/** Why each table's rows are kept, how long, and who deletes them. */
export type KeptTables = Readonly<Record<string, { readonly why: string; readonly kept: string; readonly by: string }>>;

const Cursor = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);
/** Days for which the report adds up what was deleted. */
const REPORTED_DAYS = 30;

/** What the privacy officers answer for: purposes, what goes by itself and has gone, and files that left the hub. */
export const privacyViewRoutes = ({ retention }: { readonly retention: KeptTables }): readonly Route[] => [
  read("privacy.purposes", async (ctx) => ok({ items: await purposesNow(ctx) }), { problems: {} }),
  read(
    "privacy.retention",
    async (ctx) => {
      const { rows, endedAt } = await deletionsOf(ctx, REPORTED_DAYS);
      const items = Object.entries(retention).map(([table, { why, kept, by }]) => {
        const job = by.startsWith("job ") ? by.slice("job ".length) : null;
        if (job === null) return { table, why, kept, by, lastRunAt: null, deleted: null };
        return { table, why, kept, by, lastRunAt: endedAt.get(job)?.toISOString() ?? null, deleted: rows.get(`${job} ${table}`) ?? 0 };
      });
      return ok({ items });
    },
    { problems: {} },
  ),
  read(
    "privacy.exports",
    async (ctx, { query }) => {
      const rows = await exportPage(ctx, { after: readCursor(Cursor, query.cursor), limit: query.limit + 1 });
      return ok(pageFrom(rows, query.limit, presentExport, ({ at, id }) => [at.toISOString(), id]));
    },
    { problems: {} },
  ),
];
