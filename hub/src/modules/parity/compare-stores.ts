import type { ReadCtx } from "../../platform/index.ts";
import { placesSnapshot, presentStore, type Place, type Places } from "../places/index.ts";
import { judgeThing, type Cell } from "./domain/index.ts";
import type { OpenWindow } from "./windows.ts";

export type ComparedStore = { readonly window: OpenWindow; readonly cells: readonly Cell[] };

/** What the pages of stores say of their hours, against what was set for them. */
export async function compareStores(
  ctx: Pick<ReadCtx, "snapshots" | "now">,
  windows: readonly OpenWindow[],
  { places }: Places,
): Promise<ComparedStore[]> {
  const shown = (await ctx.snapshots.current(placesSnapshot)).places;
  return windows.flatMap((window) => {
    const { kind, placeId, levels } = window;
    const [place, store] = placeId === null ? [] : [places.get(placeId), shown.get(placeId)];
    if (kind !== "store_page" || !place || !store) return [];
    const values = { listed: "yes", hours: hoursText(place.hours) };
    const says = { hours: hoursText(presentStore(store, null, ctx.now, null).hours) };
    return [{ window, cells: judgeThing(says, { house: values, own: values, reasons: {} }, { kind, levels, behind: {} }) }];
  });
}

/** Opening hours as they compare: seven days from Monday, then the days that differ. */
export function hoursText({ weekly, exceptions }: Pick<Place["hours"], "weekly" | "exceptions">): string {
  const days = weekly.map(intervalsText);
  const dated = exceptions.map(({ date, intervals }) => `${date} ${intervalsText(intervals)}`);
  return [...days, ...dated].join(" | ");
}

function intervalsText(intervals: readonly { readonly from: number; readonly until: number }[]): string {
  return intervals.length === 0 ? "–" : intervals.map(({ from, until }) => `${clock(from)}-${clock(until)}`).join(" ");
}

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
