import type { z } from "zod";

/** A cursor that no list of this hub has given. The edge answers 422. */
export class CursorError extends Error {
  override readonly name = "CursorError";
}

/** Where a page of a list ended, as an opaque text: the sort values of its last row. */
export function writeCursor(values: unknown): string {
  return Buffer.from(JSON.stringify(values)).toString("base64url");
}

/** What `writeCursor` wrote, or null when there is none: the first page. Throws `CursorError` on anything else. */
export function readCursor<T>(schema: z.ZodType<T>, cursor: string | undefined): T | null {
  if (cursor === undefined) return null;
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, "base64url").toString("utf8")));
  if (!parsed.success) throw new CursorError("this cursor was not given by this list");
  return parsed.data;
}

/**
 * A page from one row more than it shows: the rows, and the cursor after the last of them, null at the end.
 * Ask the database for `limit + 1` rows.
 */
export function pageFrom<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  sortValues: (row: Row) => unknown,
): { items: Item[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), nextCursor: rows.length > limit && last !== undefined ? writeCursor(sortValues(last)) : null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
