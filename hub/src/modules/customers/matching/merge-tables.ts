import { detectRoles, type Column, type Role, type Table } from "../domain/matching/index.ts";
import type { RawTable } from "./read-table.ts";

/**
 * One table of the files of a match, with the roles of its columns. Columns of further files join those of the first by name, else by
 * role; what the first does not have comes as a column of its own. `isSecond` says which files stand on the other side.
 */
export function mergeTables(files: readonly { table: RawTable; isSecond: boolean }[], given: ReadonlyMap<string, Role>): Table {
  const columns: Column[] = [];
  const rows: string[][] = [];
  const sides: number[] = [];
  for (const { table, isSecond } of files) {
    const places = placesIn(columns, detectRoles(table.header, table.rows, given));
    for (const row of table.rows) {
      const merged: string[] = [];
      places.forEach((place, at) => {
        merged[place] = row[at] ?? "";
      });
      rows.push(Array.from(merged, (cell) => cell ?? ""));
      sides.push(isSecond ? 1 : 0);
    }
  }
  return { columns, rows, files: Uint8Array.from(sides) };
}

/** For each column of a file its place among all; new ones are added. */
function placesIn(columns: Column[], own: readonly Column[]): number[] {
  const taken = new Set<number>();
  return own.map((column) => {
    const free = (isSame: (other: Column) => boolean): number => columns.findIndex((other, at) => !taken.has(at) && isSame(other));
    const byName = free(({ name }) => name === column.name);
    const isOfRole = ({ role }: Column): boolean => role === column.role && role !== "text" && role !== "category" && role !== "ignore";
    const known = byName >= 0 ? byName : free(isOfRole);
    const place = known >= 0 ? known : columns.push(column) - 1;
    taken.add(place);
    return place;
  });
}
