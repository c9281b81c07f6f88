import type { RetentionRowView } from "@weft/contracts";
import { ok } from "@weft/kernel";
import { z } from "zod";
import { deletionsOf, pageFrom, read, readCursor, type Route } from "../../platform/index.ts";
import { exportPage, presentExport, purposesNow } from "./query.ts";

/** Why each table's rows are kept, how long, and who deletes them. */
export type KeptTables = Readonly<
  Record<string, { readonly why: string; readonly kept: string; readonly by: `job ${string}` | "erasure" | "use" | "nobody" }>
>;

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
      const items = Object.entries(retention).map(([table, { why, kept, by }]): RetentionRowView => {
        const row = { table, area: table.split(".")[0] ?? table, why, kept, period: periodIn(kept) };
        if (by === "erasure" || by === "use" || by === "nobody") return { ...row, by, lastRunAt: null, deleted: null };
        const job = by.slice("job ".length);
        return { ...row, by: "job", lastRunAt: endedAt.get(job)?.toISOString() ?? null, deleted: rows.get(`${job} ${table}`) ?? 0 };
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

/** The first time that a sentence names: `25 months after it ended` is 25 months. */
function periodIn(kept: string): RetentionRowView["period"] {
  const [, amount, unit] = /(\d+)(?: to \d+)? (second|minute|hour|day|month|year)s?/.exec(kept) ?? [];
  return amount === undefined || unit === undefined
    ? null
    : { amount: Number(amount), unit: unit as NonNullable<RetentionRowView["period"]>["unit"] }; // one of those above
}
