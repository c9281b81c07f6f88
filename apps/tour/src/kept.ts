import type { Stop } from "./scenes.ts";
import { withStrands, type Played, type Strand } from "./thread.ts";

const keyOf = (visitId: string): string => `weft.tour.played/${visitId}`;

/** What this visit has shown so far; a reload keeps it, closing the tab forgets it. */
export function readPlayed(visitId: string): Played {
  try {
    // Written below, in this browser only.
    return JSON.parse(sessionStorage.getItem(keyOf(visitId)) ?? "{}") as Played;
  } catch {
    return {};
  }
}

/** Keeps what a scene shows on a level. */
export function keepPlayed(visitId: string, stop: Stop, strands: readonly Strand[]): void {
  try {
    sessionStorage.setItem(keyOf(visitId), JSON.stringify(withStrands(readPlayed(visitId), stop, strands)));
  } catch {
    // Where storage is forbidden the last page tells of the last scene only.
  }
}
