/** One line of the editor: minutes of work of a station, and when that is so; empty: always. */
export type RoomRow = { readonly id: string; readonly station: string; readonly minutes: number; readonly when: string };

/** The setting as lines; what cannot be read is left out. */
export function rowsOf(value: string, nextId: () => string): RoomRow[] {
  return value.split("|").flatMap((part) => {
    const [, station, minutes, when = ""] = /^\s*([^:]+?)\s*:\s*(\d+)\s*(.*?)\s*$/.exec(part) ?? [];
    return station === undefined ? [] : [{ id: nextId(), station, minutes: Number(minutes), when }];
  });
}

/** The lines as the setting is written. */
export const textOfRows = (rows: readonly RoomRow[]): string =>
  rows.map(({ station, minutes, when }) => `${station.trim()}: ${minutes}${when.trim() === "" ? "" : ` ${when.trim()}`}`).join(" | ");
