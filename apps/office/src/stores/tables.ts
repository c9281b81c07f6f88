import { readTables } from "../../../../hub/src/modules/places/domain/index.ts";

/** A zone as it is edited: its tables as they are written, `1/2, 2/4`. */
export type ZoneRow = { readonly id: string; readonly name: string; readonly tables: string };

/** The setting as lines, as it was typed. */
export function zoneRowsOf(value: string, nextId: () => string): ZoneRow[] {
  return value.split(";").flatMap((part) => {
    const [name = "", tables = ""] = part.split(":").map((side) => side.trim());
    return name === "" ? [] : [{ id: nextId(), name, tables }];
  });
}

/** The lines as the setting is written; one without name and tables is left out. */
export const textOfZones = (rows: readonly ZoneRow[]): string =>
  rows
    .filter(({ name, tables }) => name.trim() !== "" || tables.trim() !== "")
    .map(({ name, tables }) => `${name.trim()}: ${tables.trim()}`)
    .join("; ");

/** How many tables and seats a zone has; undefined where it cannot be read. */
export function countsOf(row: ZoneRow): { readonly tables: number; readonly seats: number } | undefined {
  const [zone] = readTables(textOfZones([row])) ?? [];
  return zone && { tables: zone.tables.length, seats: zone.tables.reduce((sum, { seats }) => sum + seats, 0) };
}
