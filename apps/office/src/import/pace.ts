import type { ImportRunView } from "@weft/contracts/client";

/** How fast a run is, and how long it will take still; null before there is anything to go by. */
export type Pace = { readonly linesPerSecond: number; readonly secondsLeft: number } | null;

/** By the seconds that were worked, and by the bytes that are read: how many lines are ahead nobody knows. */
export function paceOf({ lines, seconds, readBytes, bytes }: Pick<ImportRunView, "lines" | "seconds" | "readBytes" | "bytes">): Pace {
  if (seconds <= 0 || readBytes <= 0) return null;
  return { linesPerSecond: lines / seconds, secondsLeft: Math.max(0, ((bytes - readBytes) * seconds) / readBytes) };
}

/** How much of the file is done, from 0 to 100. */
export function percentOf({ readBytes, bytes }: Pick<ImportRunView, "readBytes" | "bytes">): number {
  return bytes === 0 ? 0 : Math.min(100, Math.round((readBytes / bytes) * 100));
}
