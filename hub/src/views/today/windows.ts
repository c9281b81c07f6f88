import type { EntityId, PlaceId } from "@weft/kernel";
import { sql, type RawBuilder } from "kysely";
import type { Day } from "./days.ts";

/** A business day of a place, or of a legal entity for what has no place; `isToday` is false for the one a week before. */
export type Window = Day & {
  readonly placeId: PlaceId | null;
  readonly entityId: EntityId;
  readonly timeZone: string;
  readonly isToday: boolean;
};

const HOUR_MS = 3_600_000;

/**
 * That `at` lies where anything of these windows can lie: in one stretch of time for today and one for the day a week before, over all
 * places, `marginHours` further on either side. A window of its own per place is a join that the planner takes for a third of all orders
 * there are: it then reads the whole book, 0.74 s of half a million orders, where these bounds leave 0.08 s.
 * Nothing is left out that the windows themselves let in.
 */
export function withinSpans(at: RawBuilder<unknown>, windows: readonly Window[], marginHours = 0): RawBuilder<boolean> {
  const spans = [true, false].flatMap((isToday) => {
    const days = windows.filter((window) => window.isToday === isToday);
    if (days.length === 0) return [];
    const from = Math.min(...days.map((day) => day.from.getTime())) - marginHours * HOUR_MS;
    const until = Math.max(...days.map((day) => Math.max(day.until.getTime(), day.cut.getTime()))) + marginHours * HOUR_MS;
    return [sql`(${at} >= ${new Date(from)}::timestamptz and ${at} <= ${new Date(until)}::timestamptz)`];
  });
  return spans.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(spans, sql` or `)})`;
}
