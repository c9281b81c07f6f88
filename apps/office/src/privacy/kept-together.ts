import type { RetentionRowView } from "@weft/contracts/client";

/** Tables of one part of the hub that are kept for the same time and deleted by the same hand. */
export type KeptTogether = Pick<RetentionRowView, "area" | "by" | "period"> & {
  /** Without the part's name in front. */
  readonly tables: readonly string[];
  /** Null where no job counts what it deletes. */
  readonly deleted: number | null;
  /** When the job that is furthest behind last ran to its end; null while one of them has never. */
  readonly lastRunAt: string | null;
};

/** One row for what is kept together: a reader asks how long carts are kept, and not in how many tables. What a job deletes comes first. */
export function keptTogether(rows: readonly RetentionRowView[]): KeptTogether[] {
  const groups = Map.groupBy(rows, ({ area, by, period }) => JSON.stringify([by === "job" ? 0 : 1, area, by, period]));
  return [...groups.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => together(group));
}

function together(rows: readonly RetentionRowView[]): KeptTogether {
  const [first] = rows;
  const counted = rows.flatMap(({ deleted }) => (deleted === null ? [] : [deleted]));
  const runs = rows.flatMap(({ lastRunAt }) => (lastRunAt === null ? [] : [lastRunAt]));
  return {
    area: first?.area ?? "",
    by: first?.by ?? "nobody",
    period: first?.period ?? null,
    tables: rows.map(({ area, table }) => table.slice(area.length + 1)).toSorted(),
    deleted: counted.length === 0 ? null : counted.reduce((sum, count) => sum + count, 0),
    lastRunAt: runs.length < rows.length ? null : (runs.toSorted()[0] ?? null),
  };
}
